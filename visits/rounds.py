"""遍访: what a round has come to, counted per group (组) in a fixed number of queries.

Whom a round is to reach is read off the roll as it stands, with those of its households that were reached and
cancelled since (they moved away or died: what was done stays done). See docs/decisions/0037.
"""

import re
from dataclasses import dataclass, fields

from django.db.models import Count, Q

from villages.models import Household, Village

from .models import VisitRound
from .models.rounds import usual_target
from .reaching import homes_of, reaching

APART = ("away", "vacant")  # 全户外出 and 空挂: shown beside the target, unless they belong to it
REACHED, MISSING, NEVER = "yes", "no", "never"
TARGET = "target"
PARTS = [(TARGET, "应走访户"), ("away", "全户外出"), ("vacant", "空挂")]
STATES = [(REACHED, "本轮已走访"), (MISSING, "本轮未走访"), (NEVER, "从未走访过")]


@dataclass
class Covered:
    """Counts of a place, all in 户 and each household once."""

    target: int = 0
    reached: int = 0  # of the target
    never: int = 0  # of the target, by nobody and in no round
    gone: int = 0  # of the target and reached: cancelled since
    away: int = 0  # 全户外出
    away_reached: int = 0
    vacant: int = 0  # 空挂
    vacant_reached: int = 0

    @property
    def missing(self) -> int:
        """本轮未走访: of the target; those never reached are among them."""
        return self.target - self.reached

    def add(self, other: "Covered") -> None:
        """Add another place's counts."""
        for each in fields(Covered):
            mine = getattr(self, each.name)
            setattr(self, each.name, mine + getattr(other, each.name))


def added(places) -> Covered:
    """Several places as one."""
    total = Covered()
    for place in places:
        total.add(place)
    return total


class Reach:
    """Conditions on households that a round, or any period, is counted by.

    Args:
        since, until: first and last day, either may be open; modes: Visit.Mode values, None for the usual ones.
        target: Household.Residence values.
        townships: ids of the places, which lead the index of visits.
        keeps_gone: households reached and cancelled since belong to the target.
    """

    def __init__(
        self, *, since=None, until=None, modes=None, target=None, townships=None, keeps_gone=False
    ):
        target = usual_target() if target is None else target
        self.modes = modes
        self.visits = reaching(modes, since=since, until=until, townships=townships)
        self.reached = Q(pk__in=homes_of(self.visits))
        ever = [reaching(each, until=until, townships=townships) for each in (None, modes)]
        self.never = ~Q(pk__in=homes_of(ever[0] | ever[1]))
        self.gone = Q(pk__in=())
        if keeps_gone:
            cancelled = Q(residence=Household.Residence.CANCELLED, merged_into=None)
            self.gone = cancelled & Q(cancelled_on__gte=since) & self.reached
        self.target = Q(residence__in=target) | self.gone
        self.apart = {kind: Q(residence=kind) for kind in APART if kind not in target}

    @classmethod
    def of(cls, visit_round) -> "Reach":
        """Those of a round."""
        return cls(
            since=visit_round.starts_on,
            until=visit_round.last_day,
            modes=visit_round.modes,
            target=visit_round.target,
            townships=[visit_round.township_id],
            keeps_gone=True,
        )

    def part(self, name):
        """The condition of a part of the roll: "target", "away" or "vacant" where they stand apart; else nobody."""
        return self.target if name == TARGET else self.apart.get(name, Q(pk__in=()))

    def state(self, name):
        """The condition of one of STATES."""
        return {REACHED: self.reached, MISSING: ~self.reached, NEVER: self.never}[name]

    def count_by_group(self, households) -> dict[int, Covered]:
        """{group id: Covered} of the groups that have any household of these; one query."""
        counts = {
            "target": self.target,
            "reached": self.target & self.reached,
            "never": self.target & self.never,
            "gone": self.gone,
        }
        for kind, of_kind in self.apart.items():
            counts |= {kind: of_kind, f"{kind}_reached": of_kind & self.reached}
        rows = households.order_by().values("group_id")
        rows = rows.annotate(**{f"n_{name}": Count("pk", filter=q) for name, q in counts.items()})
        return {
            row["group_id"]: Covered(**{name: row[f"n_{name}"] for name in counts}) for row in rows
        }


def current_round(user, on, village=None) -> VisitRound | None:
    """The newest round under way on a day; in a village, or in any of one's own."""
    rows = VisitRound.objects.visible_to(user).running(on)
    if village:
        rows = rows.of_village(village)
    else:
        own = Village.objects.visible_to(user, "visits.view").values("pk")
        named = VisitRound.villages.through.objects.filter(village__in=own).values("visitround")
        rows = rows.filter(Q(villages=None) | Q(pk__in=named))
    return rows.order_by("-starts_on", "-pk").first()


def missing(households, visit_round):
    """Those of the households that a round is to reach and has not."""
    reach = Reach.of(visit_round)
    villages = visit_round.villages_in_order().order_by().values("pk")
    return households.filter(reach.target, ~reach.reached, village__in=villages)


def as_walked(groups) -> list:
    """组 of a village by their numbers, those of a 片 together: a 片 stands where its first 组 does."""
    groups = sorted(groups, key=lambda group: (group.number, group.name))
    first = {}
    for at, group in enumerate(groups):
        first.setdefault(group.section_id, at)
    return sorted(groups, key=lambda group: first[group.section_id])


def house_order(number: str) -> tuple:
    """A household number as houses stand: 9 before 10, 10 before 10-1."""
    parts = (part for part in re.split(r"(\d+)", number) if part)
    return tuple((0, int(part), "") if part.isdecimal() else (1, 0, part) for part in parts)
