"""Starter code lists (from the published forms and regulations); every row may be edited by the office."""

from django.db import migrations

# The categories of the county's report, and how villagers say it: the words by which a matter is taken for one.
CATEGORIES = {
    "水利": "水渠、沟渠、渠道、灌溉、灌水、山坪塘、水塘、堰塘、河堤、堤坝、水库、泵站、抽水、排涝、内涝、防汛、洪水、"
    "蓄水池、机井、水毁、放水、自来水、停水、饮水、水管、水压、水费、河道、抗旱、吃水、没水",
    "道路交通": "道路、公路、村道、路面、修路、路烂、路坏、路断、路窄、路滑、泥巴路、水泥路、机耕路、入户路、通组路、断头路、"
    "坑洼、路基、护栏、涵洞、桥、公交、班车、客运、红绿灯、减速带、限速、停车、堵车、塌方、错车",
    "供电能源": "停电、电压、电线、线路、电杆、变压器、电表、电费、用电、供电、通电、路灯、天然气、燃气、煤气、液化气、沼气、光伏、充电桩",
    "教育": "学校、上学、入学、学费、助学、幼儿园、老师、教师、校车、学生、转学、学籍、营养餐、辍学、奖学金、读书、高考",
    "医疗卫生": "医保、合作医疗、新农合、报销、看病、住院、医院、卫生院、卫生室、村医、医生、慢性病、疫苗、体检、家庭医生、买药、药费",
    "农业": "种子、化肥、农药、农机、种粮、地力补贴、病虫害、虫害、水稻、玉米、柑橘、果树、养殖、养猪、养鸡、大棚、农产品、滞销、"
    "卖不出去、高标准农田、撂荒、农业保险、收割、粮食、合作社、土地流转",
    "劳动就业社保": "工资、欠薪、务工、打工、就业、找工作、招工、培训、社保、养老保险、养老金、失业、工伤、劳动合同、公益性岗位、"
    "公益岗、退休、社保卡",
    "生态环境/人居环境": "垃圾、污水、臭味、臭气、恶臭、厕所、改厕、化粪池、粪便、粪水、噪音、扬尘、油烟、秸秆、焚烧、污染、"
    "保洁、环境卫生、乱堆、杂草、下水道、排污、绿化、野狗、流浪狗",
    "村镇规划建设": "规划、违建、违章、私搭、乱搭、占道、宅基地、建房、报建、集镇、农贸市场、消防通道、广告牌",
    "文化科技": "文化广场、广场舞、农家书屋、文化室、健身器材、电视、广播、宽带、网络、信号、基站、电影、演出",
    "住房": "危房、漏雨、住房、房屋、房子、公租房、廉租房、房产证、不动产证、不动产登记、开裂、裂缝、墙体",
    "困难救助(低保/特困/临时救助)": "低保、特困、五保、临时救助、救助、救济、困难、贫困、残疾、残疾证、孤儿、高龄、护理补贴、"
    "生活补贴、慰问、轮椅、监测户、生活费",
    "林水土权属": "林权、山林、林地、林木、地界、界址、山界、田界、确权、权属、承包地、承包证、土地证、自留地、退耕、砍树",
    "征地拆迁": "征地、拆迁、征收、补偿款、青苗、安置、占地、搬迁、过渡费、迁坟、土地补偿",
    "村务财务/三资": "村务公开、村务、账目、集体资产、集体资金、集体经济、三资、分红、财务、资金去向、发包、租金",
    "邻里婚姻家庭": "邻居、邻里、隔壁、吵架、离婚、婚姻、家庭矛盾、赡养、抚养、分家、婆媳、继承、彩礼、不养老人",
    "治安": "偷、被盗、盗窃、小偷、诈骗、被骗、打架、赌博、酗酒、闹事、骚扰、吸毒、监控、治安、报警、狗咬、恐吓",
    "信访涉法": "上访、信访、法院、判决、起诉、诉讼、官司、律师、仲裁、强制执行、法律援助、公证",
    "干部作风": "干部、推诿、吃拿卡要、不作为、乱收费、优亲厚友、服务态度、态度差、态度不好、办事拖拉、找不到人",
    "政策咨询": "政策咨询、咨询政策、惠农政策、优惠政策、国家政策、新政策、政策解读、补贴政策",
    "其他": "",
}

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

# Numbers as printed on the registration card (中江县民生信息登记卡). 阶段性办结 and 纳入项目库 promise something
# for later and name a day on which one looks again.
METHODS = [  # name, what kind of done it is, whether it comes back
    ("①实质办结", "substantive", False),
    ("②问题中止", "substantive", False),
    ("③政策解答", "procedural", False),
    ("④落实项目·落实帮扶", "interim", True),
    ("⑤整合项目", "interim", True),
    ("⑥纳入项目库", "procedural", True),
    ("⑦呈报乡镇", "procedural", False),
    ("⑧呈报县台账办", "procedural", False),
    ("⑨申报联席会议", "procedural", False),
    ("⑩申报县委县政府", "procedural", False),
    ("⑪其他", "procedural", False),
]

# name, where to send the villager instead
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

# Why a matter may rest; each row says how long at the most (自然日).
SUSPEND_REASONS = ["等待资金", "等待上级批复", "季节或天气原因", "当事人外出", "进入司法程序"]


def add(model, rows):
    """Add the rows that are not there yet, in the order of the paper forms: 01, 02 …"""
    for order, (name, facts) in enumerate(rows, 1):
        place = {"code": f"{order:02}", "order": order}
        model.objects.get_or_create(name=name, defaults=place | facts)


def seed_categories_and_sources(apps, schema_editor):
    """What a matter is about, and how it reached the office."""
    rows = [(name, {"keywords": words}) for name, words in CATEGORIES.items()]
    add(apps.get_model("grievances", "Category"), rows)
    add(apps.get_model("grievances", "Source"), [(name, {}) for name in SOURCES])


def seed_ways_and_reasons(apps, schema_editor):
    """How a matter is settled, and why it is declined or rests."""
    methods = [(name, {"settlement": kind, "comes_back": back}) for name, kind, back in METHODS]
    add(apps.get_model("grievances", "SettlementMethod"), methods)
    declines = [(name, {"go_to": go_to}) for name, go_to in DECLINE_REASONS]
    add(apps.get_model("grievances", "DeclineReason"), declines)
    add(apps.get_model("grievances", "SuspendReason"), [(name, {}) for name in SUSPEND_REASONS])


class Migration(migrations.Migration):
    replaces = [
        ("grievances", "0002_seed_code_lists"),
        ("grievances", "0006_number_code_lists"),
        ("grievances", "0016_mark_what_comes_back"),
    ]

    dependencies = [("grievances", "0006_papers_and_confidence")]

    # The rows go with their tables.
    operations = [
        migrations.RunPython(seed_categories_and_sources, migrations.RunPython.noop),
        migrations.RunPython(seed_ways_and_reasons, migrations.RunPython.noop),
    ]
