"""The ledger itself: a matter, its steps, and which matters a liaison day takes along."""

import django.db.models.deletion
import liaison.personal
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [
        ("grievances", "0003_index_the_figures"),
        ("grievances", "0004_take_in_older_ledgers"),
        ("grievances", "0007_take_matters_along"),
        ("grievances", "0008_promises_and_keywords"),
    ]

    initial = True

    dependencies = [
        ("cadres", "0001_people_and_posts"),
        ("grievances", "0001_lists_and_limits"),
        ("villages", "0002_households_and_residents"),
        ("visits", "0002_visits_and_rounds"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Grievance",
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
                ("number", models.CharField(max_length=30, unique=True, verbose_name="编号")),
                ("complainant", models.CharField(blank=True, max_length=50, verbose_name="反映人")),
                (
                    "phone",
                    liaison.personal.EncryptedTextField(
                        blank=True, default="", verbose_name="联系电话"
                    ),
                ),
                ("persons", models.PositiveSmallIntegerField(default=1, verbose_name="人数")),
                ("summary", models.CharField(max_length=60, verbose_name="诉求摘要")),
                ("detail", models.TextField(blank=True, verbose_name="详情")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("demand", "诉求"),
                            ("suggestion", "意见建议"),
                            ("help", "求助"),
                            ("inquiry", "咨询"),
                            ("complaint", "投诉"),
                            ("dispute", "矛盾纠纷"),
                            ("report", "举报"),
                        ],
                        default="demand",
                        max_length=12,
                        verbose_name="性质",
                    ),
                ),
                ("is_urgent", models.BooleanField(default=False, verbose_name="加急")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("registered", "待受理"),
                            ("declined", "不予受理"),
                            ("accepted", "已受理"),
                            ("assigned", "已交办"),
                            ("in_hand", "办理中"),
                            ("returned", "已退回"),
                            ("forwarded", "已转送"),
                            ("escalated", "已呈报"),
                            ("suspended", "挂起"),
                            ("settled", "已办结"),
                            ("answered", "已反馈"),
                            ("verified", "已回访"),
                            ("closed_out", "已销号"),
                            ("merged", "已并案"),
                        ],
                        default="registered",
                        max_length=12,
                        verbose_name="状态",
                    ),
                ),
                ("registered_on", models.DateField(verbose_name="登记日期")),
                ("entered_at", models.DateTimeField(verbose_name="录入时间")),
                ("accepted_on", models.DateField(blank=True, null=True, verbose_name="受理日期")),
                ("assigned_on", models.DateField(blank=True, null=True, verbose_name="交办日期")),
                ("policy_version", models.PositiveIntegerField(blank=True, null=True)),
                ("due_at", models.DateTimeField(blank=True, null=True, verbose_name="办理时限")),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="应办结日")),
                (
                    "due_unit",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("hour", "小时"),
                            ("calendar_day", "自然日"),
                            ("workday", "个工作日"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "settlement",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("substantive", "实质性办结"),
                            ("interim", "阶段性办结"),
                            ("procedural", "程序性办结"),
                        ],
                        max_length=12,
                        verbose_name="办结类型",
                    ),
                ),
                ("result", models.TextField(blank=True, verbose_name="办理结果")),
                (
                    "settled_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="办结时间"),
                ),
                ("settled_on", models.DateField(blank=True, null=True, verbose_name="办结日期")),
                ("on_the_spot", models.BooleanField(default=False, verbose_name="当场办结")),
                ("answered_on", models.DateField(blank=True, null=True, verbose_name="反馈日期")),
                (
                    "answer_mode",
                    models.CharField(
                        blank=True,
                        choices=[("oral", "口头"), ("phone", "电话"), ("written", "书面")],
                        max_length=8,
                        verbose_name="反馈方式",
                    ),
                ),
                ("verified_on", models.DateField(blank=True, null=True, verbose_name="回访日期")),
                (
                    "satisfaction",
                    models.CharField(blank=True, max_length=16, verbose_name="群众评价"),
                ),
                ("closed_out_on", models.DateField(blank=True, null=True, verbose_name="销号日期")),
                (
                    "reopened_count",
                    models.PositiveSmallIntegerField(default=0, verbose_name="重办次数"),
                ),
                (
                    "category",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="grievances.category",
                        verbose_name="类别",
                    ),
                ),
                (
                    "decline_reason",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="grievances.declinereason",
                        verbose_name="不予受理原因",
                    ),
                ),
                (
                    "department",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="grievances",
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
                    "household",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="grievances",
                        to="villages.household",
                        verbose_name="户",
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
                        verbose_name="时限依据",
                    ),
                ),
                (
                    "registered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="登记人",
                    ),
                ),
                (
                    "settled_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="办结人",
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
                        related_name="grievances",
                        to="villages.village",
                        verbose_name="村(社区)",
                    ),
                ),
                (
                    "visit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="grievances",
                        to="visits.visit",
                        verbose_name="走访接待",
                    ),
                ),
                (
                    "method",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="grievances.settlementmethod",
                        verbose_name="办结方式",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="grievances.source",
                        verbose_name="来源",
                    ),
                ),
                ("is_imported", models.BooleanField(default=False, verbose_name="历史台账")),
                (
                    "source_number",
                    models.CharField(blank=True, max_length=40, verbose_name="原编号"),
                ),
                (
                    "village_words",
                    models.CharField(blank=True, max_length=60, verbose_name="原村名"),
                ),
                (
                    "handler_words",
                    models.CharField(blank=True, max_length=120, verbose_name="原承办"),
                ),
                ("due_words", models.CharField(blank=True, max_length=60, verbose_name="原时限")),
                ("origin_words", models.TextField(blank=True, verbose_name="原台账所载")),
                (
                    "promise",
                    models.CharField(
                        blank=True, default="", max_length=200, verbose_name="答应的事"
                    ),
                ),
                (
                    "promise_due_on",
                    models.DateField(blank=True, null=True, verbose_name="答应的期限"),
                ),
                (
                    "forwarded_to",
                    models.CharField(
                        blank=True, default="", max_length=60, verbose_name="转送单位"
                    ),
                ),
                ("is_legacy", models.BooleanField(default=False, verbose_name="历史遗留")),
                (
                    "merged_into",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="merged",
                        to="grievances.grievance",
                        verbose_name="并入",
                    ),
                ),
                (
                    "repeat_of",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="repeats",
                        to="grievances.grievance",
                        verbose_name="重复反映",
                    ),
                ),
                (
                    "rung",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="grievances.rung",
                        verbose_name="呈报层级",
                    ),
                ),
                (
                    "told_merged_mode",
                    models.CharField(
                        blank=True,
                        choices=[("oral", "口头"), ("phone", "电话"), ("written", "书面")],
                        default="",
                        max_length=8,
                        verbose_name="告知并案人方式",
                    ),
                ),
                (
                    "told_merged_on",
                    models.DateField(blank=True, null=True, verbose_name="告知并案人日期"),
                ),
                (
                    "book_approved_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="挂账批准人",
                    ),
                ),
                ("book_on", models.DateField(blank=True, null=True, verbose_name="挂账日期")),
                (
                    "book_reason",
                    models.CharField(
                        blank=True, default="", max_length=200, verbose_name="挂账原因"
                    ),
                ),
                (
                    "book_review_on",
                    models.DateField(blank=True, null=True, verbose_name="挂账复查日"),
                ),
                (
                    "check_kind",
                    models.CharField(
                        blank=True,
                        choices=[("on_site", "现场核查"), ("papers", "资料核查")],
                        default="",
                        max_length=8,
                        verbose_name="核查方式",
                    ),
                ),
                ("checked_on", models.DateField(blank=True, null=True, verbose_name="核查日期")),
                (
                    "comes_back_on",
                    models.DateField(blank=True, null=True, verbose_name="约定回头看"),
                ),
                (
                    "alert_level",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("blue", "蓝色预警"),
                            ("yellow", "黄色预警"),
                            ("orange", "橙色预警"),
                            ("red", "红色预警"),
                        ],
                        default="",
                        editable=False,
                        max_length=8,
                        verbose_name="预警级别",
                    ),
                ),
                (
                    "alert_since",
                    models.DateField(
                        blank=True, editable=False, null=True, verbose_name="预警日期"
                    ),
                ),
                (
                    "confidential_ground",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("report", "举报"),
                            ("violence", "家庭暴力"),
                            ("named", "点名反映干部"),
                            ("other", "其他不宜公开的"),
                        ],
                        max_length=10,
                        verbose_name="涉密事由",
                    ),
                ),
                ("is_confidential", models.BooleanField(default=False, verbose_name="涉密")),
                (
                    "told_joined_mode",
                    models.CharField(
                        blank=True,
                        choices=[("oral", "口头"), ("phone", "电话"), ("written", "书面")],
                        default="",
                        max_length=8,
                        verbose_name="告知并案方式",
                    ),
                ),
                (
                    "told_joined_on",
                    models.DateField(blank=True, null=True, verbose_name="告知并案日期"),
                ),
            ],
            options={
                "verbose_name": "民情台账",
                "verbose_name_plural": "民情台账",
                "ordering": ["-registered_on", "-id"],
                "indexes": [
                    models.Index(fields=["household"], name="ledger_of_household"),
                    models.Index(
                        condition=models.Q(("is_imported", True)),
                        fields=["township", "source_number"],
                        name="ledger_source_number",
                    ),
                    models.Index(
                        condition=models.Q(("promise_due_on__isnull", False)),
                        fields=["township", "promise_due_on"],
                        name="ledger_promises",
                    ),
                    models.Index(
                        condition=models.Q(
                            (
                                "status__in",
                                (
                                    "registered",
                                    "accepted",
                                    "assigned",
                                    "in_hand",
                                    "returned",
                                    "forwarded",
                                    "escalated",
                                    "suspended",
                                ),
                            )
                        ),
                        fields=["township", "due_at"],
                        name="ledger_open_due",
                    ),
                    models.Index(
                        condition=models.Q(("alert_level", ""), _negated=True),
                        fields=["township", "alert_level"],
                        name="ledger_alerts",
                    ),
                    models.Index(
                        fields=["township", "-registered_on", "-id", "is_confidential"],
                        name="ledger_by_day",
                    ),
                    models.Index(
                        fields=["village", "-registered_on", "-id", "is_confidential"],
                        name="ledger_of_village",
                    ),
                    models.Index(
                        fields=["department", "-registered_on", "-id", "is_confidential"],
                        name="ledger_of_department",
                    ),
                    models.Index(
                        fields=["township", "status", "-registered_on", "-id", "is_confidential"],
                        name="ledger_by_status",
                    ),
                    models.Index(
                        fields=[
                            "township",
                            "village",
                            "category",
                            "registered_on",
                            "settled_on",
                            "status",
                            "settlement",
                            "is_confidential",
                        ],
                        name="ledger_flow",
                    ),
                    models.Index(
                        fields=[
                            "township",
                            "settled_on",
                            "village",
                            "status",
                            "registered_on",
                            "is_confidential",
                        ],
                        name="ledger_settled",
                    ),
                    models.Index(
                        fields=[
                            "township",
                            "due_on",
                            "village",
                            "status",
                            "settled_at",
                            "due_at",
                            "is_confidential",
                        ],
                        name="ledger_due",
                    ),
                    models.Index(
                        condition=models.Q(("is_confidential", True)),
                        fields=["registered_by"],
                        name="ledger_confided",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("status__in", ["settled", "answered", "verified", "closed_out"]),
                                _negated=True,
                            ),
                            models.Q(
                                ("settled_on__isnull", False),
                                models.Q(("settlement", ""), _negated=True),
                            ),
                            ("is_imported", True),
                            _connector="OR",
                        ),
                        name="settled_has_day_and_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "declined"), _negated=True),
                            ("decline_reason__isnull", False),
                            ("is_imported", True),
                            _connector="OR",
                        ),
                        name="declined_has_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("village__isnull", False), ("is_imported", True), _connector="OR"
                        ),
                        name="matter_has_village",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "merged"), _negated=True),
                            ("merged_into__isnull", False),
                            ("is_imported", True),
                            _connector="OR",
                        ),
                        name="merged_has_main_matter",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("merged_into__isnull", True), ("status", "merged"), _connector="OR"
                        ),
                        name="only_merged_has_main_matter",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "forwarded"), _negated=True),
                            models.Q(("forwarded_to", ""), _negated=True),
                            ("is_imported", True),
                            _connector="OR",
                        ),
                        name="forwarded_has_organ",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "report"), _negated=True),
                            ("is_confidential", True),
                            _connector="OR",
                        ),
                        name="report_is_confidential",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Step",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("act", models.CharField(max_length=20, verbose_name="动作")),
                ("act_name", models.CharField(max_length=20, verbose_name="动作名称")),
                (
                    "from_status",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("registered", "待受理"),
                            ("declined", "不予受理"),
                            ("accepted", "已受理"),
                            ("assigned", "已交办"),
                            ("in_hand", "办理中"),
                            ("returned", "已退回"),
                            ("forwarded", "已转送"),
                            ("escalated", "已呈报"),
                            ("suspended", "挂起"),
                            ("settled", "已办结"),
                            ("answered", "已反馈"),
                            ("verified", "已回访"),
                            ("closed_out", "已销号"),
                            ("merged", "已并案"),
                        ],
                        max_length=12,
                        verbose_name="原状态",
                    ),
                ),
                (
                    "to_status",
                    models.CharField(
                        choices=[
                            ("registered", "待受理"),
                            ("declined", "不予受理"),
                            ("accepted", "已受理"),
                            ("assigned", "已交办"),
                            ("in_hand", "办理中"),
                            ("returned", "已退回"),
                            ("forwarded", "已转送"),
                            ("escalated", "已呈报"),
                            ("suspended", "挂起"),
                            ("settled", "已办结"),
                            ("answered", "已反馈"),
                            ("verified", "已回访"),
                            ("closed_out", "已销号"),
                            ("merged", "已并案"),
                        ],
                        max_length=12,
                        verbose_name="新状态",
                    ),
                ),
                ("by_name", models.CharField(max_length=50, verbose_name="经办人姓名")),
                (
                    "by_post",
                    models.CharField(blank=True, max_length=100, verbose_name="经办人岗位"),
                ),
                ("words", models.TextField(blank=True, verbose_name="说明")),
                ("on", models.DateField(verbose_name="日期")),
                ("entered_at", models.DateTimeField(verbose_name="录入时间")),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="经办人",
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
                        related_name="steps",
                        to="grievances.grievance",
                        verbose_name="诉求",
                    ),
                ),
            ],
            options={
                "verbose_name": "办理过程",
                "verbose_name_plural": "办理过程",
                "ordering": ["pk"],
                "indexes": [
                    models.Index(fields=["grievance", "id"], name="step_of_grievance"),
                    models.Index(fields=["act", "on", "grievance"], name="step_by_act"),
                ],
            },
        ),
        migrations.CreateModel(
            name="TakenAlong",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("entered_at", models.DateTimeField(verbose_name="录入时间")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="带案人",
                    ),
                ),
                (
                    "grievance",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="taken_along",
                        to="grievances.grievance",
                        verbose_name="诉求",
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="taken_along",
                        to="visits.liaisonsession",
                        verbose_name="驻点日",
                    ),
                ),
            ],
            options={
                "verbose_name": "带案",
                "verbose_name_plural": "带案",
                "ordering": ["session", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("session", "grievance"), name="taken_along_once_a_day"
                    )
                ],
            },
        ),
    ]
