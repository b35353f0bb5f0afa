"""What a matter has on paper and on the board, its files; of a confidential one who reads it and whom it names."""

import django.db.models.deletion
import liaison.personal
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [("grievances", "0019_papers"), ("grievances", "0020_confidential")]

    initial = True

    dependencies = [
        ("cadres", "0001_people_and_posts"),
        ("grievances", "0005_asked_at_the_end"),
        ("villages", "0002_households_and_residents"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="PaperPolicy",
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
                    "most_files",
                    models.PositiveSmallIntegerField(default=20, verbose_name="每件附件最多"),
                ),
                (
                    "most_megabytes",
                    models.PositiveSmallIntegerField(default=10, verbose_name="每个附件最大"),
                ),
                ("reminds_weekly", models.BooleanField(default=False, verbose_name="每周提醒公示")),
                (
                    "weekday",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (1, "周一"),
                            (2, "周二"),
                            (3, "周三"),
                            (4, "周四"),
                            (5, "周五"),
                            (6, "周六"),
                            (7, "周日"),
                        ],
                        default=5,
                        verbose_name="公示日",
                    ),
                ),
                ("shows_names", models.BooleanField(default=False, verbose_name="公示写某某")),
                (
                    "township",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="villages.township",
                        verbose_name="乡镇",
                    ),
                ),
                (
                    "lists_by_village",
                    models.BooleanField(default=False, verbose_name="各村分别公示"),
                ),
            ],
            options={"verbose_name": "附件和公示规定", "verbose_name_plural": "附件和公示规定"},
        ),
        migrations.CreateModel(
            name="IssuedPaper",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=30, verbose_name="文书")),
                ("series", models.CharField(max_length=60)),
                ("year", models.PositiveSmallIntegerField(verbose_name="年份")),
                ("serial", models.PositiveIntegerField(verbose_name="顺序号")),
                ("number", models.CharField(max_length=60, verbose_name="文号")),
                ("issued_on", models.DateField(verbose_name="编号日期")),
                ("issued_at", models.DateTimeField(verbose_name="编号时间")),
                ("issued_by_name", models.CharField(max_length=50, verbose_name="编号人姓名")),
                (
                    "grievance",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="issued_papers",
                        to="grievances.grievance",
                        verbose_name="诉求",
                    ),
                ),
                (
                    "issued_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="编号人",
                    ),
                ),
                (
                    "step",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="grievances.step",
                        verbose_name="环节",
                    ),
                ),
            ],
            options={
                "verbose_name": "已编号文书",
                "verbose_name_plural": "已编号文书",
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("series", "serial"), name="paper_number_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("step__isnull", False)),
                        fields=("grievance", "kind", "step"),
                        name="paper_once_a_step",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("step__isnull", True)),
                        fields=("grievance", "kind"),
                        name="paper_once_without_step",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MatterFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="文件名")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("jpg", "图片"),
                            ("pdf", "PDF"),
                            ("docx", "文档"),
                            ("xlsx", "表格"),
                            ("txt", "文本"),
                        ],
                        max_length=8,
                        verbose_name="类型",
                    ),
                ),
                ("stored_name", models.CharField(max_length=64)),
                ("digest", models.CharField(max_length=64)),
                ("size", models.PositiveIntegerField(verbose_name="大小")),
                ("sent_at", models.DateTimeField(verbose_name="上传时间")),
                (
                    "taken_away_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="撤下时间"),
                ),
                (
                    "taken_away_for",
                    models.CharField(blank=True, max_length=100, verbose_name="撤下原因"),
                ),
                (
                    "grievance",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="files",
                        to="grievances.grievance",
                        verbose_name="诉求",
                    ),
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
                        verbose_name="撤下人",
                    ),
                ),
            ],
            options={
                "verbose_name": "附件",
                "verbose_name_plural": "附件",
                "ordering": ["pk"],
                "indexes": [
                    models.Index(fields=["grievance", "taken_away_at"], name="file_of_matter")
                ],
            },
        ),
        migrations.CreateModel(
            name="Publication",
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
                            ("problems", "问题清单"),
                            ("settled", "办结清单"),
                            ("ledger", "台账公示"),
                        ],
                        max_length=10,
                        verbose_name="公示内容",
                    ),
                ),
                ("starts_on", models.DateField(verbose_name="起始日期")),
                ("ends_on", models.DateField(verbose_name="截止日期")),
                ("shows_names", models.BooleanField(default=False, verbose_name="写反映人(某某)")),
                (
                    "status",
                    models.CharField(
                        choices=[("draft", "草稿"), ("hung", "公示中"), ("taken_down", "已撤下")],
                        default="draft",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("snapshot", models.JSONField(blank=True, default=dict, verbose_name="公示原文")),
                ("made_at", models.DateTimeField(verbose_name="起草时间")),
                ("hung_on", models.DateField(blank=True, null=True, verbose_name="张贴日期")),
                ("down_on", models.DateField(blank=True, null=True, verbose_name="撤下日期")),
                (
                    "down_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="撤下登记人",
                    ),
                ),
                (
                    "hung_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="张贴登记人",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="起草人",
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
                "verbose_name": "诉求公示",
                "verbose_name_plural": "诉求公示",
                "ordering": ["-ends_on", "-pk"],
                "indexes": [
                    models.Index(fields=["township", "-ends_on", "-id"], name="publications_by_day")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status", "draft"), ("hung_on__isnull", False), _connector="OR"
                        ),
                        name="hung_has_day",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PublicationRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("place", models.PositiveSmallIntegerField(verbose_name="序号")),
                ("words", models.CharField(max_length=100, verbose_name="公示的内容")),
                (
                    "course",
                    models.CharField(blank=True, max_length=100, verbose_name="公示的举措或结果"),
                ),
                ("is_kept_off", models.BooleanField(default=False, verbose_name="不公示")),
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
                    "publication",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lines",
                        to="grievances.publication",
                        verbose_name="公示",
                    ),
                ),
            ],
            options={
                "verbose_name": "公示的行",
                "verbose_name_plural": "公示的行",
                "ordering": ["publication", "place"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("publication", "grievance"), name="matter_once_a_publication"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ConfidentialPolicy",
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
                    "least_told",
                    models.PositiveSmallIntegerField(default=5, verbose_name="少于几件不列数"),
                ),
                (
                    "desk_post",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cadres.post",
                        verbose_name="专办岗位",
                    ),
                ),
                (
                    "township",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="villages.township",
                        verbose_name="乡镇",
                    ),
                ),
            ],
            options={
                "verbose_name": "涉密规则",
                "verbose_name_plural": "涉密规则",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("least_told__gte", 3)),
                        name="confidential_total_hides_few",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ConfidentialReader",
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
                            ("registrar", "登记人"),
                            ("desk", "专办"),
                            ("handler", "承办人"),
                            ("named", "指定知情人"),
                        ],
                        default="named",
                        max_length=10,
                        verbose_name="身份",
                    ),
                ),
                ("since", models.DateField(verbose_name="起")),
                ("until", models.DateField(blank=True, null=True, verbose_name="止")),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="事由")),
                (
                    "ended_because",
                    models.CharField(blank=True, max_length=200, verbose_name="停止事由"),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="指定人",
                    ),
                ),
                (
                    "grievance",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="readers",
                        to="grievances.grievance",
                        verbose_name="诉求",
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
                        verbose_name="岗位",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="人员",
                    ),
                ),
            ],
            options={
                "verbose_name": "涉密知情人",
                "verbose_name_plural": "涉密知情人",
                "ordering": ["pk"],
                "indexes": [models.Index(fields=["user", "grievance"], name="reader_by_person")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("post__isnull", False), ("user__isnull", True)),
                            models.Q(("post__isnull", True), ("user__isnull", False)),
                            _connector="OR",
                        ),
                        name="reader_is_person_or_post",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("until", None), ("user__isnull", False)),
                        fields=("grievance", "user"),
                        name="reader_named_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AccusedPerson",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "words",
                    liaison.personal.EncryptedTextField(
                        blank=True, default="", verbose_name="被反映人"
                    ),
                ),
                ("entered_at", models.DateTimeField(verbose_name="录入时间")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="登记人",
                    ),
                ),
                (
                    "grievance",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="accused",
                        to="grievances.grievance",
                        verbose_name="诉求",
                    ),
                ),
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
                    "user",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="干部",
                    ),
                ),
            ],
            options={
                "verbose_name": "被反映人",
                "verbose_name_plural": "被反映人",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="ClosedNumber",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.CharField(max_length=30, unique=True, verbose_name="编号")),
                ("on", models.DateField(verbose_name="日期")),
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
                        related_name="+",
                        to="grievances.grievance",
                        verbose_name="诉求",
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
                "verbose_name": "已转办的编号",
                "verbose_name_plural": "已转办的编号",
                "ordering": ["number"],
            },
        ),
    ]
