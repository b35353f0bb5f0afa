"""What happens to a matter on its way: routing and triage, other hands, rests, longer limits, alert levels."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [
        ("grievances", "0011_hands"),
        ("grievances", "0012_routing"),
        ("grievances", "0017_due_and_warned"),
        ("grievances", "0021_route_by_section"),
    ]

    initial = True

    dependencies = [
        ("cadres", "0002_teams_plans_calendar"),
        ("grievances", "0002_the_matter"),
        ("liaison", "0001_audit_numbers_jobs_imports"),
        ("villages", "0001_places"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="RoutingRule",
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
                (
                    "kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("demand", "诉求"),
                            ("suggestion", "意见建议"),
                            ("help", "求助"),
                            ("inquiry", "咨询"),
                            ("complaint", "投诉"),
                            ("dispute", "矛盾纠纷"),
                            ("report", "举报"),
                        ],
                        default="",
                        max_length=12,
                        verbose_name="性质",
                    ),
                ),
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
                    "department",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cadres.department",
                        verbose_name="承办单位",
                    ),
                ),
                (
                    "policy",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="grievances.deadlinepolicy",
                        verbose_name="办理时限",
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cadres.post",
                        verbose_name="承办岗位",
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
                        verbose_name="驻点团队",
                    ),
                ),
                (
                    "township",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="routing_rules",
                        to="villages.township",
                        verbose_name="乡镇",
                    ),
                ),
                (
                    "village",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="villages.village",
                        verbose_name="村(社区)",
                    ),
                ),
                (
                    "section",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="villages.section",
                        verbose_name="片",
                    ),
                ),
                (
                    "level",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="层级"),
                ),
            ],
            options={
                "verbose_name": "分派规则",
                "verbose_name_plural": "分派规则",
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("township", "name"), name="routing_rule_name_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("section", None), ("village", None)),
                            models.Q(("team", None), ("village", None)),
                            models.Q(("section", None), ("team", None)),
                            _connector="OR",
                        ),
                        name="routing_rule_of_one_place",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Triage",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("act", models.CharField(max_length=20, verbose_name="动作")),
                ("on", models.DateField(verbose_name="日期")),
                ("asked_at", models.DateTimeField(verbose_name="提交时间")),
                ("also_assign", models.BooleanField(default=False, verbose_name="受理并交办")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="办理人",
                    ),
                ),
                (
                    "department",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cadres.department",
                        verbose_name="承办单位",
                    ),
                ),
                (
                    "handler",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="承办人",
                    ),
                ),
                (
                    "job",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="liaison.job",
                        verbose_name="任务",
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
                "verbose_name": "批量办理",
                "verbose_name_plural": "批量办理",
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="TriageLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("shown_version", models.PositiveIntegerField(verbose_name="所见版本")),
                ("rule", models.CharField(blank=True, max_length=40, verbose_name="所见规则")),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("waiting", "未办"),
                            ("done", "已办"),
                            ("skipped", "跳过"),
                            ("failed", "失败"),
                        ],
                        default="waiting",
                        max_length=8,
                        verbose_name="结果",
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="原因")),
                (
                    "grievance",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="grievances.grievance",
                        verbose_name="诉求",
                    ),
                ),
                (
                    "triage",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lines",
                        to="grievances.triage",
                        verbose_name="批量办理",
                    ),
                ),
            ],
            options={
                "verbose_name": "批量办理明细",
                "verbose_name_plural": "批量办理明细",
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("triage", "grievance"), name="once_in_a_triage")
                ],
            },
        ),
        migrations.CreateModel(
            name="Assist",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("asked_on", models.DateField(verbose_name="请求日期")),
                ("words", models.TextField(verbose_name="协办事项")),
                ("done_on", models.DateField(blank=True, null=True, verbose_name="回复日期")),
                ("done_words", models.TextField(blank=True, default="", verbose_name="协办情况")),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="请求人",
                    ),
                ),
                (
                    "department",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cadres.department",
                        verbose_name="协办单位",
                    ),
                ),
                (
                    "done_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="回复人",
                    ),
                ),
                (
                    "grievance",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assists",
                        to="grievances.grievance",
                        verbose_name="诉求",
                    ),
                ),
            ],
            options={
                "verbose_name": "协办",
                "verbose_name_plural": "协办",
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("done_on__isnull", True)),
                        fields=("grievance", "department"),
                        name="asked_to_assist_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Suspension",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("on", models.DateField(verbose_name="挂起日期")),
                ("stopped_at", models.DateTimeField(verbose_name="停止计时")),
                ("until", models.DateField(verbose_name="挂起至")),
                ("resumed_on", models.DateField(blank=True, null=True, verbose_name="解挂日期")),
                (
                    "resumed_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="恢复计时"),
                ),
                (
                    "grievance",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="suspensions",
                        to="grievances.grievance",
                        verbose_name="诉求",
                    ),
                ),
                (
                    "reason",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="grievances.suspendreason",
                        verbose_name="挂起原因",
                    ),
                ),
            ],
            options={
                "verbose_name": "挂起",
                "verbose_name_plural": "挂起",
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("resumed_at__isnull", True)),
                        fields=("grievance",),
                        name="suspended_once_at_a_time",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Extension",
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
                    "round",
                    models.PositiveSmallIntegerField(
                        default=0, editable=False, verbose_name="第几轮"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "待批"),
                            ("approved", "已批准"),
                            ("refused", "未批准"),
                            ("withdrawn", "已撤回"),
                        ],
                        default="asked",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("amount", models.PositiveSmallIntegerField(verbose_name="申请延长")),
                (
                    "granted",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="批准延长"
                    ),
                ),
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
                ("reason", models.TextField(verbose_name="延期理由")),
                ("asked_by_name", models.CharField(max_length=50, verbose_name="申请人姓名")),
                ("asked_on", models.DateField(verbose_name="申请日期")),
                ("asked_at", models.DateTimeField(verbose_name="录入时间")),
                (
                    "approver",
                    models.CharField(
                        choices=[("office", "镇驻点办"), ("leader", "镇领导")],
                        max_length=12,
                        verbose_name="由谁批准",
                    ),
                ),
                (
                    "decided_by_name",
                    models.CharField(blank=True, max_length=50, verbose_name="批准人姓名"),
                ),
                ("decided_on", models.DateField(blank=True, null=True, verbose_name="批准日期")),
                ("decision", models.TextField(blank=True, verbose_name="批准意见")),
                ("due_before", models.DateTimeField(verbose_name="原时限")),
                ("due_on_before", models.DateField(verbose_name="原应办结日")),
                ("due_after", models.DateTimeField(blank=True, null=True, verbose_name="延至")),
                ("due_on_after", models.DateField(blank=True, null=True, verbose_name="延至日期")),
                ("told_on", models.DateField(blank=True, null=True, verbose_name="告知日期")),
                (
                    "told_mode",
                    models.CharField(
                        blank=True,
                        choices=[("oral", "口头"), ("phone", "电话"), ("written", "书面")],
                        max_length=8,
                        verbose_name="告知方式",
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="申请人",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="批准人",
                    ),
                ),
                (
                    "grievance",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="extensions",
                        to="grievances.grievance",
                        verbose_name="诉求",
                    ),
                ),
                (
                    "told_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="告知人",
                    ),
                ),
            ],
            options={
                "verbose_name": "延期",
                "verbose_name_plural": "延期",
                "ordering": ["-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "asked")),
                        fields=("grievance",),
                        name="extension_asked_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("amount__gte", 1)), name="extension_of_something"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AlertBand",
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
                    "by",
                    models.CharField(
                        choices=[("size", "人数和事态"), ("near", "临期"), ("overdue", "超期")],
                        max_length=8,
                        verbose_name="按什么",
                    ),
                ),
                ("least", models.PositiveSmallIntegerField(default=1, verbose_name="起点")),
                (
                    "trend",
                    models.CharField(
                        choices=[
                            ("contained", "受控"),
                            ("may_spread", "可能扩大"),
                            ("spreading", "正在蔓延"),
                        ],
                        default="contained",
                        max_length=12,
                        verbose_name="事态至少",
                    ),
                ),
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("blue", "蓝色预警"),
                            ("yellow", "黄色预警"),
                            ("orange", "橙色预警"),
                            ("red", "红色预警"),
                        ],
                        max_length=8,
                        verbose_name="建议级别",
                    ),
                ),
                ("is_active", models.BooleanField(default=True, verbose_name="在用")),
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
                "verbose_name": "预警标准",
                "verbose_name_plural": "预警标准",
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("least__gte", 1)), name="alert_band_from_one"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="AlertLevel",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "act",
                    models.CharField(
                        choices=[
                            ("set", "预警"),
                            ("raise", "升级"),
                            ("lower", "降级"),
                            ("clear", "解除"),
                        ],
                        max_length=8,
                        verbose_name="动作",
                    ),
                ),
                (
                    "level_before",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("blue", "蓝色预警"),
                            ("yellow", "黄色预警"),
                            ("orange", "橙色预警"),
                            ("red", "红色预警"),
                        ],
                        max_length=8,
                        verbose_name="原级别",
                    ),
                ),
                (
                    "level",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("blue", "蓝色预警"),
                            ("yellow", "黄色预警"),
                            ("orange", "橙色预警"),
                            ("red", "红色预警"),
                        ],
                        max_length=8,
                        verbose_name="级别",
                    ),
                ),
                ("persons", models.PositiveSmallIntegerField(verbose_name="涉及人数")),
                (
                    "trend",
                    models.CharField(
                        choices=[
                            ("contained", "受控"),
                            ("may_spread", "可能扩大"),
                            ("spreading", "正在蔓延"),
                        ],
                        max_length=12,
                        verbose_name="事态",
                    ),
                ),
                (
                    "suggested",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("blue", "蓝色预警"),
                            ("yellow", "黄色预警"),
                            ("orange", "橙色预警"),
                            ("red", "红色预警"),
                        ],
                        max_length=8,
                        verbose_name="当时建议",
                    ),
                ),
                ("words", models.TextField(verbose_name="理由")),
                ("by_name", models.CharField(max_length=50, verbose_name="经办人姓名")),
                (
                    "by_post",
                    models.CharField(blank=True, max_length=100, verbose_name="经办人岗位"),
                ),
                ("on", models.DateField(verbose_name="日期")),
                ("entered_at", models.DateTimeField(verbose_name="录入时间")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="经办人",
                    ),
                ),
                (
                    "grievance",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="alerts",
                        to="grievances.grievance",
                        verbose_name="诉求",
                    ),
                ),
            ],
            options={"verbose_name": "预警", "verbose_name_plural": "预警", "ordering": ["pk"]},
        ),
    ]
