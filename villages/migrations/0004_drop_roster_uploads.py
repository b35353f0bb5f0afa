"""Uploads of rosters are imports like any other (liaison.ImportBatch); none outlives a day."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("villages", "0003_tags_with_validity_events_tokens"),
    ]

    operations = [
        migrations.DeleteModel(
            name="RosterImport",
        ),
    ]
