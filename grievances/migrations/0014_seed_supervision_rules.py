"""How many 工作日 a unit has to answer a 督办: 普通 5, 黄牌 3, 红牌 1; a township sets its own in place of them."""

from django.db import migrations

RULES = (("plain", 5), ("yellow", 3), ("red", 1))


def fill(apps, schema_editor):
    """Add the general rows that are not there yet."""
    rules = apps.get_model("grievances", "SupervisionRule").objects
    for level, days in RULES:
        rules.get_or_create(township=None, level=level, defaults={"reply_days": days})


def empty(apps, schema_editor):
    """Take the general rows away again."""
    apps.get_model("grievances", "SupervisionRule").objects.filter(township=None).delete()


class Migration(migrations.Migration):
    dependencies = [("grievances", "0013_oversight")]
    operations = [migrations.RunPython(fill, empty)]
