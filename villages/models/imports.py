"""Uploads of rosters between preview and confirmation."""

from django.db import models

from villages.querysets import RosterImportQuerySet

from .places import Township, Village


class RosterImport(models.Model):
    """One upload of a roster between preview and confirmation, and what came of it."""

    class State(models.TextChoices):
        """Where the upload stands."""

        PREVIEWED = "previewed", "待确认"
        COMMITTED = "committed", "已导入"
        DISCARDED = "discarded", "已放弃"

    township = models.ForeignKey(Township, models.PROTECT, related_name="+")
    village = models.ForeignKey(Village, models.PROTECT, null=True, blank=True, related_name="+")
    # A plain id, as in the audit trail: people stand to the right of places in the import order.
    uploaded_by_id = models.BigIntegerField()
    uploaded_by_name = models.CharField("上传人", max_length=50)
    uploaded_at = models.DateTimeField("上传时间")
    file_name = models.CharField("文件名", max_length=200)
    stored_name = models.CharField(
        max_length=64, blank=True
    )  # random, under PRIVATE_FILES; empty once removed
    state = models.CharField(max_length=10, choices=State, default=State.PREVIEWED)
    counts = models.JSONField(default=dict)
    # What the preview said, to refuse confirmation when the registry has moved on since.
    fingerprint = models.CharField(max_length=64, blank=True)
    committed_at = models.DateTimeField(null=True, blank=True)

    objects = RosterImportQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "花名册导入"
        ordering = ["-id"]

    def __str__(self):
        return self.file_name
