"""What a stored picture's row says; each app has its own table of them."""

from django.conf import settings
from django.db import models


class StoredPicture(models.Model):
    """A picture drawn anew on arrival. Taken away, its bytes are gone and its row says when and by whom."""

    # Random names under PRIVATE_FILES; empty once taken away
    whole_name = models.CharField(max_length=64, blank=True)
    small_name = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64)  # of the whole picture, checked at every look
    width = models.PositiveIntegerField("宽")
    height = models.PositiveIntegerField("高")
    sent_at = models.DateTimeField("上传时间")
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="上传人"
    )
    taken_away_at = models.DateTimeField("删除时间", null=True, blank=True)
    taken_away_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="删除人",
    )

    class Meta:
        abstract = True
