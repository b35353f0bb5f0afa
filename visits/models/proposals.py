"""金点子: what a villager suggested for the village, and what became of it."""

from django.conf import settings
from django.db import models

from liaison.models import Versioned
from villages.models import Household, Township, Village
from visits.noted_querysets import ProposalLineQuerySet, ProposalQuerySet

from .lines import Line
from .visits import Visit


class Proposal(Versioned):
    """金点子. Not a matter: nobody waits for it by a date, but who made it is told what became of it."""

    class State(models.TextChoices):
        """Where it stands."""

        STUDY = "study", "待研究"
        ADOPTED = "adopted", "已采纳"
        REJECTED = "rejected", "未采纳"
        DONE = "done", "已办"

    number = models.CharField("编号", max_length=30, unique=True)
    township = models.ForeignKey(Township, models.PROTECT, related_name="+", verbose_name="乡镇")
    village = models.ForeignKey(
        Village, models.PROTECT, related_name="proposals", verbose_name="村(社区)"
    )
    visit = models.ForeignKey(
        Visit,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="proposals",
        verbose_name="走访接待",
    )
    household = models.ForeignKey(
        Household,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="proposals",
        verbose_name="户",
    )
    visitor = models.CharField("提出人", max_length=50, blank=True)
    words = models.CharField("金点子内容", max_length=300)
    proposed_on = models.DateField("提出日期")
    entered_at = models.DateTimeField("录入时间")
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="登记人"
    )
    state = models.CharField("状态", max_length=10, choices=State, default=State.STUDY)
    reason = models.CharField("未采纳原因", max_length=200, blank=True)
    answer = models.CharField("答复", max_length=300, blank=True)
    answered_on = models.DateField("答复日期", null=True, blank=True)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "金点子"
        ordering = ["-proposed_on", "-id"]
        indexes = [
            models.Index(fields=["township", "-proposed_on", "-id"], name="proposal_by_day"),
            models.Index(fields=["village", "-proposed_on", "-id"], name="proposal_of_village"),
            # What the desk counts and the agenda lists.
            models.Index(
                fields=["township", "village"],
                condition=models.Q(state="study"),
                name="proposal_to_study",
            ),
        ]

    def __str__(self):
        return self.number

    @property
    def by_whom(self) -> str:
        """Who made it: the name that was given, else the head of the household."""
        return self.visitor or (self.household.head_name if self.household else "")


class ProposalLine(Line):
    """What was done about a proposal."""

    proposal = models.ForeignKey(
        Proposal, models.CASCADE, related_name="lines", verbose_name="金点子"
    )
    to_state = models.CharField("状态", max_length=10, choices=Proposal.State)

    objects = ProposalLineQuerySet.as_manager()

    class Meta(Line.Meta):
        verbose_name = verbose_name_plural = "金点子办理"
