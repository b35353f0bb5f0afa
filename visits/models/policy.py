"""驻点日规则: numbers of the township's own, from a day on."""

from django.db import models

from liaison.models import Versioned
from villages.models import Township
from visits.querysets import SessionPolicyQuerySet


class SessionPolicy(Versioned):
    """How long beforehand a make-up day is named, how long a day may wait for its confirmation, and how long a
    visit outside a day is put right without giving a reason.

    An unsaved row holds what is in force where a township has set nothing.
    """

    township = models.ForeignKey(Township, models.PROTECT, related_name="+", verbose_name="乡镇")
    since = models.DateField("启用日期")
    make_up_notice = models.PositiveSmallIntegerField("补驻提前告知(天)", default=3)
    confirm_days = models.PositiveSmallIntegerField("责任人确认期限(天)", default=1)
    escalate_days = models.PositiveSmallIntegerField("再过几天转驻点办(天)", default=2)
    # What a printed 走访单 holds at the most (户, 件), and how many blank lines at the least
    sheet_households = models.PositiveSmallIntegerField("走访单先列户数", default=12)
    sheet_matters = models.PositiveSmallIntegerField("走访单诉求件数", default=10)
    sheet_blanks = models.PositiveSmallIntegerField("走访单空白行数", default=12)

    edit_days = models.PositiveSmallIntegerField("驻点日外的走访直接修改(天)", default=7)

    objects = SessionPolicyQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "驻点日规则"
        ordering = ["-since", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["township", "since"], name="session_policy_once_per_day"
            )
        ]

    def __str__(self):
        return f"{self.in_words()}(自{self.since}起)"

    def in_words(self) -> str:
        """「补驻提前3天告知，驻点后1天内确认，再过2天转驻点办，驻点日外的走访7天内直接修改；走访单…」."""
        return (
            f"补驻提前{self.make_up_notice}天告知，驻点后{self.confirm_days}天内确认，"
            f"再过{self.escalate_days}天转驻点办，驻点日外的走访{self.edit_days}天内直接修改；"
            f"{self.sheet_in_words()}"
        )

    def sheet_in_words(self) -> str:
        """「走访单先列12户、诉求10件，空白行不少于12行」."""
        return (
            f"走访单先列{self.sheet_households}户、诉求{self.sheet_matters}件，"
            f"空白行不少于{self.sheet_blanks}行"
        )

    @property
    def office_days(self) -> int:
        """Days (天) after its end from which an unconfirmed day waits at the office."""
        return self.confirm_days + self.escalate_days
