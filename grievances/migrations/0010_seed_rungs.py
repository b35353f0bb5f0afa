"""The general ladder: 现场 → 村、站所限时 → 部门协调 → 统筹调度 → 党委会议; a township sets its own beside it."""

from django.db import migrations

# Each: its place, name, who answers there, and from how many 自然日 overdue on.
RUNGS = [
    (1, "现场办理", "office", None),
    (2, "村、站所限时办理", "office", 1),
    (3, "部门协调", "office", 5),
    (4, "统筹调度", "leader", 10),
    (5, "党委会议", "leader", 20),
]


def fill(apps, schema_editor):
    """Add the general rungs that are not there yet."""
    rungs = apps.get_model("grievances", "Rung").objects
    for order, name, role, days in RUNGS:
        rungs.get_or_create(
            township=None, order=order, defaults={"name": name, "role": role, "overdue_days": days}
        )


def empty(apps, schema_editor):
    """Take the general rungs away again."""
    apps.get_model("grievances", "Rung").objects.filter(township=None).delete()


class Migration(migrations.Migration):
    dependencies = [("grievances", "0009_rungs")]
    operations = [migrations.RunPython(fill, empty)]
