"""The honest end: follow-ups and their samples, look-backs and their draws, what is to be done again."""

import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [("grievances", "0015_honest_end")]

    initial = True

    dependencies = [
        ("cadres", "0002_teams_plans_calendar"),
        ("grievances", "0004_oversight_and_meetings"),
        ("villages", "0001_places"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="FollowUpPolicy",
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
                    "share",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(100),
                        ],
                        verbose_name="抽取比例(%)",
                    ),
                ),
                ("is_active", models.BooleanField(default=True, verbose_name="每月自动抽取")),
                ("since", models.DateField(verbose_name="从哪天起的办结")),
                ("tried_on", models.DateField(blank=True, null=True, verbose_name="最近抽取日")),
                (
                    "trouble",
                    models.CharField(
                        blank=True, default="", max_length=300, verbose_name="未能抽取的原因"
                    ),
                ),
                (
                    "posts",
                    models.ManyToManyField(
                        related_name="+", to="cadres.post", verbose_name="回访岗位"
                    ),
                ),
                (
                    "township",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="follow_up_policy",
                        to="villages.township",
                        verbose_name="乡镇",
                    ),
                ),
            ],
            options={"verbose_name": "回访抽样规则", "verbose_name_plural": "回访抽样规则"},
        ),
        migrations.CreateModel(
            name="FollowUp",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "answer",
                    models.CharField(
                        choices=[
                            ("satisfied", "满意"),
                            ("basically", "基本满意"),
                            ("dissatisfied", "不满意"),
                            ("other", "其他"),
                            ("unreached", "联系不上"),
                            ("declined", "不愿评价"),
                        ],
                        max_length=16,
                        verbose_name="群众评价",
                    ),
                ),
                ("verbatim", models.TextField(blank=True, verbose_name="原话")),
                (
                    "mode",
                    models.CharField(
                        choices=[("oral", "口头"), ("phone", "电话"), ("written", "书面")],
                        max_length=8,
                        verbose_name="回访方式",
                    ),
                ),
                ("on", models.DateField(verbose_name="回访日期")),
                ("entered_at", models.DateTimeField(verbose_name="录入时间")),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="回访人",
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
                        related_name="+",
                        to="villages.village",
                        verbose_name="村(社区)",
                    ),
                ),
                (
                    "grievance",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="follow_ups",
                        to="grievances.grievance",
                        verbose_name="诉求",
                    ),
                ),
            ],
            options={
                "verbose_name": "回访",
                "verbose_name_plural": "回访",
                "ordering": ["pk"],
                "indexes": [
                    models.Index(
                        fields=["township", "on", "village", "answer"], name="follow_up_by_day"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="FollowUpSample",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("starts_on", models.DateField(verbose_name="办结起")),
                ("ends_on", models.DateField(verbose_name="办结止")),
                ("size", models.PositiveIntegerField(verbose_name="抽取件数")),
                (
                    "share",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="抽取比例(%)"
                    ),
                ),
                ("seed", models.CharField(max_length=32, verbose_name="随机种子")),
                ("rule", models.CharField(max_length=20, verbose_name="抽取规则")),
                ("population_count", models.PositiveIntegerField(verbose_name="总体件数")),
                ("population", models.JSONField(verbose_name="总体")),
                ("drawn_at", models.DateTimeField(verbose_name="抽取时间")),
                (
                    "drawn_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="抽取人",
                    ),
                ),
                (
                    "policy",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="grievances.followuppolicy",
                        verbose_name="规则",
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cadres.liaisonteam",
                        verbose_name="团队",
                    ),
                ),
                (
                    "township",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="follow_up_samples",
                        to="villages.township",
                        verbose_name="乡镇",
                    ),
                ),
            ],
            options={
                "verbose_name": "回访抽样",
                "verbose_name_plural": "回访抽样",
                "ordering": ["-starts_on", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("policy__isnull", False)),
                        fields=("policy", "starts_on"),
                        name="sample_of_policy_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SampledMatter",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "待回访"),
                            ("answered", "已回访"),
                            ("unreached", "联系不上"),
                            ("void", "已重办，不再回访"),
                        ],
                        default="waiting",
                        max_length=10,
                        verbose_name="进展",
                    ),
                ),
                (
                    "follow_up",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="grievances.followup",
                        verbose_name="回访",
                    ),
                ),
                (
                    "given_to",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="回访人",
                    ),
                ),
                (
                    "grievance",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sampled",
                        to="grievances.grievance",
                        verbose_name="诉求",
                    ),
                ),
                (
                    "sample",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="matters",
                        to="grievances.followupsample",
                        verbose_name="抽样",
                    ),
                ),
            ],
            options={
                "verbose_name": "抽中的诉求",
                "verbose_name_plural": "抽中的诉求",
                "ordering": ["sample", "pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "waiting")),
                        fields=["given_to"],
                        name="sampled_waiting_for",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("sample", "grievance"), name="sampled_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="LookBackDraw",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("month", models.DateField(verbose_name="抽查月份")),
                ("starts_on", models.DateField(verbose_name="办结起")),
                ("ends_on", models.DateField(verbose_name="办结止")),
                ("due_on", models.DateField(verbose_name="回头看日期")),
                ("size", models.PositiveIntegerField(verbose_name="抽取件数")),
                (
                    "share",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="抽取比例(%)"
                    ),
                ),
                ("seed", models.CharField(max_length=32, verbose_name="随机种子")),
                ("rule", models.CharField(max_length=20, verbose_name="抽取规则")),
                ("population_count", models.PositiveIntegerField(verbose_name="总体件数")),
                ("population", models.JSONField(verbose_name="总体")),
                (
                    "reason",
                    models.CharField(
                        blank=True, default="", max_length=200, verbose_name="再抽原因"
                    ),
                ),
                ("drawn_at", models.DateTimeField(verbose_name="抽取时间")),
                (
                    "drawn_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="抽取人",
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
            ],
            options={
                "verbose_name": "抽查回头看",
                "verbose_name_plural": "抽查回头看",
                "ordering": ["-month", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("reason", "")),
                        fields=("township", "month"),
                        name="look_backs_drawn_once_a_month",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="LookBack",
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
                ("due_on", models.DateField(verbose_name="回头看日期")),
                (
                    "why",
                    models.CharField(
                        choices=[
                            ("interim", "阶段性办结"),
                            ("project", "项目"),
                            ("spot", "抽查"),
                            ("book", "挂账"),
                        ],
                        max_length=8,
                        verbose_name="缘由",
                    ),
                ),
                (
                    "found",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("stable", "稳定"),
                            ("rebound", "反弹"),
                            ("unfinished", "未完"),
                            ("lapsed", "不再需要"),
                        ],
                        default="",
                        max_length=10,
                        verbose_name="情况",
                    ),
                ),
                ("words", models.TextField(blank=True, default="", verbose_name="说明")),
                ("done_on", models.DateField(blank=True, null=True, verbose_name="看的日期")),
                ("entered_at", models.DateTimeField(verbose_name="录入时间")),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="回头看的人",
                    ),
                ),
                (
                    "grievance",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="look_backs",
                        to="grievances.grievance",
                        verbose_name="诉求",
                    ),
                ),
                (
                    "draw",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="look_backs",
                        to="grievances.lookbackdraw",
                        verbose_name="抽查",
                    ),
                ),
            ],
            options={
                "verbose_name": "回头看",
                "verbose_name_plural": "回头看",
                "ordering": ["due_on", "pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("done_on__isnull", True)),
                        fields=["due_on"],
                        name="look_back_due",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("done_on__isnull", True)),
                        fields=("grievance", "why"),
                        name="look_back_open_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="RedoCall",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "why",
                    models.CharField(
                        choices=[("dissatisfied", "群众不满意"), ("rebound", "回头看反弹")],
                        max_length=12,
                        verbose_name="缘由",
                    ),
                ),
                ("raised_on", models.DateField(verbose_name="提出日期")),
                ("entered_at", models.DateTimeField(verbose_name="录入时间")),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[("reopened", "已重办"), ("kept", "不重办，写明理由")],
                        default="",
                        max_length=8,
                        verbose_name="了结",
                    ),
                ),
                ("words", models.TextField(blank=True, default="", verbose_name="理由")),
                ("decided_on", models.DateField(blank=True, null=True, verbose_name="了结日期")),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="了结人",
                    ),
                ),
                (
                    "follow_up",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="grievances.followup",
                        verbose_name="回访",
                    ),
                ),
                (
                    "grievance",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="redo_calls",
                        to="grievances.grievance",
                        verbose_name="诉求",
                    ),
                ),
                (
                    "look_back",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="grievances.lookback",
                        verbose_name="回头看",
                    ),
                ),
            ],
            options={
                "verbose_name": "待重办",
                "verbose_name_plural": "待重办",
                "ordering": ["raised_on", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("outcome", "")),
                        fields=("grievance",),
                        name="redo_call_open_once",
                    )
                ],
            },
        ),
    ]
