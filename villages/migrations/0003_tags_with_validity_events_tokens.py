"""Tags get a time they hold for, the registry its history, search its tokens; doubles point to who lives on.

A plain many-to-many cannot become one with a table of its own: the links are copied over and back.
"""

import django.db.models.deletion
from django.db import migrations, models


def copy_links(apps, schema_editor):
    resident = apps.get_model("villages", "Resident")
    holding = apps.get_model("villages", "TagHolding")
    links = resident.tags.through.objects.values_list("resident_id", "residenttag_id")
    holding.objects.bulk_create(
        (holding(resident_id=person, tag_id=tag) for person, tag in links.iterator()),
        batch_size=1000,
    )


def copy_back(apps, schema_editor):
    resident = apps.get_model("villages", "Resident")
    holding = apps.get_model("villages", "TagHolding")
    link = resident.tags.through
    held = holding.objects.filter(valid_until=None).values_list("resident_id", "tag_id")
    link.objects.bulk_create(
        (link(resident_id=person, residenttag_id=tag) for person, tag in held.iterator()),
        batch_size=1000,
    )


class Migration(migrations.Migration):
    dependencies = [
        ("villages", "0002_seed_resident_tags"),
    ]

    operations = [
        migrations.AddField(
            model_name="household",
            name="cancelled_on",
            field=models.DateField(blank=True, null=True, verbose_name="注销日期"),
        ),
        migrations.AddField(
            model_name="household",
            name="merged_into",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="merged_from",
                to="villages.household",
            ),
        ),
        migrations.AddField(
            model_name="resident",
            name="left_as",
            field=models.CharField(
                blank=True,
                choices=[("died", "死亡"), ("moved_out", "迁出"), ("duplicate", "重复登记")],
                default="",
                max_length=10,
                verbose_name="离册原因",
            ),
        ),
        migrations.AddField(
            model_name="resident",
            name="merged_into",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="merged_from",
                to="villages.resident",
            ),
        ),
        migrations.AddField(
            model_name="residenttag",
            name="is_active",
            field=models.BooleanField(default=True, verbose_name="在用"),
        ),
        migrations.AddField(
            model_name="residenttag",
            name="valid_months",
            field=models.PositiveSmallIntegerField(
                blank=True, null=True, verbose_name="有效期(月)"
            ),
        ),
        migrations.AddField(
            model_name="residenttag",
            name="version",
            field=models.PositiveIntegerField(default=1, editable=False, verbose_name="版本"),
        ),
        migrations.CreateModel(
            name="SearchToken",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("village_id", models.BigIntegerField()),
                ("token", models.CharField(max_length=40)),
                (
                    "subject",
                    models.PositiveSmallIntegerField(choices=[(1, "Resident"), (2, "Household")]),
                ),
                ("object_id", models.BigIntegerField()),
                (
                    "meaning",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (1, "姓名"),
                            (2, "拼音"),
                            (3, "首字母"),
                            (4, "身份证号末四位"),
                            (5, "电话末四位"),
                            (6, "户编号"),
                        ]
                    ),
                ),
            ],
            options={
                "verbose_name": "查找词",
                "verbose_name_plural": "查找词",
                "indexes": [
                    models.Index(fields=["village_id", "token"], name="token_in_a_village"),
                    models.Index(fields=["subject", "object_id"], name="token_of_a_row"),
                ],
            },
        ),
        migrations.CreateModel(
            name="TagHolding",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("valid_from", models.DateField(blank=True, null=True, verbose_name="起")),
                ("valid_until", models.DateField(blank=True, null=True, verbose_name="止")),
                ("source", models.CharField(blank=True, max_length=60, verbose_name="依据")),
                (
                    "resident",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="tag_holdings",
                        to="villages.resident",
                        verbose_name="居民",
                    ),
                ),
                (
                    "tag",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="holdings",
                        to="villages.residenttag",
                        verbose_name="标签",
                    ),
                ),
            ],
            options={
                "verbose_name": "标签记录",
                "verbose_name_plural": "标签记录",
            },
        ),
        migrations.RunPython(copy_links, copy_back),
        migrations.RemoveField(model_name="resident", name="tags"),
        migrations.AddField(
            model_name="resident",
            name="tags",
            field=models.ManyToManyField(
                blank=True,
                related_name="residents",
                through="villages.TagHolding",
                to="villages.residenttag",
                verbose_name="标签",
            ),
        ),
        migrations.CreateModel(
            name="RegistryEvent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("entered", "登记"),
                            ("moved", "迁移"),
                            ("split", "分户"),
                            ("merged", "并户"),
                            ("died", "死亡"),
                            ("moved_out", "迁出"),
                            ("returned", "恢复在册"),
                            ("new_head", "户主变更"),
                            ("group", "换组"),
                            ("residence", "居住状态变更"),
                            ("cancelled", "注销"),
                            ("duplicate", "重复登记合并"),
                            ("tag", "标签变更"),
                        ],
                        max_length=12,
                        verbose_name="变动",
                    ),
                ),
                ("on", models.DateField(verbose_name="发生日期")),
                ("detail", models.CharField(blank=True, max_length=300, verbose_name="说明")),
                ("entered_at", models.DateTimeField(verbose_name="录入时间")),
                ("by_id", models.BigIntegerField(null=True)),
                ("by_name", models.CharField(max_length=50, verbose_name="办理人")),
                ("batch_id", models.BigIntegerField(null=True)),
                (
                    "household",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="events",
                        to="villages.household",
                        verbose_name="户",
                    ),
                ),
                (
                    "other_household",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="villages.household",
                        verbose_name="另一户",
                    ),
                ),
                (
                    "resident",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="events",
                        to="villages.resident",
                        verbose_name="居民",
                    ),
                ),
                (
                    "village",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="villages.village",
                        verbose_name="村",
                    ),
                ),
            ],
            options={
                "verbose_name": "户籍变动",
                "verbose_name_plural": "户籍变动",
                "indexes": [
                    models.Index(fields=["household", "on", "id"], name="event_of_a_household"),
                    models.Index(fields=["other_household"], name="event_of_the_other"),
                    models.Index(fields=["batch_id"], name="event_of_an_import"),
                ],
            },
        ),
        migrations.AddIndex(
            model_name="tagholding",
            index=models.Index(fields=["tag", "resident"], name="tag_holding_by_tag"),
        ),
        migrations.AddConstraint(
            model_name="tagholding",
            constraint=models.UniqueConstraint(
                condition=models.Q(("valid_until", None)),
                fields=("resident", "tag"),
                name="tag_open_once_per_resident",
            ),
        ),
    ]
