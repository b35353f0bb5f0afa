"""How long the starter tags usually hold: the yearly ones end by themselves unless renewed. The office may change it."""

from django.db import migrations

YEARLY = ["低保", "特困", "独居老人", "留守老人", "留守儿童", "外出务工"]


def say(apps, schema_editor):
    tags = apps.get_model("villages", "ResidentTag").objects
    tags.filter(name__in=YEARLY, valid_months=None).update(valid_months=12)


def take_back(apps, schema_editor):
    tags = apps.get_model("villages", "ResidentTag").objects
    tags.filter(name__in=YEARLY, valid_months=12).update(valid_months=None)


class Migration(migrations.Migration):
    dependencies = [("villages", "0004_find_by_words_in_a_township")]
    operations = [migrations.RunPython(say, take_back)]
