"""Starter tags of residents (from the published forms); those that tell of hardship are for the assigned team only."""

from django.db import migrations

TAGS = [  # name, sensitive
    ("低保", True),
    ("特困", True),
    ("残疾", True),
    ("事实无人抚养儿童", True),
    ("独居老人", True),
    ("留守老人", True),
    ("留守儿童", True),
    ("社区矫正", True),
    ("信访户", True),
    ("外出务工", False),
    ("退役军人", False),
    ("党员", False),
    ("老党员", False),
    ("村民代表", False),
]


def seed(apps, schema_editor):
    tags = apps.get_model("villages", "ResidentTag").objects
    for order, (name, sensitive) in enumerate(TAGS, start=1):
        tags.get_or_create(name=name, defaults={"order": order, "sensitive": sensitive})


def take_back(apps, schema_editor):
    tags = apps.get_model("villages", "ResidentTag").objects
    tags.filter(name__in=[name for name, _ in TAGS], residents=None).delete()


class Migration(migrations.Migration):
    dependencies = [("villages", "0001_initial")]
    operations = [migrations.RunPython(seed, take_back)]
