"""「公」 was a mark of its own; it is leave of the kind 公假."""

from django.db import migrations


def into_leave(apps, schema_editor):
    """公 becomes 假(公假)."""
    lines = apps.get_model("visits", "Attendance").objects.filter(mark="duty")
    lines.update(mark="leave", leave_kind="official")


def back_to_duty(apps, schema_editor):
    """假(公假) becomes 公 again."""
    lines = apps.get_model("visits", "Attendance").objects.filter(
        mark="leave", leave_kind="official"
    )
    lines.update(mark="duty", leave_kind="")


class Migration(migrations.Migration):
    dependencies = [
        ("visits", "0004_make_ups_leave_and_special_forms"),
    ]

    operations = [migrations.RunPython(into_leave, back_to_duty)]
