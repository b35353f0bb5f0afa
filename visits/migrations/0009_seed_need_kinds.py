"""Kinds of need to begin with, and the station that usually looks into each; every row may be edited by the office."""

from django.db import migrations

# name, station, days until one asks again
KINDS = [
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


def fill(apps, schema_editor):
    """Add the rows that are not there yet."""
    kinds = apps.get_model("visits", "NeedKind").objects
    for order, (name, station, days) in enumerate(KINDS, 1):
        more = {"code": f"{order:02}", "order": order, "station": station, "look_after": days}
        kinds.get_or_create(name=name, defaults=more)


class Migration(migrations.Migration):
    dependencies = [("visits", "0008_proposals_needs_and_amendments")]

    # The rows go with the table.
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
