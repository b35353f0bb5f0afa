"""Codes that stay when a name is put right, and versions for the forms that edit the lines."""

from django.db import migrations, models

LISTS = {
    "category": "category",
    "source": "source",
    "declinereason": "decline_reason",
    "settlementmethod": "settlement_method",
}


def changes_of(model, name):
    """The two columns and the rule of one list."""
    code = models.CharField(blank=True, default="", max_length=20, verbose_name="编码")
    version = models.PositiveIntegerField(default=1, editable=False, verbose_name="版本")
    once = models.UniqueConstraint(
        condition=models.Q(("code", ""), _negated=True),
        fields=("code",),
        name=f"{name}_code_once",
    )
    return [
        migrations.AddField(model, "code", code),
        migrations.AddField(model, "version", version),
        migrations.AddConstraint(model, once),
    ]


class Migration(migrations.Migration):
    dependencies = [("grievances", "0004_take_in_older_ledgers")]
    operations = [change for model, name in LISTS.items() for change in changes_of(model, name)]
