"""文书模板: a township's own .docx of a paper, version by version."""

from django.db import models

from liaison.querysets import DocumentTemplateQuerySet


class DocumentTemplate(models.Model):
    """One version of a township's template of one paper; the newest is in use. Nothing is deleted.

    A row without a file says that the shipped template is in use again. Places and people are plain ids,
    as in the audit trail: they stand to the right in the import order.
    """

    kind = models.CharField("文书", max_length=40)  # a key of liaison.documents.kinds.KINDS
    township_id = models.BigIntegerField()
    file_name = models.CharField("文件名", max_length=200, blank=True)  # as it was uploaded
    stored_name = models.CharField(max_length=64, blank=True)  # random, under PRIVATE_FILES
    digest = models.CharField(max_length=64, blank=True)
    size = models.PositiveIntegerField("大小", default=0)  # bytes
    set_at = models.DateTimeField("启用时间")
    set_by_id = models.BigIntegerField()
    set_by_name = models.CharField("设定人", max_length=50)

    objects = DocumentTemplateQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "文书模板"
        ordering = ["-id"]
        indexes = [
            # The one in use: the newest of a township and a kind.
            models.Index(fields=["township_id", "kind", "-id"], name="document_in_use"),
        ]

    def __str__(self):
        return f"{self.kind} {self.file_name or '自带模板'}"

    @property
    def is_shipped(self) -> bool:
        """Whether from here on the shipped template was in use."""
        return not self.stored_name
