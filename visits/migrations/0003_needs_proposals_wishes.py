"""What a visit leaves behind that is no matter of the ledger: needs, proposals, wishes (村民点单)."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [("visits", "0008_proposals_needs_and_amendments")]

    initial = True

    dependencies = [
        ("cadres", "0002_teams_plans_calendar"),
        ("villages", "0002_households_and_residents"),
        ("visits", "0002_visits_and_rounds"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="NeedKind",
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
                ("station", models.CharField(blank=True, max_length=50, verbose_name="核实单位")),
                (
                    "look_after",
                    models.PositiveSmallIntegerField(default=15, verbose_name="跟进间隔(天)"),
                ),
            ],
            options={
                "verbose_name": "需求类别",
                "verbose_name_plural": "需求类别",
                "ordering": ["order", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("name",), name="need_kind_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("code", ""), _negated=True),
                        fields=("code",),
                        name="need_kind_code_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Need",
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
                ("visitor", models.CharField(blank=True, max_length=50, verbose_name="当事人")),
                ("words", models.CharField(blank=True, max_length=300, verbose_name="情况说明")),
                ("found_on", models.DateField(verbose_name="发现日期")),
                ("entered_at", models.DateTimeField(verbose_name="录入时间")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "待跟进"),
                            ("passed", "已转办"),
                            ("met", "已落实"),
                            ("unfit", "不符合"),
                            ("waived", "本人不申请"),
                        ],
                        default="open",
                        max_length=8,
                        verbose_name="状态",
                    ),
                ),
                ("next_look_on", models.DateField(verbose_name="下次跟进")),
                ("closed_on", models.DateField(blank=True, null=True, verbose_name="了结日期")),
                (
                    "department",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cadres.department",
                        verbose_name="转往单位",
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="登记人",
                    ),
                ),
                (
                    "household",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="needs",
                        to="villages.household",
                        verbose_name="户",
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
                        related_name="needs",
                        to="villages.village",
                        verbose_name="村(社区)",
                    ),
                ),
                (
                    "kind",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="needs",
                        to="visits.needkind",
                        verbose_name="需求类别",
                    ),
                ),
            ],
            options={
                "verbose_name": "需求线索",
                "verbose_name_plural": "需求线索",
                "ordering": ["next_look_on", "id"],
                "indexes": [
                    models.Index(
                        fields=["township", "next_look_on", "id"], name="need_by_next_look"
                    ),
                    models.Index(fields=["village", "next_look_on", "id"], name="need_of_village"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ("open", "passed"))),
                        fields=("household", "kind"),
                        name="need_once_open_per_household",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="NeedLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("act", models.CharField(max_length=20, verbose_name="办理")),
                ("words", models.TextField(blank=True, verbose_name="说明")),
                ("on", models.DateField(verbose_name="日期")),
                ("entered_at", models.DateTimeField(verbose_name="录入时间")),
                ("by_name", models.CharField(max_length=50, verbose_name="办理人姓名")),
                (
                    "by_post",
                    models.CharField(blank=True, max_length=100, verbose_name="办理人岗位"),
                ),
                (
                    "to_state",
                    models.CharField(
                        choices=[
                            ("open", "待跟进"),
                            ("passed", "已转办"),
                            ("met", "已落实"),
                            ("unfit", "不符合"),
                            ("waived", "本人不申请"),
                        ],
                        max_length=8,
                        verbose_name="状态",
                    ),
                ),
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
                    "need",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lines",
                        to="visits.need",
                        verbose_name="需求线索",
                    ),
                ),
                (
                    "visit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="need_lines",
                        to="visits.visit",
                        verbose_name="走访接待",
                    ),
                ),
            ],
            options={
                "verbose_name": "需求线索跟进",
                "verbose_name_plural": "需求线索跟进",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Proposal",
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
                ("visitor", models.CharField(blank=True, max_length=50, verbose_name="提出人")),
                ("words", models.CharField(max_length=300, verbose_name="金点子内容")),
                ("proposed_on", models.DateField(verbose_name="提出日期")),
                ("entered_at", models.DateTimeField(verbose_name="录入时间")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("study", "待研究"),
                            ("adopted", "已采纳"),
                            ("rejected", "未采纳"),
                            ("done", "已办"),
                        ],
                        default="study",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="未采纳原因")),
                ("answer", models.CharField(blank=True, max_length=300, verbose_name="答复")),
                ("answered_on", models.DateField(blank=True, null=True, verbose_name="答复日期")),
                (
                    "entered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="登记人",
                    ),
                ),
                (
                    "household",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="proposals",
                        to="villages.household",
                        verbose_name="户",
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
                        related_name="proposals",
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
                        related_name="proposals",
                        to="visits.visit",
                        verbose_name="走访接待",
                    ),
                ),
            ],
            options={
                "verbose_name": "金点子",
                "verbose_name_plural": "金点子",
                "ordering": ["-proposed_on", "-id"],
                "indexes": [
                    models.Index(
                        fields=["township", "-proposed_on", "-id"], name="proposal_by_day"
                    ),
                    models.Index(
                        fields=["village", "-proposed_on", "-id"], name="proposal_of_village"
                    ),
                    models.Index(
                        condition=models.Q(("state", "study")),
                        fields=["township", "village"],
                        name="proposal_to_study",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ProposalLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("act", models.CharField(max_length=20, verbose_name="办理")),
                ("words", models.TextField(blank=True, verbose_name="说明")),
                ("on", models.DateField(verbose_name="日期")),
                ("entered_at", models.DateTimeField(verbose_name="录入时间")),
                ("by_name", models.CharField(max_length=50, verbose_name="办理人姓名")),
                (
                    "by_post",
                    models.CharField(blank=True, max_length=100, verbose_name="办理人岗位"),
                ),
                (
                    "to_state",
                    models.CharField(
                        choices=[
                            ("study", "待研究"),
                            ("adopted", "已采纳"),
                            ("rejected", "未采纳"),
                            ("done", "已办"),
                        ],
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
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
                    "proposal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lines",
                        to="visits.proposal",
                        verbose_name="金点子",
                    ),
                ),
            ],
            options={
                "verbose_name": "金点子办理",
                "verbose_name_plural": "金点子办理",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="WishKind",
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
            ],
            options={
                "verbose_name": "点单类型",
                "verbose_name_plural": "点单类型",
                "ordering": ["order", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("name",), name="wish_kind_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("code", ""), _negated=True),
                        fields=("code",),
                        name="wish_kind_code_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Wish",
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
                ("words", models.CharField(max_length=200, verbose_name="点单内容")),
                ("wanted_by", models.DateField(blank=True, null=True, verbose_name="希望办好日期")),
                ("asked_on", models.DateField(verbose_name="提出日期")),
                ("entered_at", models.DateTimeField(verbose_name="录入时间")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "待认领"),
                            ("picked_up", "已认领"),
                            ("done", "已办好，待告知"),
                            ("told", "已告知"),
                            ("cannot", "办不了，已告知"),
                            ("withdrawn", "已撤回"),
                        ],
                        default="open",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("picked_on", models.DateField(blank=True, null=True, verbose_name="认领日期")),
                ("done_on", models.DateField(blank=True, null=True, verbose_name="办好日期")),
                ("told_on", models.DateField(blank=True, null=True, verbose_name="告知日期")),
                (
                    "told_by",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("oral", "口头"),
                            ("phone", "电话"),
                            ("written", "书面"),
                            ("board", "村公示栏"),
                        ],
                        max_length=8,
                        verbose_name="告知方式",
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
                    "household",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="wishes",
                        to="villages.household",
                        verbose_name="户",
                    ),
                ),
                (
                    "picked_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="认领人",
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
                        related_name="+",
                        to="villages.township",
                        verbose_name="乡镇",
                    ),
                ),
                (
                    "village",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="wishes",
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
                        related_name="wishes",
                        to="visits.visit",
                        verbose_name="走访接待",
                    ),
                ),
                (
                    "kind",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="visits.wishkind",
                        verbose_name="类型",
                    ),
                ),
            ],
            options={
                "verbose_name": "村民点单",
                "verbose_name_plural": "村民点单",
                "ordering": ["-asked_on", "-pk"],
                "indexes": [
                    models.Index(fields=["village", "state"], name="wish_of_village"),
                    models.Index(
                        condition=models.Q(("state__in", ("picked_up", "done"))),
                        fields=["picked_by"],
                        name="wish_picked_up",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ("picked_up", "done", "told")), _negated=True),
                            ("picked_by__isnull", False),
                            _connector="OR",
                        ),
                        name="wish_picked_up_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ("told", "cannot")), _negated=True),
                            ("told_on__isnull", False),
                            _connector="OR",
                        ),
                        name="wish_told_on_a_day",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="WishStep",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("act", models.CharField(max_length=12)),
                ("act_name", models.CharField(max_length=12, verbose_name="动作")),
                (
                    "to_state",
                    models.CharField(
                        choices=[
                            ("open", "待认领"),
                            ("picked_up", "已认领"),
                            ("done", "已办好，待告知"),
                            ("told", "已告知"),
                            ("cannot", "办不了，已告知"),
                            ("withdrawn", "已撤回"),
                        ],
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("by_name", models.CharField(max_length=50, verbose_name="办理人姓名")),
                (
                    "by_post",
                    models.CharField(blank=True, max_length=100, verbose_name="办理人岗位"),
                ),
                ("words", models.CharField(blank=True, max_length=500, verbose_name="说明")),
                ("on", models.DateField(verbose_name="日期")),
                ("entered_at", models.DateTimeField(verbose_name="录入时间")),
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
                    "wish",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="steps",
                        to="visits.wish",
                        verbose_name="点单",
                    ),
                ),
            ],
            options={
                "verbose_name": "点单办理记录",
                "verbose_name_plural": "点单办理记录",
                "ordering": ["pk"],
            },
        ),
    ]
