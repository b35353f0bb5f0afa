"""Where people live: township, village, section (片), group (组)."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    # The first and the last of the old names: a database that stands between them is refused (decision 0049).
    replaces = [
        ("villages", "0001_initial"),
        ("villages", "0004_drop_roster_uploads"),
        ("villages", "0008_points_of_houses_on_the_drawing"),
    ]

    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Township",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=12, unique=True, verbose_name="区划代码")),
                ("name", models.CharField(max_length=50, verbose_name="名称")),
                ("county_code", models.CharField(max_length=12, verbose_name="县级代码")),
                ("county_name", models.CharField(max_length=50, verbose_name="县(市、区)")),
                (
                    "province_and_city",
                    models.CharField(blank=True, max_length=100, verbose_name="省市"),
                ),
                (
                    "ledger_prefix",
                    models.CharField(max_length=12, unique=True, verbose_name="台账编号前缀"),
                ),
            ],
            options={
                "verbose_name": "乡镇(街道)",
                "verbose_name_plural": "乡镇(街道)",
                "ordering": ["code"],
            },
        ),
        migrations.CreateModel(
            name="Village",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=12, unique=True, verbose_name="区划代码")),
                ("name", models.CharField(max_length=50, verbose_name="名称")),
                ("pinyin", models.CharField(blank=True, max_length=100)),
                (
                    "office",
                    models.CharField(blank=True, max_length=100, verbose_name="村(社区)办公地点"),
                ),
                (
                    "township",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="villages",
                        to="villages.township",
                        verbose_name="乡镇",
                    ),
                ),
            ],
            options={
                "verbose_name": "村(社区)",
                "verbose_name_plural": "村(社区)",
                "ordering": ["code"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("township", "name"), name="village_name_once_per_township"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Section",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=30, verbose_name="名称")),
                (
                    "village",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sections",
                        to="villages.village",
                        verbose_name="村",
                    ),
                ),
            ],
            options={
                "verbose_name": "片",
                "verbose_name_plural": "片",
                "ordering": ["village__code", "name"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("village", "name"), name="section_name_once_per_village"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Group",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=30, verbose_name="名称")),
                ("number", models.PositiveIntegerField(default=0, verbose_name="序号")),
                (
                    "section",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="groups",
                        to="villages.section",
                        verbose_name="片",
                    ),
                ),
                (
                    "village",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="groups",
                        to="villages.village",
                        verbose_name="村",
                    ),
                ),
            ],
            options={
                "verbose_name": "组",
                "verbose_name_plural": "组",
                "ordering": ["village__code", "number", "name"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("village", "name"), name="group_name_once_per_village"
                    )
                ],
            },
        ),
    ]
