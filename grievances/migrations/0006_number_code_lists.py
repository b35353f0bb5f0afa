"""Give the lines there are their codes, in the order of the paper forms: 01, 02 …"""

from django.db import migrations

LISTS = ("Category", "Source", "DeclineReason", "SettlementMethod")


def number(apps, schema_editor):
    for name in LISTS:
        rows = apps.get_model("grievances", name).objects
        taken = set(rows.exclude(code="").values_list("code", flat=True))
        free = (code for n in range(1, 10**6) if (code := f"{n:02}") not in taken)
        for row in rows.filter(code="").order_by("order", "pk"):
            row.code = next(free)
            row.save(update_fields=["code"])


def take_back(apps, schema_editor):
    for name in LISTS:
        apps.get_model("grievances", name).objects.update(code="")


class Migration(migrations.Migration):
    dependencies = [("grievances", "0005_code_and_version_of_code_lists")]
    operations = [migrations.RunPython(number, take_back)]
