"""三固定: fixed people (team and seats), fixed time and fixed place (plan)."""

from django.db import models

from cadres.querysets import PlanQuerySet, SeatQuerySet, TeamQuerySet
from liaison.models import Versioned
from villages.models import Township, Village

from .people import Post
from .recurring import Recurring


class LiaisonTeam(Versioned):
    """驻点团队: seats by post, fixed to one village or a few; or a 督查小组 that looks after several.

    A seat in a 督查小组 opens no village: what its members may read comes from their posts' role.
    """

    class Kind(models.TextChoices):
        """What the team is for."""

        LIAISON = "liaison", "驻点团队"
        SUPERVISION = "supervision", "督查小组"

    township = models.ForeignKey(
        Township, models.PROTECT, related_name="teams", verbose_name="乡镇"
    )
    name = models.CharField("团队名称", max_length=60)
    villages = models.ManyToManyField(Village, related_name="teams", verbose_name="联系村")
    is_active = models.BooleanField("在用", default=True)
    kind = models.CharField("类别", max_length=12, choices=Kind, default=Kind.LIAISON)

    objects = TeamQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "驻点团队"
        ordering = ["township__code", "name"]
        constraints = [
            models.UniqueConstraint(fields=["township", "name"], name="team_name_once_per_township")
        ]

    def __str__(self):
        return self.name

    def rotating_seats(self) -> list["Seat"]:
        """Seats of those who receive villagers themselves, in the team's order."""
        seats = self.seats.filter(kind__in=Seat.ROTATING).select_related("post")
        return list(seats.order_by("order", "pk"))


class Seat(models.Model):
    """A place in a team. It belongs to the post, so a successor sits in it by himself."""

    class Kind(models.TextChoices):
        """团队职责."""

        LEAD = "lead", "责任人"
        HEAD = "head", "组长"
        MEMBER = "member", "成员"
        ASSISTANT = "assistant", "驻点助理员"
        COORDINATOR = "coordinator", "联络员"
        AUXILIARY = "auxiliary", "辅助团队"
        GUEST = "guest", "律师、代表"

    ROTATING = (Kind.LEAD, Kind.HEAD, Kind.MEMBER)

    team = models.ForeignKey(LiaisonTeam, models.CASCADE, related_name="seats", verbose_name="团队")
    post = models.ForeignKey(Post, models.PROTECT, related_name="seats", verbose_name="岗位")
    kind = models.CharField("职责", max_length=12, choices=Kind, default=Kind.MEMBER)
    order = models.PositiveSmallIntegerField("顺序", default=0)

    objects = SeatQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "席位"
        ordering = ["team", "order", "pk"]
        constraints = [models.UniqueConstraint(fields=["team", "post"], name="seat_once_per_team")]

    def __str__(self):
        return f"{self.post}({self.get_kind_display()})"


class LiaisonPlan(Recurring, Versioned):
    """驻点安排: which team, when and where. Changing it moves no session already held."""

    team = models.ForeignKey(LiaisonTeam, models.PROTECT, related_name="plans", verbose_name="团队")
    village = models.ForeignKey(
        Village, models.PROTECT, related_name="plans", verbose_name="村(社区)"
    )
    place = models.CharField("驻点地点", max_length=100)
    # How many days ahead the public is told; empty: as the township has it.
    notice_days = models.PositiveSmallIntegerField("提前几天公示", null=True, blank=True)

    objects = PlanQuerySet.as_manager()

    class Meta(Recurring.Meta):
        verbose_name = verbose_name_plural = "驻点安排"
        ordering = ["village__code", "valid_from"]

    def __str__(self):
        return f"{self.village} {self.in_words()}"

    # Turns of a plan that is only looked at: (turn, post, weekday or None); None: the rows.
    proposed_turns = None

    def own_turns(self) -> list[tuple]:
        """(turn, post, the weekday it is fixed to or None) as set for this plan, in order."""
        if self.proposed_turns is not None:
            return list(self.proposed_turns)
        rows = self.turns.select_related("post").order_by("turn", "pk")
        return [(row.turn, row.post, row.weekday) for row in rows]

    def rota_turns(self) -> list[tuple]:
        """Of a rota: its own turns, else the team's rotating seats one after another."""
        return self.own_turns() or [
            (at, seat.post, None) for at, seat in enumerate(self.team.rotating_seats(), start=1)
        ]

    def rota_order(self) -> tuple[dict[int, int], list[int]]:
        """Of a rota: ({weekday: the turn fixed to it}, the turns that go round), each in order."""
        turns = self.rota_turns()
        fixed = {weekday: turn for turn, _, weekday in turns if weekday is not None}
        return fixed, sorted({turn for turn, _, weekday in turns if weekday is None})


class RotaTurn(models.Model):
    """轮值: whose day it is. Posts with one ``turn`` sit together; ``weekday`` fixes it, else turns go round."""

    plan = models.ForeignKey(
        LiaisonPlan, models.CASCADE, related_name="turns", verbose_name="驻点安排"
    )
    post = models.ForeignKey(Post, models.PROTECT, related_name="+", verbose_name="岗位")
    turn = models.PositiveSmallIntegerField("轮次")
    weekday = models.PositiveSmallIntegerField("固定在星期几", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "轮值次序"
        ordering = ["plan", "turn", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "post"], name="rota_post_once_per_plan")
        ]

    def __str__(self):
        return f"第{self.turn}轮 {self.post}"
