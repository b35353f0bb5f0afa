"""Visits from door to door: photos, amendments, rounds, intervals and quotas, the printed day sheets."""

import django.db.models.deletion
import visits.models.rounds
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [
        ("visits", "0007_more_ways_of_contact"),
        ("visits", "0010_photos_of_visits"),
        ("visits", "0011_visit_rounds"),
        ("visits", "0012_intervals_quotas_and_wishes"),
        ("visits", "0014_day_sheets"),
    ]

    initial = True

    dependencies = [
        ("villages", "0002_households_and_residents"),
        ("visits", "0001_liaison_days"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Visit",
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
                ("visitor", models.CharField(blank=True, max_length=50, verbose_name="来访人")),
                (
                    "mode",
                    models.CharField(
                        choices=[
                            ("reception", "定点接访"),
                            ("home", "入户走访"),
                            ("phone", "电话"),
                            ("evening", "晚间走访"),
                            ("appointment", "重点约访"),
                            ("case_visit", "带案下访"),
                            ("talk", "谈心谈话"),
                            ("meeting", "集中座谈"),
                            ("chance", "随机走访"),
                            ("other", "其他"),
                        ],
                        default="home",
                        max_length=12,
                        verbose_name="方式",
                    ),
                ),
                ("persons", models.PositiveSmallIntegerField(default=1, verbose_name="人数")),
                ("said", models.TextField(blank=True, verbose_name="反映情况")),
                ("nothing_asked", models.BooleanField(default=False, verbose_name="无诉求")),
                ("occurred_on", models.DateField(verbose_name="发生日期")),
                ("entered_at", models.DateTimeField(verbose_name="录入时间")),
                ("line", models.PositiveSmallIntegerField(default=0, verbose_name="行号")),
                (
                    "entered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="录入人",
                    ),
                ),
                (
                    "household",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="visits",
                        to="villages.household",
                        verbose_name="户",
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="visits",
                        to="visits.liaisonsession",
                        verbose_name="驻点日",
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
                        related_name="visits",
                        to="villages.village",
                        verbose_name="村(社区)",
                    ),
                ),
            ],
            options={
                "verbose_name": "走访接待",
                "verbose_name_plural": "走访接待",
                "ordering": ["-occurred_on", "-id"],
                "indexes": [
                    models.Index(fields=["township", "-occurred_on", "-id"], name="visit_by_day"),
                    models.Index(
                        fields=["village", "-occurred_on", "-id"], name="visit_of_village"
                    ),
                    models.Index(
                        fields=["household", "-occurred_on", "-id"], name="visit_of_household"
                    ),
                    models.Index(
                        fields=[
                            "township",
                            "occurred_on",
                            "village",
                            "mode",
                            "household",
                            "persons",
                        ],
                        name="visit_coverage",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Amendment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="更正时间")),
                ("by_name", models.CharField(max_length=50, verbose_name="更正人姓名")),
                (
                    "by_post",
                    models.CharField(blank=True, max_length=100, verbose_name="更正人岗位"),
                ),
                ("reason", models.CharField(max_length=200, verbose_name="更正原因")),
                ("changes", models.JSONField(default=list, verbose_name="更正内容")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="更正人",
                    ),
                ),
                (
                    "visit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="amendments",
                        to="visits.visit",
                        verbose_name="走访接待",
                    ),
                ),
            ],
            options={
                "verbose_name": "走访更正",
                "verbose_name_plural": "走访更正",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="VisitPhoto",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("whole_name", models.CharField(blank=True, max_length=64)),
                ("small_name", models.CharField(blank=True, max_length=64)),
                ("digest", models.CharField(max_length=64)),
                ("width", models.PositiveIntegerField(verbose_name="宽")),
                ("height", models.PositiveIntegerField(verbose_name="高")),
                ("sent_at", models.DateTimeField(verbose_name="上传时间")),
                (
                    "taken_away_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="删除时间"),
                ),
                (
                    "sent_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="上传人",
                    ),
                ),
                (
                    "taken_away_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="删除人",
                    ),
                ),
                (
                    "visit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="photos",
                        to="visits.visit",
                        verbose_name="走访接待",
                    ),
                ),
            ],
            options={
                "verbose_name": "走访照片",
                "verbose_name_plural": "走访照片",
                "ordering": ["visit", "pk"],
            },
        ),
        migrations.CreateModel(
            name="VisitRound",
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
                ("name", models.CharField(max_length=40, verbose_name="轮次名称")),
                ("starts_on", models.DateField(verbose_name="起始日期")),
                ("ends_on", models.DateField(verbose_name="截止日期")),
                (
                    "target",
                    models.JSONField(
                        default=visits.models.rounds.usual_target, verbose_name="应走访的户"
                    ),
                ),
                (
                    "modes",
                    models.JSONField(
                        default=visits.models.rounds.usual_modes, verbose_name="计入的方式"
                    ),
                ),
                ("closed_on", models.DateField(blank=True, null=True, verbose_name="结束日期")),
                (
                    "close_reason",
                    models.CharField(blank=True, max_length=200, verbose_name="结束说明"),
                ),
                (
                    "township",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="visit_rounds",
                        to="villages.township",
                        verbose_name="乡镇",
                    ),
                ),
                (
                    "villages",
                    models.ManyToManyField(
                        blank=True,
                        related_name="visit_rounds",
                        to="villages.village",
                        verbose_name="村(社区)",
                    ),
                ),
            ],
            options={
                "verbose_name": "遍访轮次",
                "verbose_name_plural": "遍访轮次",
                "ordering": ["-starts_on", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("township", "name"), name="round_name_once_per_township"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gte", models.F("starts_on"))),
                        name="round_ends_after_it_starts",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ContactPolicy",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "days",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="间隔(天)"
                    ),
                ),
                ("modes", models.JSONField(blank=True, default=list, verbose_name="计入的方式")),
                ("since", models.DateField(verbose_name="启用日期")),
                (
                    "tag",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="villages.residenttag",
                        verbose_name="人群标签",
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
            ],
            options={
                "verbose_name": "走访间隔",
                "verbose_name_plural": "走访间隔",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("township", "tag", "since"), name="contact_policy_once_per_day"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("tag", None)),
                        fields=("township", "since"),
                        name="contact_policy_ordinary_once_per_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("days", None), ("days__gte", 1), _connector="OR"),
                        name="contact_policy_at_least_a_day",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="VisitQuota",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "who",
                    models.CharField(
                        choices=[
                            ("cadre", "驻点干部"),
                            ("lead", "驻点责任人"),
                            ("representative", "村民代表、村联络员"),
                            ("team", "驻点团队"),
                        ],
                        max_length=16,
                        verbose_name="谁走访",
                    ),
                ),
                (
                    "of",
                    models.CharField(
                        choices=[
                            ("all", "所驻村的户"),
                            ("linked", "联系户"),
                            ("special", "联系户中的重点户"),
                        ],
                        default="linked",
                        max_length=8,
                        verbose_name="走访哪些户",
                    ),
                ),
                (
                    "period",
                    models.CharField(
                        choices=[
                            ("week", "每周"),
                            ("month", "每月"),
                            ("quarter", "每季"),
                            ("year", "每年"),
                        ],
                        default="month",
                        max_length=8,
                        verbose_name="周期",
                    ),
                ),
                (
                    "least",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="至少(户)"
                    ),
                ),
                ("since", models.DateField(verbose_name="启用日期")),
                (
                    "township",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="villages.township",
                        verbose_name="乡镇",
                    ),
                ),
            ],
            options={
                "verbose_name": "走访户数",
                "verbose_name_plural": "走访户数",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("township", "who", "of", "period", "since"),
                        name="visit_quota_once_per_day",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="DaySheet",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="版次")),
                (
                    "digest",
                    models.CharField(editable=False, max_length=64, verbose_name="内容摘录"),
                ),
                ("printed_at", models.DateTimeField(verbose_name="打印时间")),
                (
                    "printed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="打印人",
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sheets",
                        to="visits.liaisonsession",
                        verbose_name="驻点日",
                    ),
                ),
            ],
            options={
                "verbose_name": "走访单",
                "verbose_name_plural": "走访单",
                "ordering": ["session", "number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("session", "number"), name="day_sheet_edition_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SheetLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="行号")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("household", "先走访的户"),
                            ("matter", "在办诉求"),
                            ("call_back", "答复回访"),
                            ("blank", "空白行"),
                        ],
                        default="blank",
                        max_length=10,
                        verbose_name="用途",
                    ),
                ),
                ("matter", models.CharField(blank=True, max_length=30, verbose_name="诉求编号")),
                ("why", models.CharField(blank=True, max_length=120, verbose_name="缘由")),
                (
                    "household",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="villages.household",
                        verbose_name="户",
                    ),
                ),
                (
                    "sheet",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lines",
                        to="visits.daysheet",
                        verbose_name="走访单",
                    ),
                ),
                (
                    "visit",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sheet_line",
                        to="visits.visit",
                        verbose_name="走访",
                    ),
                ),
            ],
            options={
                "verbose_name": "走访单行",
                "verbose_name_plural": "走访单行",
                "ordering": ["sheet", "number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("sheet", "number"), name="sheet_line_number_once"
                    )
                ],
            },
        ),
    ]
