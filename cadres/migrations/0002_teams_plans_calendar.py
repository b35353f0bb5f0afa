"""The people fixed to places: teams, liaison plans, the work calendar, who answers for a household, standing meetings, cards."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [
        ("cadres", "0005_household_links"),
        ("cadres", "0007_more_rhythms_and_rotas"),
        ("cadres", "0008_carry_rhythms_over"),
        ("cadres", "0009_single_weekday_and_day_go"),
        ("cadres", "0010_standing_meetings"),
        ("cadres", "0011_bounds_of_villages"),
        ("cadres", "0013_texts_of_service_cards"),
        ("cadres", "0014_calendar_feeds"),
    ]

    initial = True

    dependencies = [
        ("cadres", "0001_people_and_posts"),
        ("villages", "0002_households_and_residents"),
    ]

    operations = [
        migrations.CreateModel(
            name="CalendarYear",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(unique=True, verbose_name="年份")),
                ("source", models.CharField(max_length=100, verbose_name="依据")),
            ],
            options={
                "verbose_name": "已发布年份",
                "verbose_name_plural": "已发布年份",
                "ordering": ["year"],
            },
        ),
        migrations.CreateModel(
            name="CalendarDay",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("on", models.DateField(verbose_name="日期")),
                (
                    "kind",
                    models.CharField(
                        choices=[("holiday", "放假"), ("workday", "上班(调休)")],
                        max_length=8,
                        verbose_name="类型",
                    ),
                ),
                ("name", models.CharField(max_length=30, verbose_name="名称")),
                (
                    "township",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="calendar_days",
                        to="villages.township",
                        verbose_name="乡镇",
                    ),
                ),
            ],
            options={
                "verbose_name": "日历特殊日",
                "verbose_name_plural": "日历特殊日",
                "ordering": ["on"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("township", None)),
                        fields=("on",),
                        name="calendar_day_once_for_the_country",
                    ),
                    models.UniqueConstraint(
                        fields=("township", "on"), name="calendar_day_once_per_township"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LiaisonTeam",
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
                ("name", models.CharField(max_length=60, verbose_name="团队名称")),
                ("is_active", models.BooleanField(default=True, verbose_name="在用")),
                (
                    "township",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="teams",
                        to="villages.township",
                        verbose_name="乡镇",
                    ),
                ),
                (
                    "villages",
                    models.ManyToManyField(
                        related_name="teams", to="villages.village", verbose_name="联系村"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("liaison", "驻点团队"), ("supervision", "督查小组")],
                        default="liaison",
                        max_length=12,
                        verbose_name="类别",
                    ),
                ),
            ],
            options={
                "verbose_name": "驻点团队",
                "verbose_name_plural": "驻点团队",
                "ordering": ["township__code", "name"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("township", "name"), name="team_name_once_per_township"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Seat",
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
                            ("lead", "责任人"),
                            ("head", "组长"),
                            ("member", "成员"),
                            ("assistant", "驻点助理员"),
                            ("coordinator", "联络员"),
                            ("auxiliary", "辅助团队"),
                            ("guest", "律师、代表"),
                        ],
                        default="member",
                        max_length=12,
                        verbose_name="职责",
                    ),
                ),
                ("order", models.PositiveSmallIntegerField(default=0, verbose_name="顺序")),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="seats",
                        to="cadres.post",
                        verbose_name="岗位",
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="seats",
                        to="cadres.liaisonteam",
                        verbose_name="团队",
                    ),
                ),
            ],
            options={
                "verbose_name": "席位",
                "verbose_name_plural": "席位",
                "ordering": ["team", "order", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("team", "post"), name="seat_once_per_team")
                ],
            },
        ),
        migrations.CreateModel(
            name="LiaisonPlan",
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
                ("place", models.CharField(max_length=100, verbose_name="驻点地点")),
                (
                    "recurrence",
                    models.CharField(
                        choices=[
                            ("weekly", "每周"),
                            ("fortnightly", "每两周"),
                            ("monthly_day", "每月固定日"),
                            ("nth_weekday", "每月第几个星期几"),
                            ("part_weekday", "每旬第几个星期几"),
                            ("first_working_weekday", "每月第一个为工作日的星期几"),
                            ("nth_working_day", "每月第几个工作日"),
                            ("rota", "每个工作日轮值"),
                            ("days", "指定日期"),
                        ],
                        default="weekly",
                        max_length=24,
                        verbose_name="周期",
                    ),
                ),
                ("starts_at", models.TimeField(verbose_name="开始时间")),
                ("ends_at", models.TimeField(verbose_name="结束时间")),
                (
                    "holiday_rule",
                    models.CharField(
                        choices=[
                            ("keep", "照常"),
                            ("skip", "取消当次"),
                            ("next", "顺延至下一工作日"),
                            ("make_up", "在指定的星期几补"),
                        ],
                        default="next",
                        max_length=8,
                        verbose_name="遇节假日",
                    ),
                ),
                ("valid_from", models.DateField(verbose_name="生效日期")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="截止日期")),
                (
                    "village",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="plans",
                        to="villages.village",
                        verbose_name="村(社区)",
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="plans",
                        to="cadres.liaisonteam",
                        verbose_name="团队",
                    ),
                ),
                ("days", models.JSONField(blank=True, default=list, verbose_name="指定日期")),
                (
                    "make_up_weekday",
                    models.PositiveSmallIntegerField(default=5, verbose_name="补在星期几"),
                ),
                ("month_days", models.JSONField(blank=True, default=list, verbose_name="日")),
                ("month_parts", models.JSONField(blank=True, default=list, verbose_name="旬")),
                (
                    "notice_days",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="提前几天公示"
                    ),
                ),
                ("nth", models.SmallIntegerField(blank=True, null=True, verbose_name="第几个")),
                ("phase_from", models.DateField(blank=True, null=True, verbose_name="从哪一周起")),
                ("weekdays", models.JSONField(blank=True, default=list, verbose_name="星期")),
            ],
            options={
                "verbose_name": "驻点安排",
                "verbose_name_plural": "驻点安排",
                "ordering": ["village__code", "valid_from"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_at__gt", models.F("starts_at"))),
                        name="liaisonplan_ends_after_it_starts",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to", None),
                            ("valid_to__gte", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="liaisonplan_valid_forwards",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RotaTurn",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("turn", models.PositiveSmallIntegerField(verbose_name="轮次")),
                (
                    "weekday",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="固定在星期几"
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="turns",
                        to="cadres.liaisonplan",
                        verbose_name="驻点安排",
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
            ],
            options={
                "verbose_name": "轮值次序",
                "verbose_name_plural": "轮值次序",
                "ordering": ["plan", "turn", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("plan", "post"), name="rota_post_once_per_plan")
                ],
            },
        ),
        migrations.CreateModel(
            name="StandingMeeting",
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
                    "recurrence",
                    models.CharField(
                        choices=[
                            ("weekly", "每周"),
                            ("fortnightly", "每两周"),
                            ("monthly_day", "每月固定日"),
                            ("nth_weekday", "每月第几个星期几"),
                            ("part_weekday", "每旬第几个星期几"),
                            ("first_working_weekday", "每月第一个为工作日的星期几"),
                            ("nth_working_day", "每月第几个工作日"),
                            ("rota", "每个工作日轮值"),
                            ("days", "指定日期"),
                        ],
                        default="weekly",
                        max_length=24,
                        verbose_name="周期",
                    ),
                ),
                ("weekdays", models.JSONField(blank=True, default=list, verbose_name="星期")),
                ("month_days", models.JSONField(blank=True, default=list, verbose_name="日")),
                ("nth", models.SmallIntegerField(blank=True, null=True, verbose_name="第几个")),
                ("month_parts", models.JSONField(blank=True, default=list, verbose_name="旬")),
                ("phase_from", models.DateField(blank=True, null=True, verbose_name="从哪一周起")),
                ("days", models.JSONField(blank=True, default=list, verbose_name="指定日期")),
                ("starts_at", models.TimeField(verbose_name="开始时间")),
                ("ends_at", models.TimeField(verbose_name="结束时间")),
                (
                    "holiday_rule",
                    models.CharField(
                        choices=[
                            ("keep", "照常"),
                            ("skip", "取消当次"),
                            ("next", "顺延至下一工作日"),
                            ("make_up", "在指定的星期几补"),
                        ],
                        default="next",
                        max_length=8,
                        verbose_name="遇节假日",
                    ),
                ),
                (
                    "make_up_weekday",
                    models.PositiveSmallIntegerField(default=5, verbose_name="补在星期几"),
                ),
                ("valid_from", models.DateField(verbose_name="生效日期")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="截止日期")),
                ("name", models.CharField(max_length=40, verbose_name="会议名称")),
                ("place", models.CharField(blank=True, max_length=100, verbose_name="地点")),
                (
                    "township",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="standing_meetings",
                        to="villages.township",
                        verbose_name="乡镇",
                    ),
                ),
            ],
            options={
                "verbose_name": "例会安排",
                "verbose_name_plural": "例会安排",
                "ordering": ["township__code", "name", "valid_from"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_at__gt", models.F("starts_at"))),
                        name="standingmeeting_ends_after_it_starts",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to", None),
                            ("valid_to__gte", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="standingmeeting_valid_forwards",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LinkPolicy",
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
                            ("cadre", "包户干部(户)"),
                            ("representative", "村民代表(户)"),
                            ("lead", "驻点责任人(村)"),
                        ],
                        max_length=16,
                        verbose_name="类别",
                    ),
                ),
                ("least", models.PositiveSmallIntegerField(verbose_name="最少")),
                ("most", models.PositiveSmallIntegerField(verbose_name="最多")),
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
                "verbose_name": "联系标准",
                "verbose_name_plural": "联系标准",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("township", "kind", "since"), name="link_policy_once_per_day"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("most__gte", models.F("least"))),
                        name="link_policy_bounds_in_order",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HouseholdLink",
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
                        choices=[("cadre", "包户干部"), ("representative", "村民代表")],
                        max_length=16,
                        verbose_name="类别",
                    ),
                ),
                ("since", models.DateField(verbose_name="起")),
                ("until", models.DateField(blank=True, null=True, verbose_name="止")),
                (
                    "household",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="links",
                        to="villages.household",
                        verbose_name="户",
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="household_links",
                        to="cadres.post",
                        verbose_name="岗位",
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
                (
                    "representative",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="household_links",
                        to="cadres.representative",
                        verbose_name="村民代表",
                    ),
                ),
            ],
            options={
                "verbose_name": "包户联系",
                "verbose_name_plural": "包户联系",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("kind", "cadre"), ("post__isnull", False), ("representative", None)
                            ),
                            models.Q(
                                ("kind", "representative"),
                                ("post", None),
                                ("representative__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="link_has_the_one_its_kind_says",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until", None), ("until__gte", models.F("since")), _connector="OR"
                        ),
                        name="link_ends_after_it_begins",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("until", None)),
                        fields=("household", "kind"),
                        name="link_one_of_a_kind_per_household",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CardText",
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
                    "heading",
                    models.CharField(default="便民服务卡", max_length=12, verbose_name="卡片标题"),
                ),
                ("office", models.CharField(blank=True, max_length=40, verbose_name="落款单位")),
                (
                    "office_phone",
                    models.CharField(blank=True, max_length=20, verbose_name="驻点办电话"),
                ),
                (
                    "promise",
                    models.TextField(
                        default="热情接待，认真登记；能办的当场办，不能当场办的说明时限；件件有着落，事事有回音。",
                        max_length=160,
                        verbose_name="服务承诺",
                    ),
                ),
                (
                    "services",
                    models.TextField(
                        default="政策咨询\n民生诉求登记与转办\n邻里矛盾调解\n困难家庭帮扶\n代办便民事项",
                        max_length=240,
                        verbose_name="服务事项",
                    ),
                ),
                (
                    "phones",
                    models.CharField(
                        choices=[
                            ("all", "全体成员的联系电话"),
                            ("lead", "只印责任人、组长和联络员的"),
                            ("office", "个人电话都不印，只印驻点办电话"),
                        ],
                        default="all",
                        max_length=8,
                        verbose_name="公布电话",
                    ),
                ),
                (
                    "code",
                    models.CharField(
                        choices=[
                            ("contact", "联系人名片（可存入通讯录）"),
                            ("text", "驻点时间、地点和电话（文字）"),
                            ("none", "不印二维码"),
                        ],
                        default="contact",
                        max_length=8,
                        verbose_name="二维码",
                    ),
                ),
                (
                    "township",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="card_text",
                        to="villages.township",
                        verbose_name="乡镇",
                    ),
                ),
            ],
            options={"verbose_name": "服务卡文字", "verbose_name_plural": "服务卡文字"},
        ),
        migrations.CreateModel(
            name="CalendarFeed",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("digest", models.CharField(max_length=32, unique=True, verbose_name="地址摘要")),
                ("made_at", models.DateTimeField(verbose_name="生成时间")),
                (
                    "revoked_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="停用时间"),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="feeds",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="订阅人",
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="feeds",
                        to="cadres.liaisonteam",
                        verbose_name="团队",
                    ),
                ),
            ],
            options={
                "verbose_name": "日历订阅",
                "verbose_name_plural": "日历订阅",
                "ordering": ["owner", "team"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("team", None)),
                        fields=("owner",),
                        name="feed_of_ones_own_once",
                    ),
                    models.UniqueConstraint(fields=("owner", "team"), name="feed_once_per_team"),
                ],
            },
        ),
    ]
