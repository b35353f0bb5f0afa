"""Time limits of the field's regulations and published practices, the ladder, days to answer a 督办, alert bands.

General rows, which a township sets its own in place of. Limits of minutes (电话催办10分钟、20分钟) are no handling
limits and have no row. Safe to repeat: a row that is there, changed or not, stays as it is.
"""

from django.db import migrations

GENERAL = "通用默认，可由镇驻点办修改"
PETITION = "《信访工作条例》(2022)"
HOTLINE = "热线工单通行办理时限，以本县规定为准"
LEVELS = "四级办理的示例，期限以本镇规定为准"
CITY = "热线工单，有的市这样规定，以本县规定为准"
MIXED = "多渠道合并受理的，有的地方这样规定，以本县规定为准"
PLATFORM = "国家信访平台转来的，以平台要求为准"
LEDGERS = "三本台账：到期前黄牌提醒，到期红牌；以本县规定为准"
# name, category, kind, source, urgent, amount, unit, start, warn, extend, approver, basis
IN_USE = [
    ("一般事项", None, "", None, False, 15, "workday", "next_day", 3, 10, "office", GENERAL),
    ("加急事项", None, "", None, True, 24, "hour", "same_day", 4, 0, "office", GENERAL),
    ("信访事项", "信访涉法", "", None, False, 60, "calendar_day", "next_day", 10, 30, "leader",
     f"{PETITION}第三十四条"),
    ("来信事项", None, "", "来信", False, 60, "calendar_day", "next_day", 10, 30, "leader",
     f"{PETITION}第三十四条"),
    ("12345热线工单", None, "", "12345", False, 7, "calendar_day", "next_day", 2, 0, "office",
     HOTLINE),
    ("政策咨询", "政策咨询", "", None, False, 3, "workday", "next_day", 1, 0, "office",
     "热线咨询类通行办理时限，以本县规定为准"),
]  # fmt: skip
# What several practices set differently is not in use: an office takes the row that is its own by 「本镇另设」.
READY = [
    ("信访转送交办", "信访涉法", "", None, False, 15, "calendar_day", "next_day", 3, 0, "office",
     f"{PETITION}：自收到之日起15日内"),
    ("信访受理告知", "信访涉法", "", None, False, 15, "calendar_day", "next_day", 3, 0, "office",
     f"{PETITION}：收到之日起15日内书面告知是否受理"),
    ("信访复查", "信访涉法", "", None, False, 30, "calendar_day", "next_day", 5, 0, "leader",
     f"{PETITION}第三十五条"),
    ("信访复核", "信访涉法", "", None, False, 30, "calendar_day", "next_day", 5, 0, "leader",
     f"{PETITION}第三十五条"),
    ("12345特急工单(2小时)", None, "", "12345", True, 2, "hour", "same_day", 1, 0, "office",
     f"四级响应；{HOTLINE}"),
    ("12345紧急工单(24小时)", None, "", "12345", True, 24, "hour", "same_day", 4, 0, "office",
     f"四级响应；{HOTLINE}"),
    ("12345一般工单(7日)", None, "", "12345", False, 7, "calendar_day", "next_day", 2, 0, "office",
     f"四级响应；{HOTLINE}"),
    ("12345疑难工单(15日)", None, "", "12345", False, 15, "calendar_day", "next_day", 3, 0,
     "leader", f"四级响应；{HOTLINE}"),
    ("12345签收(1个工作日)", None, "", "12345", False, 1, "workday", "next_day", 0, 0, "office",
     HOTLINE),
    ("12345电话工单(5个工作日)", None, "", "12345", False, 5, "workday", "next_day", 1, 0,
     "office", HOTLINE),
    ("12345网上工单(3个工作日)", None, "", "12345", False, 3, "workday", "next_day", 1, 0,
     "office", HOTLINE),
    ("12345咨询(3个工作日)", None, "inquiry", "12345", False, 3, "workday", "next_day", 1, 0,
     "office", f"次日起算；{HOTLINE}"),
    ("12345求助(3个工作日)", None, "help", "12345", False, 3, "workday", "next_day", 1, 0,
     "office", f"次日起算；{HOTLINE}"),
    ("12345建议(13个工作日)", None, "suggestion", "12345", False, 13, "workday", "next_day", 3, 0,
     "office", f"次日起算；{HOTLINE}"),
    ("12345投诉(13个工作日)", None, "complaint", "12345", False, 13, "workday", "next_day", 3, 0,
     "office", f"次日起算；{HOTLINE}"),
    ("现场办结", None, "", None, False, 1, "workday", "same_day", 0, 0, "office", LEVELS),
    ("限时办结", None, "", None, False, 5, "workday", "next_day", 1, 5, "office", LEVELS),
    ("协调办结", None, "", None, False, 10, "workday", "next_day", 2, 10, "office", LEVELS),
    ("统筹办结", None, "", None, False, 30, "workday", "next_day", 5, 30, "leader", LEVELS),
    ("12345紧急工单(当日)", None, "", "12345", True, 1, "calendar_day", "same_day", 0, 0, "office",
     CITY),
    ("12345咨询(当日答复)", None, "inquiry", "12345", False, 1, "workday", "same_day", 0, 0,
     "office", f"当日不能答复的3个工作日；{CITY}"),
    ("12345求助(当日答复)", None, "help", "12345", False, 1, "workday", "same_day", 0, 0,
     "office", f"当日不能答复的3个工作日；{CITY}"),
    ("12345举报(13个工作日)", None, "report", "12345", False, 13, "workday", "next_day", 3, 0,
     "office", f"次日起算；{CITY}"),
    ("12345退回(1个工作日)", None, "", "12345", False, 1, "workday", "next_day", 0, 0, "office",
     f"不属本单位的退回；{MIXED}"),
    ("首问负责制事项(20个工作日)", None, "", None, False, 20, "workday", "next_day", 3, 0, "office",
     MIXED),
    ("首问负责制退回(2个工作日)", None, "", None, False, 2, "workday", "next_day", 1, 0, "office",
     f"不属本单位的退回；{MIXED}"),
    ("国家信访平台受理(15日)", "信访涉法", "", None, False, 15, "calendar_day", "next_day", 3, 15,
     "leader", f"可延15日；{PLATFORM}"),
    ("国家信访平台办结(60日)", "信访涉法", "", None, False, 60, "calendar_day", "next_day", 10, 0,
     "leader", PLATFORM),
    ("国家信访平台退回(2个工作日)", "信访涉法", "", None, False, 2, "workday", "next_day", 1, 0,
     "office", f"不属本单位的退回；{PLATFORM}"),
    ("三本台账受理(2个工作日)", None, "", None, False, 2, "workday", "next_day", 1, 0, "office",
     LEDGERS),
    ("三本台账办理(10个工作日)", None, "", None, False, 10, "workday", "next_day", 5, 0, "office",
     LEDGERS),
]  # fmt: skip
FIELDS = ("amount", "unit", "start", "warn_before", "extend_by", "approver", "basis")

