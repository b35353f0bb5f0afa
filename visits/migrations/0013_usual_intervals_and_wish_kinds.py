"""What a township begins with: 180 days for everybody, 30 for those in need, and the words of 村民点单.

Monthly for the poor, the empty-nest elderly and those in community correction is the rule of community grids;
a township's own rows (/settings/) go before these.
"""

import datetime as dt

from django.db import migrations

SINCE = dt.date(2000, 1, 1)
ORDINARY, IN_NEED = 180, 30  # 天
TAGS = (
    "低保", "特困", "残疾", "事实无人抚养儿童", "独居老人", "留守老人", "留守儿童", "社区矫正",
)  # fmt: skip
KINDS = (
    "代办证件", "用药代购", "义诊", "政策宣讲", "农技指导", "电影放映", "维修", "其他",
)  # fmt: skip


def seed(apps, schema_editor):
    policies = apps.get_model("visits", "ContactPolicy").objects
    policies.get_or_create(township=None, tag=None, since=SINCE, defaults={"days": ORDINARY})
    for tag in apps.get_model("villages", "ResidentTag").objects.filter(name__in=TAGS):
        policies.get_or_create(township=None, tag=tag, since=SINCE, defaults={"days": IN_NEED})
    kinds = apps.get_model("visits", "WishKind").objects
    for order, name in enumerate(KINDS, start=1):
        kinds.get_or_create(name=name, defaults={"code": f"{order:02}", "order": order})


def take_back(apps, schema_editor):
    apps.get_model("visits", "ContactPolicy").objects.filter(township=None).delete()
    used = apps.get_model("visits", "Wish").objects.values("kind")
    apps.get_model("visits", "WishKind").objects.exclude(pk__in=used).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("visits", "0012_intervals_quotas_and_wishes"),
        ("villages", "0002_seed_resident_tags"),
    ]
    operations = [migrations.RunPython(seed, take_back)]
