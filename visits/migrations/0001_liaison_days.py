"""The liaison day: the session, who sat there, leave, notices put up before it, households expected."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    # The first and the last of the old names: a database that stands between them is refused (decision 0049).
    replaces = [
        ("visits", "0001_initial"),
        ("visits", "0002_public_notices"),
        ("visits", "0003_session_changed_at"),
        ("visits", "0004_make_ups_leave_and_special_forms"),
        ("visits", "0005_turn_duty_into_official_leave"),
        ("visits", "0006_turn_of_a_rota"),
        ("visits", "0015_people_of_a_notice"),
    ]

    initial = True

    dependencies = [
        ("cadres", "0002_teams_plans_calendar"),
        ("villages", "0002_households_and_residents"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="SessionPolicy",
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
                ("since", models.DateField(verbose_name="启用日期")),
                (
                    "make_up_notice",
                    models.PositiveSmallIntegerField(default=3, verbose_name="补驻提前告知(天)"),
                ),
                (
                    "confirm_days",
                    models.PositiveSmallIntegerField(default=1, verbose_name="责任人确认期限(天)"),
                ),
                (
                    "escalate_days",
                    models.PositiveSmallIntegerField(
                        default=2, verbose_name="再过几天转驻点办(天)"
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
                    "edit_days",
                    models.PositiveSmallIntegerField(
                        default=7, verbose_name="驻点日外的走访直接修改(天)"
                    ),
                ),
                (
                    "sheet_blanks",
                    models.PositiveSmallIntegerField(default=12, verbose_name="走访单空白行数"),
                ),
                (
                    "sheet_households",
                    models.PositiveSmallIntegerField(default=12, verbose_name="走访单先列户数"),
                ),
                (
                    "sheet_matters",
                    models.PositiveSmallIntegerField(default=10, verbose_name="走访单诉求件数"),
                ),
            ],
            options={
                "verbose_name": "驻点日规则",
                "verbose_name_plural": "驻点日规则",
                "ordering": ["-since", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("township", "since"), name="session_policy_once_per_day"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="LiaisonSession",
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
                ("on", models.DateField(verbose_name="日期")),
                ("starts_at", models.TimeField(verbose_name="开始时间")),
                ("ends_at", models.TimeField(verbose_name="结束时间")),
                ("place", models.CharField(max_length=100, verbose_name="地点")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("planned", "待驻点"),
                            ("held", "已驻点"),
                            ("missed", "未驻点"),
                            ("cancelled", "已取消"),
                        ],
                        default="planned",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("moved_from", models.DateField(blank=True, null=True, verbose_name="原定日期")),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="原因")),
                (
                    "confirmed_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="确认时间"),
                ),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="确认人",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sessions",
                        to="cadres.liaisonplan",
                        verbose_name="安排",
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sessions",
                        to="cadres.liaisonteam",
                        verbose_name="团队",
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
                        related_name="sessions",
                        to="villages.village",
                        verbose_name="村(社区)",
                    ),
                ),
                ("changed_at", models.DateTimeField(auto_now=True, verbose_name="变动时间")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("regular", "例行驻点"),
                            ("reception", "定点接访"),
                            ("appointment", "重点约访"),
                            ("case_visit", "带案下访"),
                            ("talk", "谈心谈话"),
                        ],
                        default="regular",
                        max_length=12,
                        verbose_name="形式",
                    ),
                ),
                (
                    "made_up_for",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="make_ups",
                        to="visits.liaisonsession",
                        verbose_name="补哪一天",
                    ),
                ),
                (
                    "turn",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="轮次"),
                ),
            ],
            options={
                "verbose_name": "驻点日",
                "verbose_name_plural": "驻点日",
                "ordering": ["on", "village__code"],
                "indexes": [
                    models.Index(fields=["township", "on", "village", "id"], name="session_by_day"),
                    models.Index(fields=["village", "on", "id"], name="session_of_village"),
                    models.Index(
                        condition=models.Q(("status", "planned")),
                        fields=["on"],
                        name="session_still_planned",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("plan", "on"), name="session_once_per_plan_and_day"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("status", "planned")),
                        fields=("made_up_for",),
                        name="session_one_make_up_ahead",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Attendance",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("person_name", models.CharField(blank=True, max_length=50, verbose_name="姓名")),
                ("post_title", models.CharField(max_length=60, verbose_name="岗位名称")),
                (
                    "mark",
                    models.CharField(
                        choices=[
                            ("present", "到"),
                            ("leave", "假"),
                            ("stand_in", "代"),
                            ("absent", "缺"),
                        ],
                        max_length=10,
                        verbose_name="考勤",
                    ),
                ),
                ("stand_in", models.CharField(blank=True, max_length=50, verbose_name="代班人")),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="人员",
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cadres.post",
                        verbose_name="岗位",
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="attendance",
                        to="visits.liaisonsession",
                        verbose_name="驻点日",
                    ),
                ),
                (
                    "leave_kind",
                    models.CharField(
                        blank=True,
                        choices=[("personal", "事假"), ("sick", "病假"), ("official", "公假")],
                        max_length=8,
                        verbose_name="请假类别",
                    ),
                ),
                (
                    "stand_in_person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="代班人账号",
                    ),
                ),
            ],
            options={
                "verbose_name": "考勤",
                "verbose_name_plural": "考勤",
                "ordering": ["session", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("session", "post"), name="attendance_once_per_post"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="LeaveRequest",
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
                ("on", models.DateField(verbose_name="请假日期")),
                ("person_name", models.CharField(max_length=50, verbose_name="请假人姓名")),
                ("post_title", models.CharField(max_length=60, verbose_name="岗位名称")),
                (
                    "kind",
                    models.CharField(
                        choices=[("personal", "事假"), ("sick", "病假"), ("official", "公假")],
                        max_length=8,
                        verbose_name="请假类别",
                    ),
                ),
                ("words", models.CharField(blank=True, max_length=200, verbose_name="说明")),
                (
                    "stand_in_name",
                    models.CharField(blank=True, max_length=50, verbose_name="代班人姓名"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("requested", "待批"),
                            ("approved", "已批准"),
                            ("refused", "未批准"),
                            ("withdrawn", "已撤回"),
                        ],
                        default="requested",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("requested_at", models.DateTimeField(verbose_name="申请时间")),
                (
                    "decided_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="批准时间"),
                ),
                ("decision", models.CharField(blank=True, max_length=200, verbose_name="批复")),
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
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="请假人",
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cadres.post",
                        verbose_name="岗位",
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="leaves",
                        to="visits.liaisonsession",
                        verbose_name="驻点日",
                    ),
                ),
                (
                    "stand_in",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="代班人",
                    ),
                ),
            ],
            options={
                "verbose_name": "驻点日请假",
                "verbose_name_plural": "驻点日请假",
                "ordering": ["-on", "-pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "approved")),
                        fields=["stand_in", "on"],
                        name="leave_standing_in",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ("requested", "approved"))),
                        fields=("session", "person", "on"),
                        name="leave_once_per_person_and_day",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="NoticePolicy",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("days", models.PositiveSmallIntegerField(default=2, verbose_name="提前天数")),
                (
                    "days_moved",
                    models.PositiveSmallIntegerField(default=3, verbose_name="改期提前天数"),
                ),
                ("since", models.DateField(verbose_name="起用日期")),
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
                "verbose_name": "公示提前天数",
                "verbose_name_plural": "公示提前天数",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("township", "since"), name="notice_policy_once_per_day"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PublicNotice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("on", models.DateField(verbose_name="公示的日期")),
                ("starts_at", models.TimeField(verbose_name="公示的开始时间")),
                ("ends_at", models.TimeField(verbose_name="公示的结束时间")),
                ("place", models.CharField(max_length=100, verbose_name="公示的地点")),
                ("called_off", models.BooleanField(default=False, verbose_name="公示取消")),
                ("posted_at", models.DateTimeField(verbose_name="张贴登记时间")),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="撤下时间")),
                (
                    "posted_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="登记人",
                    ),
                ),
                (
                    "replaces",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="visits.publicnotice",
                        verbose_name="替换",
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notices",
                        to="visits.liaisonsession",
                        verbose_name="驻点日",
                    ),
                ),
                ("people_changed", models.BooleanField(default=False, verbose_name="人员有变动")),
            ],
            options={
                "verbose_name": "驻点公示",
                "verbose_name_plural": "驻点公示",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("session",),
                        name="notice_one_hangs_per_day",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Appointment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "household",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="appointments",
                        to="villages.household",
                        verbose_name="户",
                    ),
                ),
                (
                    "session",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="appointment",
                        to="visits.liaisonsession",
                        verbose_name="驻点日",
                    ),
                ),
            ],
            options={"verbose_name": "约访对象", "verbose_name_plural": "约访对象"},
        ),
    ]
