"""What people are told: notices, the channels they go by, when they are reminded."""

import cadres.models.reminders
import datetime
import django.db.models.deletion
import liaison.personal
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [("cadres", "0015_reminders_robots_and_heartbeats")]

    initial = True

    dependencies = [("cadres", "0002_teams_plans_calendar"), ("villages", "0001_places")]

    operations = [
        migrations.CreateModel(
            name="Notice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=30, verbose_name="类别")),
                ("subject", models.CharField(max_length=60)),
                ("slot", models.CharField(max_length=30)),
                ("title", models.CharField(max_length=100, verbose_name="标题")),
                ("text", models.TextField(blank=True, verbose_name="内容")),
                ("url", models.CharField(blank=True, max_length=200)),
                ("due_at", models.DateTimeField(verbose_name="应发时间")),
                ("created_at", models.DateTimeField(verbose_name="生成时间")),
                ("read_at", models.DateTimeField(blank=True, null=True, verbose_name="阅读时间")),
                (
                    "recipient",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notices",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="收件人",
                    ),
                ),
                ("is_expired", models.BooleanField(default=False, verbose_name="过期未发")),
            ],
            options={
                "verbose_name": "通知",
                "verbose_name_plural": "通知",
                "ordering": ["-id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("read_at", None)),
                        fields=["recipient"],
                        name="notice_unread",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("kind", "subject", "recipient", "slot"),
                        name="notice_once_per_occasion",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="GroupRobot",
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
                        choices=[("wecom", "企业微信"), ("dingtalk", "钉钉"), ("feishu", "飞书")],
                        max_length=10,
                        verbose_name="类型",
                    ),
                ),
                ("name", models.CharField(max_length=40, verbose_name="群名称")),
                ("address", liaison.personal.EncryptedTextField(verbose_name="机器人地址")),
                (
                    "secret",
                    liaison.personal.EncryptedTextField(
                        blank=True, default="", verbose_name="加签密钥"
                    ),
                ),
                ("is_active", models.BooleanField(default=True, verbose_name="在用")),
                (
                    "team",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="robots",
                        to="cadres.liaisonteam",
                        verbose_name="团队",
                    ),
                ),
                (
                    "township",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="robots",
                        to="villages.township",
                        verbose_name="乡镇",
                    ),
                ),
            ],
            options={
                "verbose_name": "群机器人",
                "verbose_name_plural": "群机器人",
                "ordering": ["name", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("township", "name"), name="robot_name_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="GroupNotice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=30, verbose_name="类别")),
                ("subject", models.CharField(max_length=60)),
                ("slot", models.CharField(max_length=30)),
                ("title", models.CharField(max_length=100, verbose_name="标题")),
                ("text", models.TextField(blank=True, verbose_name="内容")),
                ("url", models.CharField(blank=True, max_length=200)),
                ("due_at", models.DateTimeField(verbose_name="应发时间")),
                ("created_at", models.DateTimeField(verbose_name="生成时间")),
                ("is_expired", models.BooleanField(default=False, verbose_name="过期未发")),
                (
                    "robot",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notices",
                        to="cadres.grouprobot",
                        verbose_name="群机器人",
                    ),
                ),
            ],
            options={
                "verbose_name": "群通知",
                "verbose_name_plural": "群通知",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("kind", "subject", "robot", "slot"),
                        name="group_notice_once_per_occasion",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Delivery",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("site", "站内"),
                            ("mail", "邮件"),
                            ("sms", "短信"),
                            ("wecom", "企业微信"),
                            ("dingtalk", "钉钉"),
                            ("feishu", "飞书"),
                        ],
                        default="mail",
                        max_length=10,
                        verbose_name="渠道",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("queued", "待发"),
                            ("claimed", "发送中"),
                            ("sent", "已发"),
                            ("failed", "未成，待重试"),
                            ("given_up", "已放弃"),
                            ("expired", "过期未发"),
                        ],
                        default="queued",
                        max_length=8,
                        verbose_name="状态",
                    ),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0, verbose_name="次数")),
                ("next_try_at", models.DateTimeField()),
                ("lease_until", models.DateTimeField(blank=True, null=True)),
                ("sent_at", models.DateTimeField(blank=True, null=True, verbose_name="发出时间")),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="原因")),
                (
                    "notice",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="deliveries",
                        to="cadres.notice",
                    ),
                ),
                ("not_after", models.DateTimeField(blank=True, null=True, verbose_name="最迟发出")),
                ("claim", models.UUIDField(blank=True, null=True)),
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
                    "group_notice",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="deliveries",
                        to="cadres.groupnotice",
                    ),
                ),
            ],
            options={
                "verbose_name": "通知投递",
                "verbose_name_plural": "通知投递",
                "indexes": [
                    models.Index(
                        condition=models.Q(("state__in", ("queued", "claimed", "failed"))),
                        fields=["next_try_at"],
                        name="delivery_due",
                    ),
                    models.Index(
                        condition=models.Q(("claim__isnull", False)),
                        fields=["claim"],
                        name="delivery_claim",
                    ),
                    models.Index(
                        condition=models.Q(
                            ("state__in", ("queued", "claimed", "failed", "given_up", "expired"))
                        ),
                        fields=["township", "-id"],
                        name="delivery_not_out",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("notice", "channel"), name="delivery_once_per_channel"
                    ),
                    models.UniqueConstraint(
                        fields=("group_notice",), name="delivery_once_per_group"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("group_notice__isnull", False), ("notice", None)),
                            models.Q(("group_notice", None), ("notice__isnull", False)),
                            _connector="OR",
                        ),
                        name="delivery_of_one_notice",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReminderPolicy",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("since", models.DateField(verbose_name="启用日期")),
                (
                    "offsets",
                    models.JSONField(
                        default=cadres.models.reminders.shipped_offsets, verbose_name="提醒时间"
                    ),
                ),
                (
                    "quiet_from",
                    models.TimeField(default=datetime.time(21, 0), verbose_name="免打扰起"),
                ),
                (
                    "quiet_to",
                    models.TimeField(default=datetime.time(7, 0), verbose_name="免打扰止"),
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
                "verbose_name": "提醒时间",
                "verbose_name_plural": "提醒时间",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("township", "since"), name="reminder_policy_once_per_day"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("township", None)),
                        fields=("since",),
                        name="shipped_reminders_once_per_day",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Heartbeat",
            fields=[
                ("name", models.CharField(max_length=10, primary_key=True, serialize=False)),
                ("at", models.DateTimeField(blank=True, null=True)),
                ("next_due_at", models.DateTimeField(blank=True, null=True)),
            ],
        ),
    ]
