"""通知: rows first; a worker only carries them. No personal data in the text."""

from django.db import models
from django.db.models import Q

from cadres.querysets import DeliveryQuerySet, NoticeQuerySet
from villages.models import Township

from .people import User
from .reminders import GroupRobot


class Told(models.Model):
    """What is said on one occasion. Stale from the first (``is_expired``) is kept and told to nobody."""

    kind = models.CharField("类别", max_length=30)
    subject = models.CharField(max_length=60)  # what it is about, e.g. "session:12"
    slot = models.CharField(max_length=30)  # which of the occasions, e.g. "2026-11-24T0900/1.1"
    title = models.CharField("标题", max_length=100)
    text = models.TextField("内容", blank=True)
    url = models.CharField(max_length=200, blank=True)
    due_at = models.DateTimeField("应发时间")
    created_at = models.DateTimeField("生成时间")
    is_expired = models.BooleanField("过期未发", default=False)

    class Meta:
        abstract = True

    def __str__(self):
        return self.title


class Notice(Told):
    """One message to one person, seen in the site. Unique per (kind, subject, recipient, slot)."""

    recipient = models.ForeignKey(
        User, models.PROTECT, related_name="notices", verbose_name="收件人"
    )
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


class GroupNotice(Told):
    """One message to one work group. Unique per (kind, subject, robot, slot)."""

    robot = models.ForeignKey(
        GroupRobot, models.PROTECT, related_name="notices", verbose_name="群机器人"
    )

    class Meta:
        verbose_name = verbose_name_plural = "群通知"
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "subject", "robot", "slot"],
                name="group_notice_once_per_occasion",
            ),
        ]


class Delivery(models.Model):
    """One notice on its way out by one channel; claimed under a lease, so a killed worker loses nothing."""

    class State(models.TextChoices):
        """Where it stands."""

        QUEUED = "queued", "待发"
        CLAIMED = "claimed", "发送中"
        SENT = "sent", "已发"
        FAILED = "failed", "未成，待重试"
        GIVEN_UP = "given_up", "已放弃"
        EXPIRED = "expired", "过期未发"

    class Channel(models.TextChoices):
        """By which way; the classes are in cadres/channels."""

        SITE = "site", "站内"
        MAIL = "mail", "邮件"
        SMS = "sms", "短信"
        WECOM = "wecom", "企业微信"
        DINGTALK = "dingtalk", "钉钉"
        FEISHU = "feishu", "飞书"

    # Exactly one of the two.
    notice = models.ForeignKey(
        Notice, models.CASCADE, null=True, blank=True, related_name="deliveries"
    )
    group_notice = models.ForeignKey(
        GroupNotice,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="deliveries",
        db_index=False,  # delivery_once_per_group is one
    )
    # Of the recipient, as of then: whose quiet hours hold, and whose office sees it.
    township = models.ForeignKey(
        Township, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="乡镇"
    )
    channel = models.CharField("渠道", max_length=10, choices=Channel, default=Channel.MAIL)
    state = models.CharField("状态", max_length=8, choices=State, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField("次数", default=0)
    next_try_at = models.DateTimeField()
    # A reminder that comes after the day has begun helps nobody.
    not_after = models.DateTimeField("最迟发出", null=True, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    claim = models.UUIDField(null=True, blank=True)  # of the batch it was claimed with
    sent_at = models.DateTimeField("发出时间", null=True, blank=True)
    reason = models.CharField("原因", max_length=200, blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "通知投递"
        constraints = [
            models.UniqueConstraint(fields=["notice", "channel"], name="delivery_once_per_channel"),
            models.UniqueConstraint(fields=["group_notice"], name="delivery_once_per_group"),
            models.CheckConstraint(
                condition=Q(notice=None, group_notice__isnull=False)
                | Q(notice__isnull=False, group_notice=None),
                name="delivery_of_one_notice",
            ),
        ]
        indexes = [
            # What each pass reads, and the banner of every page.
            models.Index(
                fields=["next_try_at"],
                condition=Q(state__in=("queued", "claimed", "failed")),
                name="delivery_due",
            ),
            # A worker reads back what it has claimed.
            models.Index(fields=["claim"], condition=Q(claim__isnull=False), name="delivery_claim"),
            # The office's page of what is stuck and what expired.
            models.Index(
                fields=["township", "-id"],
                condition=Q(state__in=("queued", "claimed", "failed", "given_up", "expired")),
                name="delivery_not_out",
            ),
        ]

    def __str__(self):
        return f"{self.told} {self.get_state_display()}"

    @property
    def told(self) -> Told:
        """What it carries."""
        return self.notice or self.group_notice

    @property
    def addressee(self) -> str:
        """Whom the office's page names."""
        return self.notice.recipient.display_name if self.notice else self.group_notice.robot.name

    @property
    def line(self) -> tuple:
        """What it goes out by: a channel, or one robot of it. When that is down the others go on."""
        return self.channel, self.group_notice and self.group_notice.robot_id


class Heartbeat(models.Model):
    """When a step of the due pass last came to its end; ``next_due_at``: when the next row falls due."""

    name = models.CharField(max_length=10, primary_key=True)
    at = models.DateTimeField(null=True, blank=True)
    next_due_at = models.DateTimeField(null=True, blank=True)

    def __str__(self):
        return f"{self.name} {self.at}"
