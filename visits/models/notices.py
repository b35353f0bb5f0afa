"""公示: what hangs on the village's board for a liaison day, and how many days ahead it must hang there."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from villages.models import Township
from visits.querysets import NoticePolicyQuerySet, PublicNoticeQuerySet

AHEAD, AHEAD_MOVED = 2, 3  # calendar days, where a township has said nothing else


class NoticePolicy(models.Model):
    """公示提前天数: from a day on, how many calendar days ahead the village is told."""

    township = models.ForeignKey(Township, models.PROTECT, related_name="+", verbose_name="乡镇")
    days = models.PositiveSmallIntegerField("提前天数", default=AHEAD)
    days_moved = models.PositiveSmallIntegerField("改期提前天数", default=AHEAD_MOVED)
    since = models.DateField("起用日期")

    objects = NoticePolicyQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "公示提前天数"
        constraints = [
            models.UniqueConstraint(
                fields=["township", "since"], name="notice_policy_once_per_day"
            ),
        ]

    def __str__(self):
        return self.in_words()

    def in_words(self) -> str:
        """「提前2天，改期的提前3天」."""
        return f"提前{self.days}天，改期的提前{self.days_moved}天"

    @classmethod
    def in_force(cls, township_ids, on) -> dict[int, "NoticePolicy"]:
        """{township id: what holds there on a day}, in one query; the default where nothing was said."""
        rows = cls.objects.filter(township__in=township_ids, since__lte=on).order_by("since")
        said = {row.township_id: row for row in rows}
        return {pk: said.get(pk) or cls(township_id=pk) for pk in township_ids}


class PublicNotice(models.Model):
    """已张贴: a notice of a day hangs on the board, with what it says. One of a day hangs at a time.

    ``ended_at`` is when it came down: another was put up in its place (which ``replaces`` it), or
    somebody had ticked the wrong line and took the tick back.
    """

    session = models.ForeignKey(
        "visits.LiaisonSession", models.PROTECT, related_name="notices", verbose_name="驻点日"
    )
    on = models.DateField("公示的日期")
    starts_at = models.TimeField("公示的开始时间")
    ends_at = models.TimeField("公示的结束时间")
    place = models.CharField("公示的地点", max_length=100)
    called_off = models.BooleanField("公示取消", default=False)
    # Since it was put up somebody else sits there (请假、代班)
    people_changed = models.BooleanField("人员有变动", default=False)
    posted_at = models.DateTimeField("张贴登记时间")
    posted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="登记人"
    )
    ended_at = models.DateTimeField("撤下时间", null=True, blank=True)
    replaces = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="替换"
    )

    objects = PublicNoticeQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "驻点公示"
        constraints = [
            models.UniqueConstraint(
                fields=["session"], condition=Q(ended_at=None), name="notice_one_hangs_per_day"
            ),
        ]

    def __str__(self):
        return f"{self.session} {'取消' if self.called_off else '公示'}"

    def says(self, session) -> bool:
        """Whether it says what is to be said of the day now."""
        off = session.status == session.Status.CANCELLED
        facts = (session.on, session.starts_at, session.ends_at, session.place, off)
        return self.facts == facts and (off or not self.people_changed)

    @property
    def facts(self) -> tuple:
        """Day, hours, place, and whether it is off, as it says them."""
        return self.on, self.starts_at, self.ends_at, self.place, self.called_off
