"""What a township begins with: kinds of need and the station that looks into each, intervals, the words of 村民点单.

Monthly for the poor, the empty-nest elderly and those in community correction is the rule of community grids;
a township's own rows (/settings/) go before these.
"""

import datetime as dt

from django.db import migrations

NEED_KINDS = [  # name, station, days until one asks again
    ("低保", "民政办", 15),
    ("特困", "民政办", 15),
    ("临时救助", "民政办", 7),
    ("残疾补贴", "残联", 15),
    ("高龄补贴", "民政办", 15),
    ("医疗救助", "医保站", 15),
    ("教育资助", "教育办", 30),
    ("危房改造", "村镇建设办", 30),
    ("就业帮扶", "社保站", 15),
    ("其他", "", 15),
]
WISH_KINDS = (
    "代办证件", "用药代购", "义诊", "政策宣讲", "农技指导", "电影放映", "维修", "其他",
)  # fmt: skip

SINCE = dt.date(2000, 1, 1)
ORDINARY, IN_NEED = 180, 30  # 天
TAGS_IN_NEED = (
    "低保", "特困", "残疾", "事实无人抚养儿童", "独居老人", "留守老人", "留守儿童", "社区矫正",
)  # fmt: skip


def seed_kinds(apps, schema_editor):
    """Add the kinds that are not there yet."""
    needs = apps.get_model("visits", "NeedKind").objects
    for order, (name, station, days) in enumerate(NEED_KINDS, 1):
        facts = {"code": f"{order:02}", "order": order, "station": station, "look_after": days}
        needs.get_or_create(name=name, defaults=facts)
    wishes = apps.get_model("visits", "WishKind").objects
    for order, name in enumerate(WISH_KINDS, 1):
        wishes.get_or_create(name=name, defaults={"code": f"{order:02}", "order": order})


def seed_intervals(apps, schema_editor):
    """180 days for everybody, 30 for those in need."""
    policies = apps.get_model("visits", "ContactPolicy").objects
    policies.get_or_create(township=None, tag=None, since=SINCE, defaults={"days": ORDINARY})
    tags = apps.get_model("villages", "ResidentTag").objects
    for tag in tags.filter(name__in=TAGS_IN_NEED).order_by("pk"):
        policies.get_or_create(township=None, tag=tag, since=SINCE, defaults={"days": IN_NEED})


class Migration(migrations.Migration):
    replaces = [
        ("visits", "0009_seed_need_kinds"),
        ("visits", "0013_usual_intervals_and_wish_kinds"),
    ]

    dependencies = [("visits", "0003_needs_proposals_wishes"), ("villages", "0003_usual_tags")]

    # The rows go with their tables.
    operations = [
        migrations.RunPython(seed_kinds, migrations.RunPython.noop),
        migrations.RunPython(seed_intervals, migrations.RunPython.noop),
    ]
