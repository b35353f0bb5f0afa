"""Starter tags of residents (from the published forms); those that tell of hardship are for the assigned team only.

The yearly ones end by themselves unless renewed. The office may change every row.
"""

from django.db import migrations

YEARLY = 12  # months
TAGS = [  # name, sensitive, how many months it usually holds
    ("低保", True, YEARLY),
    ("特困", True, YEARLY),
    ("残疾", True, None),
    ("事实无人抚养儿童", True, None),
    ("独居老人", True, YEARLY),
    ("留守老人", True, YEARLY),
    ("留守儿童", True, YEARLY),
    ("社区矫正", True, None),
    ("信访户", True, None),
    ("外出务工", False, YEARLY),
    ("退役军人", False, None),
    ("党员", False, None),
    ("老党员", False, None),
    ("村民代表", False, None),
]


def seed_tags(apps, schema_editor):
    """Add the tags that are not there yet."""
    tags = apps.get_model("villages", "ResidentTag").objects
    for order, (name, sensitive, months) in enumerate(TAGS, 1):
        facts = {"order": order, "sensitive": sensitive, "valid_months": months}
        tags.get_or_create(name=name, defaults=facts)


class Migration(migrations.Migration):
    replaces = [
        ("villages", "0002_seed_resident_tags"),
        ("villages", "0005_usual_validity_of_tags"),
    ]

    dependencies = [("villages", "0002_households_and_residents")]

    # The rows go with their table.
    operations = [migrations.RunPython(seed_tags, migrations.RunPython.noop)]
