"""通知: rows first; a worker only carries them. No personal data in the text."""

from django.db import models
from django.db.models import Q

from cadres.querysets import DeliveryQuerySet, NoticeQuerySet

from .people import User


class Notice(models.Model):
    """One message to one person, seen in the site. Unique per (kind, subject, recipient, slot)."""

    kind = models.CharField("类别", max_length=30)
    subject = models.CharField(max_length=60)  # what it is about, e.g. "session:12"
    slot = models.CharField(max_length=30)  # which of the occasions, e.g. "2026-11-23"
    recipient = models.ForeignKey(
        User, models.PROTECT, related_name="notices", verbose_name="收件人"
    )
    title = models.CharField("标题", max_length=100)
    text = models.TextField("内容", blank=True)
    url = models.CharField(max_length=200, blank=True)
    due_at = models.DateTimeField("应发时间")
    created_at = models.DateTimeField("生成时间")
    read_at = models.DateTimeField("阅读时间", null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "通知"
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "subject", "recipient", "slot"],
                name="notice_once_per_occasion",
            ),
        ]
        indexes = [
            # The bell on every page: how many of mine are unread.
            models.Index(fields=["recipient"], condition=Q(read_at=None), name="notice_unread"),
        ]

    def __str__(self):
        return self.title


class Delivery(models.Model):
    """One notice on its way out by one channel; claimed under a lease, so a killed worker loses nothing."""

    class State(models.TextChoices):
        """Where it stands."""

        QUEUED = "queued", "待发"
        CLAIMED = "claimed", "发送中"
        SENT = "sent", "已发"
        FAILED = "failed", "发送失败"
        EXPIRED = "expired", "过期未发"

    notice = models.ForeignKey(Notice, models.CASCADE, related_name="deliveries")
    channel = models.CharField("渠道", max_length=10, default="mail")
    state = models.CharField("状态", max_length=8, choices=State, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField("次数", default=0)
    next_try_at = models.DateTimeField()
    # A reminder that comes after the day has begun helps nobody.
    not_after = models.DateTimeField("最迟发出", null=True, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField("发出时间", null=True, blank=True)
    reason = models.CharField("原因", max_length=200, blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "通知投递"
        constraints = [
            models.UniqueConstraint(fields=["notice", "channel"], name="delivery_once_per_channel")
        ]
        indexes = [
            # What the minute tick reads.
            models.Index(
                fields=["next_try_at"],
                condition=Q(state__in=("queued", "claimed")),
                name="delivery_due",
            ),
        ]

    def __str__(self):
        return f"{self.notice} {self.get_state_display()}"
