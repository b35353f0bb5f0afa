"""Starter code lists and deadline policies (from the published forms and regulations); every row may be edited by the office."""

from django.db import migrations

CATEGORIES = [
    "水利",
    "道路交通",
    "供电能源",
    "教育",
    "医疗卫生",
    "农业",
    "劳动就业社保",
    "生态环境/人居环境",
    "村镇规划建设",
    "文化科技",
    "住房",
    "困难救助(低保/特困/临时救助)",
    "林水土权属",
    "征地拆迁",
    "村务财务/三资",
    "邻里婚姻家庭",
    "治安",
    "信访涉法",
    "干部作风",
    "政策咨询",
    "其他",
]

SOURCES = [
    "驻点日接待",
    "入户走访",
    "代表反映",
    "村级呈报",
    "领导交办",
    "人大",
    "政协",
    "上年结转",
    "其他台账转入",
    "12345",
    "来信",
]

# Numbers as printed on the registration card (中江县民生信息登记卡)
METHODS = [
    ("①实质办结", "substantive"),
    ("②问题中止", "substantive"),
    ("③政策解答", "procedural"),
    ("④落实项目·落实帮扶", "interim"),
    ("⑤整合项目", "interim"),
    ("⑥纳入项目库", "procedural"),
    ("⑦呈报乡镇", "procedural"),
    ("⑧呈报县台账办", "procedural"),
    ("⑨申报联席会议", "procedural"),
    ("⑩申报县委县政府", "procedural"),
    ("⑪其他", "procedural"),
]

DECLINE_REASONS = [
    ("应当通过诉讼程序解决", "请向有管辖权的人民法院起诉"),
    ("应当通过仲裁程序解决", "请向有管辖权的仲裁机构申请"),
    ("应当通过行政复议解决", "请向行政复议机关申请复议"),
    ("属于纪检监察受理范围", "请向纪检监察机关反映"),
    ("已进入信访程序", "请向受理该信访事项的机关了解进展"),
    ("属于政府信息公开申请", "请向政府信息公开工作机构申请"),
    ("不属于本镇管辖", "请向有管辖权的乡镇(街道)或部门反映"),
    ("属于110、119、120、122处置事项", "请立即拨打110、119、120或122"),
    ("已办结，同一事实且无新的理由", "原答复继续有效，有新情况可再次反映"),
    ("诉求内容不具体", "请补充时间、地点和具体事项后再次反映"),
    ("属于单位内部管理事项", "请向所在单位反映"),
    ("属于军队、人大、法院、检察院职权范围", "请向相应机关反映"),
]

GENERAL = "通用默认，可由镇驻点办修改"
PETITION = "《信访工作条例》(2022)第三十四条"
# name, category, source, urgent, amount, unit, start, basis
POLICIES = [
    ("一般事项", None, None, False, 15, "workday", "next_day", GENERAL),
    ("加急事项", None, None, True, 24, "hour", "same_day", GENERAL),
    ("信访事项", "信访涉法", None, False, 60, "calendar_day", "next_day", PETITION),
    ("来信事项", None, "来信", False, 60, "calendar_day", "next_day", PETITION),
    ("12345热线工单", None, "12345", False, 7, "calendar_day", "next_day",
     "热线工单通行办理时限，以本县规定为准"),
    ("政策咨询", "政策咨询", None, False, 3, "workday", "next_day",
     "热线咨询类通行办理时限，以本县规定为准"),
]  # fmt: skip


def fill(apps, schema_editor):
    """Add the rows that are not there yet, in the order of the paper forms."""
    model = lambda name: apps.get_model("grievances", name).objects  # noqa: E731
    for order, name in enumerate(CATEGORIES, 1):
        model("Category").get_or_create(name=name, defaults={"order": order})
    for order, name in enumerate(SOURCES, 1):
        model("Source").get_or_create(name=name, defaults={"order": order})
    for order, (name, kind) in enumerate(METHODS, 1):
        model("SettlementMethod").get_or_create(
            name=name, defaults={"order": order, "settlement": kind}
        )
    for order, (name, go_to) in enumerate(DECLINE_REASONS, 1):
        model("DeclineReason").get_or_create(name=name, defaults={"order": order, "go_to": go_to})
    for name, category, source, urgent, amount, unit, start, basis in POLICIES:
        model("DeadlinePolicy").get_or_create(
            township=None,
            name=name,
            defaults={
                "category": category and model("Category").get(name=category),
                "source": source and model("Source").get(name=source),
                "urgent": urgent,
                "amount": amount,
                "unit": unit,
                "start": start,
                "basis": basis,
            },
        )


def empty(apps, schema_editor):
    """Take the seeded rows away again; a row in use refuses, and so does the migration."""
    model = lambda name: apps.get_model("grievances", name).objects  # noqa: E731
    model("DeadlinePolicy").filter(township=None, name__in=[row[0] for row in POLICIES]).delete()
    model("DeclineReason").filter(name__in=[name for name, _ in DECLINE_REASONS]).delete()
    model("SettlementMethod").filter(name__in=[name for name, _ in METHODS]).delete()
    model("Source").filter(name__in=SOURCES).delete()
    model("Category").filter(name__in=CATEGORIES).delete()


class Migration(migrations.Migration):
    dependencies = [("grievances", "0001_initial")]
    operations = [migrations.RunPython(fill, empty)]
