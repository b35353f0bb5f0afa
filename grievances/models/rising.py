"""超期提醒: which rung of the ladder was told of an overdue matter, whom it names, and when."""

from django.db import models

from grievances.querysets import OfGrievanceQuerySet

from .ladder import Rung
from .ledger import Grievance

# Of a confidential matter: told in the place of the rung, who may not know of it
READERS = "知情人"


class OverdueRise(models.Model):
    """One rung told of one matter, once for each due day it lets pass: extended and late again is a new round."""

    grievance = models.ForeignKey(
        Grievance, models.PROTECT, related_name="rises", verbose_name="诉求"
    )
    rung = models.ForeignKey(Rung, models.PROTECT, related_name="+", verbose_name="层级")
    due_on = models.DateField("应办结日")  # the round: the due day that had passed
    told_at = models.DateTimeField("提醒时间")  # by day, however late at night it was found
    told = models.CharField(
        "提醒了谁", max_length=200, blank=True
    )  # as of then; "" when nobody held the post
    batch = models.CharField(max_length=12)  # of the pass; a digest links to its own rows

    objects = OfGrievanceQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "超期提醒"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["grievance", "rung", "due_on"], name="rise_once_per_rung_and_round"
            )
        ]
        indexes = [
            # The list behind a digest: the rows of one pass.
            models.Index(fields=["batch", "rung", "grievance"], name="rise_of_a_pass")
        ]

    def __str__(self):
        return f"{self.rung} {self.due_on}"

    @property
    def to_whom(self) -> str:
        """The rung, or the readers of a confidential matter in its place."""
        return READERS if self.told == READERS else str(self.rung)