# The ladder: its place, name, who answers there, and from how many 自然日 overdue on.
RUNGS = [
    (1, "现场办理", "office", None),
    (2, "村、站所限时办理", "office", 1),
    (3, "部门协调", "office", 5),
    (4, "统筹调度", "leader", 10),
    (5, "党委会议", "leader", 20),
]
# 督办: level, how many 工作日 a unit has to answer
SUPERVISION = (("plain", 5), ("yellow", 3), ("red", 1))
# by, least, trend, level
BANDS = [
    ("size", 1, "contained", "blue"),
    ("size", 3, "contained", "yellow"),
    ("size", 10, "may_spread", "orange"),
    ("size", 30, "spreading", "red"),
    ("near", 1, "contained", "yellow"),
    ("overdue", 1, "contained", "orange"),
    ("overdue", 15, "contained", "red"),
]


def seed_time_limits(apps, schema_editor):
    """Add the limits that are not there yet."""
    policies, categories, sources = (
        apps.get_model("grievances", name).objects
        for name in ("DeadlinePolicy", "Category", "Source")
    )
    for row in IN_USE + READY:
        name, category, kind, source, urgent, *facts = row
        policies.get_or_create(
            township=None,
            name=name,
            defaults={
                "category": category and categories.filter(name=category).first(),
                "kind": kind,
                "source": source and sources.filter(name=source).first(),
                "urgent": urgent,
                **dict(zip(FIELDS, facts, strict=True)),
                "is_active": row in IN_USE,
            },
        )


def seed_ladder_and_bands(apps, schema_editor):
    """Add the rungs, days to answer and bands that are not there yet."""
    rungs, rules, bands = (
        apps.get_model("grievances", name).objects
        for name in ("Rung", "SupervisionRule", "AlertBand")
    )
    for order, name, role, days in RUNGS:
        facts = {"name": name, "role": role, "overdue_days": days}
        rungs.get_or_create(township=None, order=order, defaults=facts)
    for level, days in SUPERVISION:
        rules.get_or_create(township=None, level=level, defaults={"reply_days": days})
    for by, least, trend, level in BANDS:
        bands.get_or_create(
            township=None, by=by, least=least, trend=trend, defaults={"level": level}
        )


class Migration(migrations.Migration):
    replaces = [
        ("grievances", "0010_seed_rungs"),
        ("grievances", "0014_seed_supervision_rules"),
        ("grievances", "0018_seed_limits_and_bands"),
    ]

    dependencies = [("grievances", "0007_code_lists")]

    # The rows go with their tables.
    operations = [
        migrations.RunPython(seed_time_limits, migrations.RunPython.noop),
        migrations.RunPython(seed_ladder_and_bands, migrations.RunPython.noop),
    ]
