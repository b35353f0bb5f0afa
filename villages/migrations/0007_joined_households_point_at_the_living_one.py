from django.db import migrations


def point_at_the_living_one(apps, schema_editor):
    """Households joined to one that was joined on: each names the one its people are in now."""
    household = apps.get_model("villages", "Household")
    into = dict(household.objects.exclude(merged_into=None).values_list("pk", "merged_into"))
    for pk, next_one in into.items():
        living, met = next_one, {pk}
        while living in into and living not in met:
            met.add(living)
            living = into[living]
        if living != next_one:
            household.objects.filter(pk=pk).update(merged_into=living)


class Migration(migrations.Migration):
    dependencies = [("villages", "0006_unknown_tags_are_sensitive")]

    operations = [migrations.RunPython(point_at_the_living_one, migrations.RunPython.noop)]
