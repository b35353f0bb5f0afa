"""The house's own tables: the audit chain, number series, submissions; jobs, imports and their traces, papers' templates."""

import django.db.models.deletion
import liaison.personal
from django.db import migrations, models


class Migration(migrations.Migration):
    # The first and the last of the old names: a database that stands between them is refused (decision 0049).
    replaces = [
        ("liaison", "0001_initial"),
        ("liaison", "0002_jobs_and_imports"),
        ("liaison", "0003_townships_own_templates"),
    ]

    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="AuditChain",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=40, unique=True)),
                ("length", models.PositiveIntegerField(default=0)),
                ("last_hash", models.CharField(blank=True, max_length=64)),
            ],
        ),
        migrations.CreateModel(
            name="AuditEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("chain", models.CharField(max_length=40)),
                ("position", models.PositiveIntegerField()),
                ("at", models.DateTimeField(verbose_name="时间")),
                ("actor_id", models.BigIntegerField(null=True)),
                ("actor_name", models.CharField(max_length=50, verbose_name="操作人")),
                ("actor_post", models.CharField(blank=True, max_length=100, verbose_name="岗位")),
                ("action", models.CharField(max_length=50, verbose_name="操作")),
                ("object_type", models.CharField(blank=True, max_length=60)),
                ("object_id", models.CharField(blank=True, max_length=40)),
                ("object_label", models.CharField(blank=True, max_length=200, verbose_name="对象")),
                ("before", models.JSONField(default=dict, verbose_name="变更前")),
                ("after", models.JSONField(default=dict, verbose_name="变更后")),
                ("township_id", models.BigIntegerField(null=True)),
                ("result", models.CharField(default="成功", max_length=50, verbose_name="结果")),
                ("previous_hash", models.CharField(blank=True, max_length=64)),
                ("hash", models.CharField(max_length=64)),
            ],
            options={
                "verbose_name": "审计记录",
                "indexes": [
                    models.Index(fields=["township_id", "-id"], name="audit_by_township"),
                    models.Index(fields=["object_type", "object_id"], name="audit_by_object"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("chain", "position"), name="audit_one_line_per_position"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="NumberSeries",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=60, unique=True)),
                ("last", models.PositiveIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name="Submission",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(unique=True)),
                ("user_id", models.BigIntegerField()),
                ("purpose", models.CharField(max_length=60)),
                ("digest", models.CharField(max_length=64)),
                ("content", liaison.personal.EncryptedTextField(blank=True)),
                ("result", models.CharField(blank=True, max_length=200)),
                ("at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Job",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=40)),
                ("subject_id", models.BigIntegerField()),
                ("title", models.CharField(max_length=200, verbose_name="任务")),
                ("township_id", models.BigIntegerField(null=True)),
                ("requested_by_id", models.BigIntegerField()),
                ("requested_by_name", models.CharField(max_length=50, verbose_name="发起人")),
                ("requested_at", models.DateTimeField(verbose_name="发起时间")),
                ("started_at", models.DateTimeField(blank=True, null=True)),
                ("beat_at", models.DateTimeField(blank=True, null=True)),
                (
                    "finished_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="结束时间"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "排队中"),
                            ("running", "进行中"),
                            ("done", "已完成"),
                            ("failed", "未完成"),
                            ("cancelled", "已取消"),
                        ],
                        default="waiting",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("phase", models.CharField(blank=True, max_length=50)),
                ("done_rows", models.PositiveIntegerField(default=0)),
                ("total_rows", models.PositiveIntegerField(default=0)),
                ("cancel_asked", models.BooleanField(default=False)),
                ("outcome", models.CharField(blank=True, max_length=300, verbose_name="结果")),
            ],
            options={
                "verbose_name": "后台任务",
                "verbose_name_plural": "后台任务",
                "indexes": [
                    models.Index(
                        condition=models.Q(("state__in", ("waiting", "running"))),
                        fields=["id"],
                        name="job_unfinished",
                    ),
                    models.Index(fields=["requested_by_id", "-id"], name="job_of_a_person"),
                ],
            },
        ),
        migrations.CreateModel(
            name="ImportLayout",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("township_id", models.BigIntegerField()),
                ("kind", models.CharField(max_length=20)),
                ("layout", models.CharField(max_length=32)),
                ("columns", models.JSONField(default=dict)),
                ("saved_by_name", models.CharField(max_length=50)),
                ("saved_at", models.DateTimeField()),
            ],
            options={
                "verbose_name": "栏目对应",
                "verbose_name_plural": "栏目对应",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("township_id", "kind", "layout"),
                        name="import_layout_once_per_township",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ImportBatch",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=20)),
                ("township_id", models.BigIntegerField()),
                ("village_id", models.BigIntegerField(null=True)),
                ("place_name", models.CharField(max_length=100, verbose_name="导入到")),
                ("uploaded_by_id", models.BigIntegerField()),
                ("uploaded_by_name", models.CharField(max_length=50, verbose_name="上传人")),
                ("uploaded_at", models.DateTimeField(verbose_name="上传时间")),
                ("file_name", models.CharField(max_length=200, verbose_name="文件名")),
                ("stored_name", models.CharField(blank=True, max_length=64)),
                ("problems_name", models.CharField(blank=True, max_length=64)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("reading", "核对中"),
                            ("unreadable", "未能读取"),
                            ("previewed", "待确认"),
                            ("taking", "导入中"),
                            ("committed", "已导入"),
                            ("discarded", "已放弃"),
                            ("undone", "已撤销"),
                        ],
                        default="reading",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("refusal_code", models.CharField(blank=True, max_length=12)),
                ("refusal", models.CharField(blank=True, max_length=300)),
                ("counts", models.JSONField(default=dict)),
                ("tables", models.JSONField(default=list)),
                ("layouts", models.JSONField(default=dict)),
                ("picked_sheets", models.JSONField(default=list)),
                ("fingerprint", models.CharField(blank=True, max_length=64)),
                (
                    "committed_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="导入时间"),
                ),
                ("undone_at", models.DateTimeField(blank=True, null=True, verbose_name="撤销时间")),
                (
                    "undone_by_name",
                    models.CharField(blank=True, max_length=50, verbose_name="撤销人"),
                ),
                (
                    "job",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="liaison.job",
                    ),
                ),
            ],
            options={
                "verbose_name": "导入",
                "verbose_name_plural": "导入",
                "ordering": ["-id"],
                "indexes": [
                    models.Index(fields=["township_id", "kind", "-id"], name="import_of_a_township")
                ],
            },
        ),
        migrations.CreateModel(
            name="ImportLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveIntegerField()),
                ("unit", models.CharField(max_length=12)),
                ("kind", models.CharField(max_length=10)),
                ("label", models.CharField(blank=True, max_length=100, verbose_name="姓名或名称")),
                ("place", models.CharField(blank=True, max_length=120, verbose_name="所在")),
                ("fields", models.JSONField(default=list)),
                ("sheet", models.CharField(blank=True, max_length=60, verbose_name="工作表")),
                ("row", models.PositiveIntegerField(default=0, verbose_name="行")),
                ("column", models.CharField(blank=True, max_length=4, verbose_name="列")),
                ("head", models.CharField(blank=True, max_length=60, verbose_name="栏目")),
                ("value", models.CharField(blank=True, max_length=80, verbose_name="现在的内容")),
                ("code", models.CharField(blank=True, max_length=14, verbose_name="代码")),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="问题")),
                ("fix", models.CharField(blank=True, max_length=200, verbose_name="怎样改")),
                (
                    "batch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lines",
                        to="liaison.importbatch",
                    ),
                ),
            ],
            options={
                "verbose_name": "导入明细",
                "verbose_name_plural": "导入明细",
                "indexes": [
                    models.Index(
                        fields=["batch", "unit", "kind", "position"], name="import_line_by_kind"
                    ),
                    models.Index(fields=["batch", "position"], name="import_line_in_order"),
                ],
            },
        ),
        migrations.CreateModel(
            name="ImportTrace",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveIntegerField()),
                ("model", models.CharField(max_length=60)),
                ("rows", liaison.personal.EncryptedTextField()),
                (
                    "batch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="traces",
                        to="liaison.importbatch",
                    ),
                ),
            ],
            options={
                "verbose_name": "导入痕迹",
                "verbose_name_plural": "导入痕迹",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("batch", "position"), name="import_trace_in_order"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="DocumentTemplate",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=40, verbose_name="文书")),
                ("township_id", models.BigIntegerField()),
                ("file_name", models.CharField(blank=True, max_length=200, verbose_name="文件名")),
                ("stored_name", models.CharField(blank=True, max_length=64)),
                ("digest", models.CharField(blank=True, max_length=64)),
                ("size", models.PositiveIntegerField(default=0, verbose_name="大小")),
                ("set_at", models.DateTimeField(verbose_name="启用时间")),
                ("set_by_id", models.BigIntegerField()),
                ("set_by_name", models.CharField(max_length=50, verbose_name="设定人")),
            ],
            options={
                "verbose_name": "文书模板",
                "verbose_name_plural": "文书模板",
                "ordering": ["-id"],
                "indexes": [
                    models.Index(fields=["township_id", "kind", "-id"], name="document_in_use")
                ],
            },
        ),
    ]
