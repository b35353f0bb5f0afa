"""Files that came in: the upload, its preview line by line, what it did, the columns somebody put right."""

from django.db import models

from liaison.imports.kinds import KIND_NAMES
from liaison.personal import EncryptedTextField
from liaison.querysets import ImportBatchQuerySet

from .jobs import Job


class ImportBatch(models.Model):
    """导入: one uploaded file from its reading to its confirmation, and back.

    Places and people are plain ids, as in the audit trail: they stand to the right in the import order.
    """

    class State(models.TextChoices):
        """Where the file stands."""

        READING = "reading", "核对中"
        UNREADABLE = "unreadable", "未能读取"
        PREVIEWED = "previewed", "待确认"
        TAKING = "taking", "导入中"
        COMMITTED = "committed", "已导入"
        DISCARDED = "discarded", "已放弃"
        UNDONE = "undone", "已撤销"

    kind = models.CharField(max_length=20)
    township_id = models.BigIntegerField()
    village_id = models.BigIntegerField(null=True)
    place_name = models.CharField("导入到", max_length=100)
    uploaded_by_id = models.BigIntegerField()
    uploaded_by_name = models.CharField("上传人", max_length=50)
    uploaded_at = models.DateTimeField("上传时间")
    file_name = models.CharField("文件名", max_length=200)
    # Random names under PRIVATE_FILES; empty once removed.
    stored_name = models.CharField(max_length=64, blank=True)
    problems_name = models.CharField(max_length=64, blank=True)
    state = models.CharField("状态", max_length=10, choices=State, default=State.READING)
    refusal_code = models.CharField(max_length=12, blank=True)
    refusal = models.CharField(max_length=300, blank=True)
    counts = models.JSONField(default=dict)
    tables = models.JSONField(default=list)  # what was recognised, for the page of columns
    layouts = models.JSONField(default=dict)  # columns the clerk corrected for this file
    picked_sheets = models.JSONField(default=list)  # hidden sheets he wants read
    # What the preview said: confirming is refused when the registry has moved on since.
    fingerprint = models.CharField(max_length=64, blank=True)
    job = models.ForeignKey(Job, models.SET_NULL, null=True, blank=True, related_name="+")
    committed_at = models.DateTimeField("导入时间", null=True, blank=True)
    undone_at = models.DateTimeField("撤销时间", null=True, blank=True)
    undone_by_name = models.CharField("撤销人", max_length=50, blank=True)

    objects = ImportBatchQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "导入"
        ordering = ["-id"]
        indexes = [models.Index(fields=["township_id", "kind", "-id"], name="import_of_a_township")]

    def __str__(self):
        return self.file_name

    @property
    def is_at_work(self) -> bool:
        """Whether what is shown has to wait for a job; one that prepares behind a shown preview is not waited for."""
        if self.state == self.State.PREVIEWED:
            return False
        return bool(self.job and self.job.is_open)


class ImportLine(models.Model):
    """One line of a preview, masked; gone with the preview, or 30 days after the import."""

    batch = models.ForeignKey(ImportBatch, models.CASCADE, related_name="lines")
    position = models.PositiveIntegerField()
    unit = models.CharField(max_length=12)
    kind = models.CharField(max_length=10)
    label = models.CharField("姓名或名称", max_length=100, blank=True)
    place = models.CharField("所在", max_length=120, blank=True)
    fields = models.JSONField(default=list)  # [label, old, new]
    sheet = models.CharField("工作表", max_length=60, blank=True)
    row = models.PositiveIntegerField("行", default=0)
    column = models.CharField("列", max_length=4, blank=True)
    head = models.CharField("栏目", max_length=60, blank=True)
    value = models.CharField("现在的内容", max_length=80, blank=True)
    code = models.CharField("代码", max_length=14, blank=True)
    reason = models.CharField("问题", max_length=200, blank=True)
    fix = models.CharField("怎样改", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "导入明细"
        indexes = [
            # The preview's list: one unit, one kind, in the order of the file.
            models.Index(fields=["batch", "unit", "kind", "position"], name="import_line_by_kind"),
            models.Index(fields=["batch", "position"], name="import_line_in_order"),
        ]

    def __str__(self):
        return f"{self.kind_name()} {self.label}"

    def in_words(self) -> str:
        """「住址：1号 → 2号；联系电话：… → …」."""
        return "；".join(
            f"{label}：{old} → {new}" if old else f"{label}：{new}"
            for label, old, new in self.fields
        )

    def kind_name(self) -> str:
        """The kind in the office's word."""
        return KIND_NAMES.get(self.kind, self.kind)


class ImportTrace(models.Model):
    """What an import did to some rows of one table, kept encrypted so that it can be taken back."""

    batch = models.ForeignKey(ImportBatch, models.CASCADE, related_name="traces")
    position = models.PositiveIntegerField()
    model = models.CharField(max_length=60)  # "villages.household"
    rows = EncryptedTextField()  # JSON: [[pk, version after or null, before or null], ...]

    class Meta:
        verbose_name = verbose_name_plural = "导入痕迹"
        constraints = [
            models.UniqueConstraint(fields=["batch", "position"], name="import_trace_in_order")
        ]

    def __str__(self):
        return f"{self.batch_id} {self.model} {self.position}"


class ImportLayout(models.Model):
    """Columns of a layout as somebody of a township put them right; used for every later file like it."""

    township_id = models.BigIntegerField()
    kind = models.CharField(max_length=20)
    layout = models.CharField(max_length=32)
    columns = models.JSONField(default=dict)  # column as text -> field or ""
    saved_by_name = models.CharField(max_length=50)
    saved_at = models.DateTimeField()

    class Meta:
        verbose_name = verbose_name_plural = "栏目对应"
        constraints = [
            models.UniqueConstraint(
                fields=["township_id", "kind", "layout"], name="import_layout_once_per_township"
            )
        ]

    def __str__(self):
        return f"{self.kind} {self.layout}"
