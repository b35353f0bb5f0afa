"""Who lives there: households and residents, their tags, what happened to them, how they are found."""

import django.db.models.deletion
import liaison.personal
import villages.models.search
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [
        ("villages", "0003_tags_with_validity_events_tokens"),
        ("villages", "0004_find_by_words_in_a_township"),
        ("villages", "0006_unknown_tags_are_sensitive"),
        ("villages", "0007_joined_households_point_at_the_living_one"),
    ]

    initial = True

    dependencies = [("villages", "0001_places")]

    operations = [
        migrations.CreateModel(
            name="Household",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "version",
                    models.PositiveIntegerField(default=1, editable=False, verbose_name="版本"),
                ),
                ("number", models.CharField(max_length=30, verbose_name="户编号")),
                ("head_name", models.CharField(blank=True, max_length=50, verbose_name="户主")),
                ("head_pinyin", models.CharField(blank=True, max_length=60)),
                ("address", models.CharField(blank=True, max_length=200, verbose_name="住址")),
                (
                    "residence",
                    models.CharField(
                        choices=[
                            ("resident", "常住"),
                            ("seasonal", "季节外出"),
                            ("away", "全户外出"),
                            ("vacant", "空挂"),
                            ("cancelled", "已注销"),
                        ],
                        default="resident",
                        max_length=10,
                        verbose_name="居住状态",
                    ),
                ),
                (
                    "residents_count",
                    models.PositiveIntegerField(default=0, editable=False, verbose_name="人口"),
                ),
                (
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="households",
                        to="villages.group",
                        verbose_name="组",
                    ),
                ),
                (
                    "township",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="villages.township",
                        verbose_name="乡镇",
                    ),
                ),
                (
                    "village",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="households",
                        to="villages.village",
                        verbose_name="村",
                    ),
                ),
                ("cancelled_on", models.DateField(blank=True, null=True, verbose_name="注销日期")),
                (
                    "merged_into",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="merged_from",
                        to="villages.household",
                    ),
                ),
            ],
            options={
                "verbose_name": "户",
                "verbose_name_plural": "户",
                "indexes": [
                    models.Index(
                        fields=["township", "village", "group", "number", "id"],
                        name="household_roll",
                    ),
                    models.Index(
                        fields=["village", "group", "number", "id"], name="household_village_roll"
                    ),
                    models.Index(fields=["head_name"], name="household_head"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("village", "number"), name="household_number_once_per_village"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ResidentTag",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=20, unique=True, verbose_name="标签")),
                ("sensitive", models.BooleanField(default=True, verbose_name="敏感")),
                ("order", models.PositiveSmallIntegerField(default=0, verbose_name="顺序")),
                ("is_active", models.BooleanField(default=True, verbose_name="在用")),
                (
                    "valid_months",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="有效期(月)"
                    ),
                ),
                (
                    "version",
                    models.PositiveIntegerField(default=1, editable=False, verbose_name="版本"),
                ),
            ],
            options={
                "verbose_name": "人群标签",
                "verbose_name_plural": "人群标签",
                "ordering": ["order", "name"],
            },
        ),
        migrations.CreateModel(
            name="Resident",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "version",
                    models.PositiveIntegerField(default=1, editable=False, verbose_name="版本"),
                ),
                ("name", models.CharField(max_length=50, verbose_name="姓名")),
                ("pinyin", models.CharField(blank=True, max_length=60)),
                (
                    "relation",
                    models.CharField(blank=True, max_length=20, verbose_name="与户主关系"),
                ),
                (
                    "sex",
                    models.CharField(
                        blank=True,
                        choices=[("M", "男"), ("F", "女"), ("", "不详")],
                        default="",
                        max_length=1,
                        verbose_name="性别",
                    ),
                ),
                ("birth_date", models.DateField(blank=True, null=True, verbose_name="出生日期")),
                ("birth_month_only", models.BooleanField(default=False, verbose_name="只知年月")),
                (
                    "id_number",
                    liaison.personal.EncryptedTextField(
                        blank=True, default="", verbose_name="身份证号"
                    ),
                ),
                (
                    "id_index",
                    models.CharField(blank=True, default="", editable=False, max_length=32),
                ),
                (
                    "phones",
                    liaison.personal.EncryptedTextField(
                        blank=True, default="", verbose_name="联系电话"
                    ),
                ),
                (
                    "phone_index",
                    models.CharField(blank=True, default="", editable=False, max_length=32),
                ),
                ("remark", models.TextField(blank=True, verbose_name="备注")),
                ("left_on", models.DateField(blank=True, null=True, verbose_name="迁出或死亡日期")),
                (
                    "household",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="residents",
                        to="villages.household",
                        verbose_name="户",
                    ),
                ),
                (
                    "township",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="villages.township",
                        verbose_name="乡镇",
                    ),
                ),
                (
                    "village",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="residents",
                        to="villages.village",
                        verbose_name="村",
                    ),
                ),
                (
                    "left_as",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("died", "死亡"),
                            ("moved_out", "迁出"),
                            ("duplicate", "重复登记"),
                        ],
                        default="",
                        max_length=10,
                        verbose_name="离册原因",
                    ),
                ),
                (
                    "merged_into",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="merged_from",
                        to="villages.resident",
                    ),
                ),
            ],
            options={
                "verbose_name": "居民",
                "verbose_name_plural": "居民",
                "indexes": [
                    models.Index(
                        fields=["township", "village", "household", "id"], name="resident_roll"
                    ),
                    models.Index(fields=["name"], name="resident_name"),
                    models.Index(fields=["phone_index"], name="resident_phone"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("id_index", ""), _negated=True),
                        fields=("township", "id_index"),
                        name="resident_id_once_per_township",
                    )
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
                "indexes": [models.Index(fields=["tag", "resident"], name="tag_holding_by_tag")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("valid_until", None)),
                        fields=("resident", "tag"),
                        name="tag_open_once_per_resident",
                    )
                ],
            },
        ),
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
        migrations.CreateModel(
            name="HousePoint",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("x", models.PositiveSmallIntegerField(verbose_name="横")),
                ("y", models.PositiveSmallIntegerField(verbose_name="纵")),
                (
                    "household",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="point",
                        to="villages.household",
                        verbose_name="户",
                    ),
                ),
            ],
            options={
                "verbose_name": "示意图位置",
                "verbose_name_plural": "示意图位置",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("x__lte", 100), ("y__lte", 100)),
                        name="house_point_within_the_drawing",
                    )
                ],
            },
        ),
    ]
