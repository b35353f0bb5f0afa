"""The people: accounts, departments, posts and who holds them, handovers, representatives."""

import django.db.models.deletion
import liaison.personal
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    # The first and the last of the old names: a database that stands between them is refused (decision 0049).
    replaces = [
        ("cadres", "0001_initial"),
        ("cadres", "0002_version_accounts_abolish_departments"),
        ("cadres", "0003_local_days_and_expiring_deliveries"),
        ("cadres", "0006_supervision_teams_and_phones"),
        ("cadres", "0012_record_handovers"),
        ("cadres", "0016_ship_reminder_times_and_heartbeats"),
    ]

    initial = True

    dependencies = [("villages", "0002_households_and_residents")]

    operations = [
        migrations.CreateModel(
            name="User",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                (
                    "last_login",
                    models.DateTimeField(blank=True, null=True, verbose_name="last login"),
                ),
                ("username", models.CharField(max_length=50, unique=True, verbose_name="用户名")),
                ("display_name", models.CharField(max_length=50, verbose_name="姓名")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="电子邮箱")),
                ("is_active", models.BooleanField(default=True, verbose_name="启用")),
                ("is_demo", models.BooleanField(default=False, verbose_name="演示账号")),
                (
                    "must_change_password",
                    models.BooleanField(default=True, verbose_name="首次登录须改密码"),
                ),
                (
                    "township",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="users",
                        to="villages.township",
                        verbose_name="乡镇",
                    ),
                ),
                (
                    "version",
                    models.PositiveIntegerField(default=1, editable=False, verbose_name="版本"),
                ),
                (
                    "phone",
                    liaison.personal.EncryptedTextField(
                        blank=True, default="", verbose_name="联系电话"
                    ),
                ),
                (
                    "phone_index",
                    models.CharField(blank=True, default="", editable=False, max_length=32),
                ),
            ],
            options={
                "verbose_name": "账号",
                "verbose_name_plural": "账号",
                "ordering": ["username"],
            },
        ),
        migrations.CreateModel(
            name="Department",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=50, verbose_name="名称")),
                ("order", models.PositiveSmallIntegerField(default=0, verbose_name="顺序")),
                ("phone", models.CharField(blank=True, max_length=20, verbose_name="办公电话")),
                (
                    "township",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="departments",
                        to="villages.township",
                        verbose_name="乡镇",
                    ),
                ),
                ("abolished_on", models.DateField(blank=True, null=True, verbose_name="撤销日期")),
            ],
            options={
                "verbose_name": "承办单位",
                "verbose_name_plural": "承办单位",
                "ordering": ["township__code", "order", "name"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("township", "name"), name="department_once_per_township"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Post",
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
                ("title", models.CharField(max_length=60, verbose_name="岗位名称")),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("cadre", "驻点干部"),
                            ("contact", "村联络员"),
                            ("office", "镇驻点办"),
                            ("handler", "站办所承办人"),
                            ("leader", "镇领导"),
                            ("supervisor", "督查组"),
                            ("county", "县级查看"),
                            ("admin", "系统管理员"),
                            ("auditor", "审计员"),
                        ],
                        max_length=12,
                        verbose_name="角色",
                    ),
                ),
                ("order", models.PositiveSmallIntegerField(default=0, verbose_name="顺序")),
                ("abolished_on", models.DateField(blank=True, null=True, verbose_name="撤销日期")),
                (
                    "department",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="posts",
                        to="cadres.department",
                        verbose_name="所属单位",
                    ),
                ),
                (
                    "township",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="posts",
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
                        related_name="posts",
                        to="villages.village",
                        verbose_name="所在村",
                    ),
                ),
            ],
            options={
                "verbose_name": "岗位",
                "verbose_name_plural": "岗位",
                "ordering": ["township__code", "order", "title"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("township", "title"), name="post_title_once_per_township"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Holding",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("since", models.DateField(verbose_name="任职日期")),
                ("until", models.DateField(blank=True, null=True, verbose_name="离任日期")),
                ("is_main", models.BooleanField(default=True, verbose_name="主要岗位")),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="holdings",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="人员",
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="holdings",
                        to="cadres.post",
                        verbose_name="岗位",
                    ),
                ),
            ],
            options={
                "verbose_name": "任职",
                "verbose_name_plural": "任职",
                "ordering": ["-since"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until", None), ("until__gte", models.F("since")), _connector="OR"
                        ),
                        name="holding_ends_after_it_begins",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("until", None)),
                        fields=("user", "post"),
                        name="holding_open_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Handover",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("until", models.DateField(verbose_name="最后一天")),
                ("ends_holding", models.BooleanField(default=True, verbose_name="由此离任")),
                ("carry_on", models.DateField(verbose_name="生效日期")),
                ("ordered_at", models.DateTimeField(verbose_name="办理时间")),
                ("lines", models.JSONField(default=list, verbose_name="清点")),
                ("moved", models.JSONField(default=dict, verbose_name="已移交")),
                (
                    "carried_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="生效时间"),
                ),
                (
                    "withdrawn_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="撤回时间"),
                ),
                (
                    "holding",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="handovers",
                        to="cadres.holding",
                        verbose_name="任职",
                    ),
                ),
                (
                    "ordered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="办理人",
                    ),
                ),
                (
                    "successor",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="接任人",
                    ),
                ),
            ],
            options={
                "verbose_name": "交接单",
                "verbose_name_plural": "交接单",
                "ordering": ["-id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("carried_at", None), ("withdrawn_at", None)),
                        fields=["carry_on"],
                        name="handover_to_carry",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("carry_on__gt", models.F("until"))),
                        name="handover_carries_after_the_last_day",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Representative",
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
                ("since", models.DateField(verbose_name="起任日期")),
                ("until", models.DateField(blank=True, null=True, verbose_name="离任日期")),
                (
                    "group",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="villages.group",
                        verbose_name="组",
                    ),
                ),
                (
                    "resident",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="villages.resident",
                        verbose_name="居民",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="represents",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="账号",
                    ),
                ),
                (
                    "village",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="representatives",
                        to="villages.village",
                        verbose_name="村",
                    ),
                ),
            ],
            options={
                "verbose_name": "村民代表",
                "verbose_name_plural": "村民代表",
                "ordering": ["village__code", "group__number", "name", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until", None), ("until__gte", models.F("since")), _connector="OR"
                        ),
                        name="representative_ends_after_beginning",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("until", None), models.Q(("resident", None), _negated=True)
                        ),
                        fields=("resident",),
                        name="representative_once_at_a_time",
                    ),
                ],
            },
        ),
    ]
