"""日历订阅: a secret address at which a calendar program reads liaison days, without a log-in."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from cadres.querysets import FeedQuerySet
from liaison import personal

from .teams import LiaisonTeam

READS = "visits.view"  # who may not read liaison days has no feed of them


class CalendarFeed(models.Model):
    """One feed of a person: of his own days (``team`` empty), or of one team's.

    The token of the address is kept as a keyed hash alone; it is read out once, when it is made.
    """

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="feeds", verbose_name="订阅人"
    )
    team = models.ForeignKey(
        LiaisonTeam,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="feeds",
        verbose_name="团队",
    )
    digest = models.CharField("地址摘要", max_length=32, unique=True)
    made_at = models.DateTimeField("生成时间")
    revoked_at = models.DateTimeField("停用时间", null=True, blank=True)

    objects = FeedQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "日历订阅"
        ordering = ["owner", "team"]
        constraints = [
            models.UniqueConstraint(
                fields=["owner"], condition=Q(team=None), name="feed_of_ones_own_once"
            ),
            models.UniqueConstraint(fields=["owner", "team"], name="feed_once_per_team"),
        ]

    def __str__(self):
        return f"{self.team}驻点日" if self.team_id else "我的驻点日"

    def is_live(self) -> bool:
        """Whether the address opens: not revoked, its owner at work, and in the team or its office still."""
        if self.revoked_at or not self.owner.has_perm(READS):
            return False
        return self.team is None or may_follow(self.owner, self.team)


def digest_of(token: str) -> str:
    """What is kept of a token."""
    return personal.blind_index(token, "calendar-feed")


def may_follow(user, team) -> bool:
    """Whether a person may have a team's feed: a post of his sits in it, or forms the township's teams."""
    return LiaisonTeam.objects.followed_by(user).filter(pk=team.pk).exists()
