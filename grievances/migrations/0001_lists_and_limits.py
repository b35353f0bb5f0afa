"""What every matter is sorted and measured by: the office's code lists, its time limits, the ladder of levels."""

import django.db.models.deletion
import grievances.models.codes
from django.db import migrations, models


class Migration(migrations.Migration):
    # The first and the last of the old names: a database that stands between them is refused (decision 0049).
    replaces = [
        ("grievances", "0001_initial"),
        ("grievances", "0005_code_and_version_of_code_lists"),
        ("grievances", "0009_rungs"),
        ("grievances", "0022_tell_of_merging"),
        ("grievances", "0023_level_of_rules_and_limits"),
        ("grievances", "0024_seed_more_limits"),
    ]

    initial = True

    dependencies = [("cadres", "0002_teams_plans_calendar"), ("villages", "0001_places")]

    operations = [
        migrations.CreateModel(
            name="Category",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=40, verbose_name="名称")),
                ("order", models.PositiveSmallIntegerField(default=0, verbose_name="顺序")),
                ("is_active", models.BooleanField(default=True, verbose_name="在用")),
                (
                    "code",
                    models.CharField(blank=True, default="", max_length=20, verbose_name="编码"),
                ),
                (
                    "version",
                    models.PositiveIntegerField(default=1, editable=False, verbose_name="版本"),
                ),
                (
                    "keywords",
                    models.TextField(
                        blank=True, default="", max_length=1000, verbose_name="关键词"
                    ),
                ),
            ],
            options={
                "verbose_name": "类别",
                "verbose_name_plural": "类别",
                "ordering": ["order", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("name",), name="category_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("code", ""), _negated=True),
                        fields=("code",),
                        name="category_code_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Source",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=40, verbose_name="名称")),
                ("order", models.PositiveSmallIntegerField(default=0, verbose_name="顺序")),
                ("is_active", models.BooleanField(default=True, verbose_name="在用")),
                (
                    "code",
                    models.CharField(blank=True, default="", max_length=20, verbose_name="编码"),
                ),
                (
                    "version",
                    models.PositiveIntegerField(default=1, editable=False, verbose_name="版本"),
                ),
            ],
            options={
                "verbose_name": "来源",
                "verbose_name_plural": "来源",
                "ordering": ["order", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("name",), name="source_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("code", ""), _negated=True),
                        fields=("code",),
                        name="source_code_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SettlementMethod",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=40, verbose_name="名称")),
                ("order", models.PositiveSmallIntegerField(default=0, verbose_name="顺序")),
                ("is_active", models.BooleanField(default=True, verbose_name="在用")),
                (
                    "settlement",
                    models.CharField(
                        choices=[
                            ("substantive", "实质性办结"),
                            ("interim", "阶段性办结"),
                            ("procedural", "程序性办结"),
                        ],
                        max_length=12,
                        verbose_name="办结类型",
                    ),
                ),
                (
                    "code",
                    models.CharField(blank=True, default="", max_length=20, verbose_name="编码"),
                ),
                (
                    "version",
                    models.PositiveIntegerField(default=1, editable=False, verbose_name="版本"),
                ),
                ("comes_back", models.BooleanField(default=False, verbose_name="约定回头看")),
            ],
            options={
                "verbose_name": "办结方式",
                "verbose_name_plural": "办结方式",
                "ordering": ["order", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("name",), name="settlement_method_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("code", ""), _negated=True),
                        fields=("code",),
                        name="settlement_method_code_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DeclineReason",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=40, verbose_name="名称")),
                ("order", models.PositiveSmallIntegerField(default=0, verbose_name="顺序")),
                ("is_active", models.BooleanField(default=True, verbose_name="在用")),
                ("go_to", models.CharField(blank=True, max_length=100, verbose_name="告知去向")),
                (
                    "code",
                    models.CharField(blank=True, default="", max_length=20, verbose_name="编码"),
                ),
                (
                    "version",
                    models.PositiveIntegerField(default=1, editable=False, verbose_name="版本"),
                ),
            ],
            options={
                "verbose_name": "不予受理原因",
                "verbose_name_plural": "不予受理原因",
                "ordering": ["order", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("name",), name="decline_reason_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("code", ""), _negated=True),
                        fields=("code",),
                        name="decline_reason_code_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SuspendReason",
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
                (
                    "code",
                    models.CharField(blank=True, default="", max_length=20, verbose_name="编码"),
                ),
                ("name", models.CharField(max_length=40, verbose_name="名称")),
                ("order", models.PositiveSmallIntegerField(default=0, verbose_name="顺序")),
                ("is_active", models.BooleanField(default=True, verbose_name="在用")),
                (
                    "most_days",
                    models.PositiveSmallIntegerField(default=90, verbose_name="最长(自然日)"),
                ),
            ],
            options={
                "verbose_name": "挂起原因",
                "verbose_name_plural": "挂起原因",
                "ordering": ["order", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("name",), name="suspend_reason_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("code", ""), _negated=True),
                        fields=("code",),
                        name="suspend_reason_code_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DeadlinePolicy",
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
                ("name", models.CharField(max_length=60, verbose_name="名称")),
                ("urgent", models.BooleanField(default=False, verbose_name="加急件")),
                ("amount", models.PositiveSmallIntegerField(verbose_name="时限")),
                (
                    "unit",
                    models.CharField(
                        choices=[
                            ("hour", "小时"),
                            ("calendar_day", "自然日"),
                            ("workday", "个工作日"),
                        ],
                        max_length=12,
                        verbose_name="单位",
                    ),
                ),
                (
                    "start",
                    models.CharField(
                        choices=[("same_day", "当日起算"), ("next_day", "次日起算")],
                        default="next_day",
                        max_length=8,
                        verbose_name="起算",
                    ),
                ),
                ("basis", models.CharField(blank=True, max_length=100, verbose_name="依据")),
                ("is_active", models.BooleanField(default=True, verbose_name="在用")),
                (
                    "category",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="grievances.category",
                        verbose_name="类别",
                    ),
                ),
                (
                    "township",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="villages.township",
                        verbose_name="乡镇",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="grievances.source",
                        verbose_name="来源",
                    ),
                ),
                (
                    "approver",
                    models.CharField(
                        choices=[("office", "镇驻点办"), ("leader", "镇领导")],
                        default="office",
                        max_length=12,
                        verbose_name="延期批准",
                    ),
                ),
                ("extend_by", models.PositiveSmallIntegerField(default=0, verbose_name="延期上限")),
                (
                    "kind",
                    models.CharField(
                        blank=True,
                        choices=grievances.models.codes.matter_kinds,
                        default="",
                        max_length=12,
                        verbose_name="性质",
                    ),
                ),
                (
                    "warn_before",
                    models.PositiveSmallIntegerField(default=0, verbose_name="提前提醒"),
                ),
                (
                    "level",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="层级"),
                ),
            ],
            options={
                "verbose_name": "办理时限",
                "verbose_name_plural": "办理时限",
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("amount__gte", 1)), name="policy_amount_at_least_one"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Rung",
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
                ("order", models.PositiveSmallIntegerField(verbose_name="第几级")),
                ("name", models.CharField(max_length=30, verbose_name="名称")),
                (
                    "role",
                    models.CharField(
                        choices=[("office", "镇驻点办"), ("leader", "镇领导")],
                        default="office",
                        max_length=12,
                        verbose_name="负责角色",
                    ),
                ),
                (
                    "overdue_days",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="超期几天后提醒"
                    ),
                ),
                (
                    "meets_on",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="每月几日调度"
                    ),
                ),
                ("is_active", models.BooleanField(default=True, verbose_name="在用")),
                (
                    "post",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cadres.post",
                        verbose_name="负责岗位",
                    ),
                ),
                (
                    "township",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="villages.township",
                        verbose_name="乡镇",
                    ),
                ),
                (
                    "standing",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cadres.standingmeeting",
                        verbose_name="研究的例会",
                    ),
                ),
            ],
            options={
                "verbose_name": "呈报层级",
                "verbose_name_plural": "呈报层级",
                "ordering": ["order", "pk"],
            },
        ),
    ]
