from django.db import migrations


def to_lists(apps, schema_editor):
    """One weekday, one day of the month become lists of one."""
    for plan in apps.get_model("cadres", "LiaisonPlan").objects.iterator():
        plan.weekdays = [] if plan.weekday is None else [plan.weekday]
        plan.month_days = [] if plan.month_day is None else [plan.month_day]
        plan.save(update_fields=["weekdays", "month_days"])


def to_single(apps, schema_editor):
    """Back: the first of each list."""
    for plan in apps.get_model("cadres", "LiaisonPlan").objects.iterator():
        plan.weekday = next(iter(plan.weekdays), None)
        plan.month_day = next(iter(plan.month_days), None)
        plan.save(update_fields=["weekday", "month_day"])


class Migration(migrations.Migration):
    dependencies = [("cadres", "0007_more_rhythms_and_rotas")]

    operations = [migrations.RunPython(to_lists, to_single)]
