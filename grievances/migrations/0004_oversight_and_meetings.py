"""Looked after from above: 督办 and its limits, what an overdue matter rises to, the meetings that treat it."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [("grievances", "0013_oversight")]

    initial = True

    dependencies = [
        ("cadres", "0002_teams_plans_calendar"),
        ("grievances", "0003_on_its_way"),
        ("villages", "0001_places"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="SupervisionRule",
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
                    "level",
                    models.CharField(
                        choices=[("plain", "普通"), ("yellow", "黄牌"), ("red", "红牌")],
                        max_length=8,
                        verbose_name="督办级别",
                    ),
                ),
                ("reply_days", models.PositiveSmallIntegerField(verbose_name="回复时限(工作日)")),
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
                "verbose_name": "督办回复时限",
                "verbose_name_plural": "督办回复时限",
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("township", "level"), name="supervision_rule_once_per_level"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("township", None)),
                        fields=("level",),
                        name="general_supervision_rule_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reply_days__gte", 1)),
                        name="supervision_reply_at_least_a_day",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Supervision",
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
                    "level",
                    models.CharField(
                        choices=[("plain", "普通"), ("yellow", "黄牌"), ("red", "红牌")],
                        max_length=8,
                        verbose_name="督办级别",
                    ),
                ),
                ("words", models.TextField(blank=True, verbose_name="督办意见")),
                ("asked_on", models.DateField(verbose_name="督办日期")),
                ("entered_at", models.DateTimeField(verbose_name="录入时间")),
                ("reply_due_on", models.DateField(verbose_name="回复期限")),
                ("replied_on", models.DateField(blank=True, null=True, verbose_name="回复日期")),
                ("reply_words", models.TextField(blank=True, verbose_name="回复内容")),
                ("lifted_on", models.DateField(blank=True, null=True, verbose_name="解除日期")),
                ("lift_words", models.TextField(blank=True, verbose_name="解除说明")),
                ("is_raised", models.BooleanField(default=False, verbose_name="已升级")),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="督办人",
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
                    "grievance",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="supervisions",
                        to="grievances.grievance",
                        verbose_name="诉求",
                    ),
                ),
                (
                    "lifted_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="解除人",
                    ),
                ),
                (
                    "replied_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="回复人",
                    ),
                ),
            ],
            options={
                "verbose_name": "督办",
                "verbose_name_plural": "督办",
                "ordering": ["-asked_on", "-pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("lifted_on", None), ("replied_on", None)),
                        fields=["reply_due_on"],
                        name="supervision_unanswered",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("lifted_on", None)),
                        fields=("grievance",),
                        name="one_supervision_in_force",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="OverdueRise",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("due_on", models.DateField(verbose_name="应办结日")),
                ("told_at", models.DateTimeField(verbose_name="提醒时间")),
                ("told", models.CharField(blank=True, max_length=200, verbose_name="提醒了谁")),
                ("batch", models.CharField(max_length=12)),
                (
                    "grievance",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rises",
                        to="grievances.grievance",
                        verbose_name="诉求",
                    ),
                ),
                (
                    "rung",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="grievances.rung",
                        verbose_name="层级",
                    ),
                ),
            ],
            options={
                "verbose_name": "超期提醒",
                "verbose_name_plural": "超期提醒",
                "ordering": ["pk"],
                "indexes": [
                    models.Index(fields=["batch", "rung", "grievance"], name="rise_of_a_pass")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("grievance", "rung", "due_on"), name="rise_once_per_rung_and_round"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Meeting",
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
                    "kind",
                    models.CharField(
                        choices=[
                            ("dispatch", "调度会"),
                            ("analysis", "民情分析会"),
                            ("review", "工作点评"),
                            ("talk", "民情恳谈会"),
                        ],
                        max_length=10,
                        verbose_name="会议类别",
                    ),
                ),
                ("on", models.DateField(verbose_name="会议日期")),
                ("place", models.CharField(blank=True, max_length=100, verbose_name="地点")),
                (
                    "others",
                    models.CharField(blank=True, max_length=200, verbose_name="其他参加单位和人数"),
                ),
                ("minutes", models.TextField(blank=True, verbose_name="会议小结")),
                (
                    "status",
                    models.CharField(
                        choices=[("planned", "待召开"), ("held", "已召开")],
                        default="planned",
                        max_length=8,
                        verbose_name="状态",
                    ),
                ),
                ("entered_at", models.DateTimeField(verbose_name="录入时间")),
                (
                    "attendees",
                    models.ManyToManyField(
                        blank=True,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="参加人",
                    ),
                ),
                (
                    "chaired_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="主持人",
                    ),
                ),
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
                    "recorder",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="记录人",
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
                        verbose_name="例会",
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
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="villages.village",
                        verbose_name="村(社区)",
                    ),
                ),
            ],
            options={
                "verbose_name": "会议",
                "verbose_name_plural": "会议",
                "ordering": ["-on", "-pk"],
                "indexes": [models.Index(fields=["township", "-on", "-id"], name="meeting_by_day")],
            },
        ),
        migrations.CreateModel(
            name="MeetingItem",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("order", models.PositiveSmallIntegerField(verbose_name="序号")),
                ("subject", models.CharField(blank=True, max_length=100, verbose_name="议题")),
                ("why", models.CharField(blank=True, max_length=60, verbose_name="提请原因")),
                ("discussed", models.TextField(blank=True, verbose_name="讨论情况")),
                ("decision", models.TextField(blank=True, verbose_name="议定事项")),
                ("who", models.CharField(blank=True, max_length=60, verbose_name="责任单位(人)")),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="完成期限")),
                (
                    "grievance",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="meeting_items",
                        to="grievances.grievance",
                        verbose_name="诉求",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="items",
                        to="grievances.meeting",
                        verbose_name="会议",
                    ),
                ),
            ],
            options={
                "verbose_name": "会议议题",
                "verbose_name_plural": "会议议题",
                "ordering": ["order", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("grievance__isnull", False)),
                        fields=("meeting", "grievance"),
                        name="matter_once_in_a_meeting",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("grievance__isnull", False),
                            models.Q(("subject", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="item_is_about_something",
                    ),
                ],
            },
        ),
    ]
