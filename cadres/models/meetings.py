"""例会: meetings of the township that come round again, such as 庐阳's 调度会 on the 25th."""

from django.db import models

from cadres.querysets import MeetingQuerySet
from liaison.models import Versioned
from villages.models import Township

from .recurring import Recurring


class StandingMeeting(Recurring, Versioned):
    """例会安排: when and where those who steer the work meet. It names no villagers and no matters."""

    township = models.ForeignKey(
        Township, models.PROTECT, related_name="standing_meetings", verbose_name="乡镇"
    )
    name = models.CharField("会议名称", max_length=40)
    place = models.CharField("地点", max_length=100, blank=True)

    objects = MeetingQuerySet.as_manager()

    class Meta(Recurring.Meta):
        verbose_name = verbose_name_plural = "例会安排"
        ordering = ["township__code", "name", "valid_from"]

    @property
    def full_name(self) -> str:
        """「大瑶镇工作点评会」 of 镇工作点评会: as a heading says it, the township once."""
        town = str(self.township)
        own = self.name.removeprefix(town)
        for word in ("街道", "镇", "乡"):
            if town.endswith(word) and not own.startswith(f"{word}长"):  # 镇长办公会
                own = own.removeprefix(word)
        return f"{town}{own}"

    def __str__(self):
        return f"{self.name} {self.in_words()}"
