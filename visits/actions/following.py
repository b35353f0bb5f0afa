"""A visit put right: what was noted at it goes along, so that one slip is mended in one place."""

from dataclasses import dataclass

from liaison import clock
from liaison.errors import NotAllowed
from villages.models import Household
from visits.models import Need, NeedLine, ProposalLine, Visit
from visits.signals import visit_put_right

from ._noted import line_by
from ._shared import note, save

ACT = "随走访更正"


@dataclass(frozen=True)
class Stood:
    """What a visit said of whom it met and of what he said."""

    household: Household | None
    visitor: str
    persons: int
    said: str

    @classmethod
    def of(cls, visit: Visit) -> "Stood":
        """As it stands."""
        return cls(visit.household, visit.visitor, visit.persons, visit.said)

    @property
    def who(self) -> str:
        """「001 周大山」, or the name that was given."""
        home = self.household
        return self.visitor or (f"{home.number} {home.head_name}".strip() if home else "")

    @property
    def name(self) -> str:
        """The name that was given, else the head of the household."""
        return self.visitor or (self.household.head_name if self.household else "")


def follow(visit, before: Stood, *, by, now) -> None:
    """The proposals made and the needs found at a visit that was put right, and, by the signal, its matters.

    What was written of somebody else meanwhile stays; so does a need found earlier and only seen again here.

    Raises:
        NotAllowed: the household it is about now has an open need of the kind already.
    """
    if before == Stood.of(visit):
        return
    if (before.household, before.visitor) != (visit.household, visit.visitor):
        named = {"household": before.household, "visitor": before.visitor}
        for proposal in visit.proposals.filter(**named).order_by("pk"):
            _move(proposal, ProposalLine, "proposal", visit, before, by, now)
        found = NeedLine.objects.filter(visit=visit, act="发现").values("need")
        for need in (
            Need.objects.filter(pk__in=found, **named).select_related("kind").order_by("pk")
        ):
            _check_free(need, visit.household)
            _move(need, NeedLine, "need", visit, before, by, now)
    visit_put_right.send(Visit, visit=visit, before=before, by=by, now=now)


def _check_free(need, household):
    others = Need.objects.filter(household=household, kind=need.kind).open().exclude(pk=need.pk)
    if household and need.is_open and others.exists():
        raise NotAllowed(
            f"{household}已有一条“{need.kind}”在跟进。请先把这次登记的{need.number}了结，再改户。"
        )


def _move(row, lines, name, visit, before, by, now):
    row.household, row.visitor = visit.household, visit.visitor
    save(row, "household", "visitor")
    line_by(
        lines, by, **{name: row}, act=ACT, words=f"原为{before.who}", on=clock.local_date(now),
        entered_at=now, to_state=row.state,
    )  # fmt: skip
    note(row, by, ACT, _number(before.household), _number(visit.household))


def _number(household) -> dict:
    """For the trail, which holds no names."""
    return {"户编号": household.number if household else ""}
