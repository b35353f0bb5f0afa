"""Room for matters of an older ledger: its own numbers and words; what it does not say may stay unsaid."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

SETTLED = ["settled", "answered", "verified", "closed_out"]
SAID = models.Q(("settled_on__isnull", False), models.Q(("settlement", ""), _negated=True))


def texts():
    """What the older ledger says beyond, or in place of, the fields of a matter."""
    fields = {
        "is_imported": models.BooleanField(default=False, verbose_name="历史台账"),
        "source_number": models.CharField(blank=True, max_length=40, verbose_name="原编号"),
        "village_words": models.CharField(blank=True, max_length=60, verbose_name="原村名"),
        "handler_words": models.CharField(blank=True, max_length=120, verbose_name="原承办"),
        "due_words": models.CharField(blank=True, max_length=60, verbose_name="原时限"),
        "origin_words": models.TextField(blank=True, verbose_name="原台账所载"),
    }
    return [migrations.AddField("grievance", name, field) for name, field in fields.items()]


def person(label):
    """A user who may be unknown: a command acts for nobody, and an older ledger names no account."""
    return models.ForeignKey(
        blank=True,
        null=True,
        on_delete=django.db.models.deletion.PROTECT,
        related_name="+",
        to=settings.AUTH_USER_MODEL,
        verbose_name=label,
    )


class Migration(migrations.Migration):
    dependencies = [
        ("grievances", "0003_index_the_figures"),
        ("villages", "0002_seed_resident_tags"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        *texts(),
        migrations.AlterField("grievance", "registered_by", person("登记人")),
        migrations.AlterField("step", "by", person("经办人")),
        migrations.AlterField(
            "grievance",
            "village",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="grievances",
                to="villages.village",
                verbose_name="村(社区)",
            ),
        ),
        migrations.AddIndex(
            "grievance",
            models.Index(
                fields=["township", "source_number"],
                condition=models.Q(("is_imported", True)),
                name="ledger_source_number",
            ),
        ),
        migrations.RemoveConstraint("grievance", "settled_has_day_and_kind"),
        migrations.RemoveConstraint("grievance", "declined_has_reason"),
        migrations.AddConstraint(
            "grievance",
            models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status__in", SETTLED), _negated=True),
                    SAID,
                    ("is_imported", True),
                    _connector="OR",
                ),
                name="settled_has_day_and_kind",
            ),
        ),
        migrations.AddConstraint(
            "grievance",
            models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "declined"), _negated=True),
                    ("decline_reason__isnull", False),
                    ("is_imported", True),
                    _connector="OR",
                ),
                name="declined_has_reason",
            ),
        ),
        migrations.AddConstraint(
            "grievance",
            models.CheckConstraint(
                condition=models.Q(
                    ("village__isnull", False), ("is_imported", True), _connector="OR"
                ),
                name="matter_has_village",
            ),
        ),
    ]
