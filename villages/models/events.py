"""What happened to households and people on the roll, and when; the timeline of 一户一档."""

from django.db import models

from villages.querysets import RegistryEventQuerySet

from .households import Household, Resident
from .places import Village


class RegistryEvent(models.Model):
    """变动: one dated line of a household's history. Appended, never changed."""

    class Kind(models.TextChoices):
        """What happened."""

        ENTERED = "entered", "登记"
        MOVED = "moved", "迁移"
        SPLIT = "split", "分户"
        MERGED = "merged", "并户"
        DIED = "died", "死亡"
        MOVED_OUT = "moved_out", "迁出"
        RETURNED = "returned", "恢复在册"
        NEW_HEAD = "new_head", "户主变更"
        GROUP_CHANGED = "group", "换组"
        RESIDENCE = "residence", "居住状态变更"
        CANCELLED = "cancelled", "注销"
        DUPLICATE = "duplicate", "重复登记合并"
        TAG = "tag", "标签变更"

    village = models.ForeignKey(Village, models.PROTECT, related_name="+", verbose_name="村")
    household = models.ForeignKey(
        Household, models.PROTECT, related_name="events", verbose_name="户"
    )
    # Where somebody came from or went to; the line is read on both pages.
    other_household = models.ForeignKey(
        Household, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="另一户"
    )
    resident = models.ForeignKey(
        Resident, models.PROTECT, null=True, blank=True, related_name="events", verbose_name="居民"
    )
    kind = models.CharField("变动", max_length=12, choices=Kind)
    on = models.DateField("发生日期")
    detail = models.CharField("说明", max_length=300, blank=True)
    entered_at = models.DateTimeField("录入时间")
    by_id = models.BigIntegerField(null=True)
    by_name = models.CharField("办理人", max_length=50)
    batch_id = models.BigIntegerField(null=True)  # the import that brought it

    objects = RegistryEventQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "户籍变动"
        indexes = [
            models.Index(fields=["household", "on", "id"], name="event_of_a_household"),
            models.Index(fields=["batch_id"], name="event_of_an_import"),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.on}"
