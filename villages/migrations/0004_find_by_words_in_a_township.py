"""Search words are found within a township and carry their row in their id; none were stored before.

The indexes that search by the beginning of a sound used give way to them. ``manage.py rebuild_search`` fills
the words of people who are there already.
"""

from django.db import migrations, models

import villages.models.search


class Migration(migrations.Migration):
    dependencies = [
        ("villages", "0004_drop_roster_uploads"),
    ]

    operations = [
        migrations.DeleteModel(name="SearchToken"),
        migrations.CreateModel(
            name="SearchToken",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("township_id", models.BigIntegerField()),
                ("village_id", models.BigIntegerField()),
                (
                    "kind",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (1, "Resident"),
                            (2, "Resident Inner"),
                            (3, "Former Resident"),
                            (4, "Household"),
                            (5, "Household Inner"),
                            (6, "Former Household"),
                        ]
                    ),
                ),
                ("token", villages.models.search.TokenField(max_length=40)),
            ],
            options={
                "verbose_name": "查找词",
                "verbose_name_plural": "查找词",
                "indexes": [
                    models.Index(
                        fields=["township_id", "kind", "token", "village_id", "id"],
                        name="token_in_a_township",
                    )
                ],
            },
        ),
        migrations.RemoveIndex(model_name="household", name="household_head_pinyin"),
        migrations.RemoveIndex(model_name="resident", name="resident_pinyin"),
    ]
