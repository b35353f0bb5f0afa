"""What a round (遍访轮次) has come to: villages, 片 and 组 in administrative order, each number with its rows.

Counts come from visits/rounds.py, the rate from metrics.visit_coverage as everywhere; sums are of counts.
"""

import datetime as dt
from dataclasses import dataclass
from functools import cached_property

from villages.models import Group, Household
from visits.rounds import Covered, Reach, added, as_walked

from . import metrics
from .figure import Figure, Part, Rows
from .periods import Period
from .tally import Frame, Tally

APART = {"away": "全户外出", "vacant": "空挂"}


@dataclass(frozen=True)
class Place:
    """One line: a village, a 片, a 组, or all of them.

    Args:
        kind: "village", "section", "group" or "total"; pk: of that row.
        village: for links, with section or group beneath it; None for all together.
    """

    kind: str
    name: str
    covered: Covered
    figure: Figure
    rows: dict[str, Rows]
    village: object = None
    section: str = ""
    pk: int | None = None

    def part(self, name) -> Part:
        """A number of the line with its list: missing, never, away, away_reached, vacant, vacant_reached."""
        return Part(name, getattr(self.covered, name), self.rows[name])


class RoundTable:
    """A round as one reader sees it.

    Args:
        villages: Village rows in order: the round's that are his; one alone for the village's own page.
        today: the day it is looked at.
    """

    def __init__(self, *, reader, visit_round, villages, today):
        self.visit_round, self.villages, self.today = visit_round, villages, today
        households = Household.objects.visible_to(reader).filter(
            village__in=[village.pk for village in villages]
        )
        self.reach = Reach.of(visit_round)
        self._counts = self.reach.count_by_group(households)

    @cached_property
    def groups(self) -> list[Group]:
        """组 of the villages: 片 by 片 where there are any, in the order of their numbers."""
        own = {village.pk: [] for village in self.villages}
        for group in Group.objects.filter(village__in=list(own)).select_related("section"):
            own[group.village_id].append(group)
        return [group for groups in own.values() for group in as_walked(groups)]

    @cached_property
    def by_village(self) -> list[Place]:
        """A line a village."""
        return [
            self._place("village", village.name, self._of(village=village), village=village)
            for village in self.villages
        ]

    @cached_property
    def by_group(self) -> list[Place]:
        """A line a 组, and above those of a 片 one for the 片."""
        villages = {village.pk: village for village in self.villages}
        lines, last = [], None
        for group in self.groups:
            village, section = villages[group.village_id], group.section
            if section and section != last:
                own = self._of(section=section)
                lines.append(self._place("section", section.name, own, village, section=section))
            last = section
            own = self._counts.get(group.pk, Covered())
            lines.append(self._place("group", group.name, own, village, section, group))
        return lines

    @cached_property
    def total(self) -> Place:
        """All of the villages together."""
        alone = self.villages[0] if len(self.villages) == 1 else None
        return self._place("total", "合计", self._of(), village=alone)

    @property
    def apart(self) -> dict[str, str]:
        """What stands beside the target: {"away": "全户外出", "vacant": "空挂"}, or less."""
        return {kind: APART[kind] for kind in self.reach.apart}

    @property
    def has_sections(self) -> bool:
        """Whether 片 stand between village and 组."""
        return any(group.section_id for group in self.groups)

    def _of(self, village=None, section=None) -> Covered:
        return added(
            self._counts.get(group.pk, Covered())
            for group in self.groups
            if (village is None or group.village_id == village.pk)
            and (section is None or group.section_id == section.pk)
        )

    def _place(self, kind, name, covered, village=None, section=None, group=None):
        within = [("round", self.visit_round.pk)]
        if group:
            within.append(("group", group.pk))
        elif section:
            within.append(("section", section.pk))
        frame = Frame(
            self._period, self.today, village=village.pk if village else None, within=tuple(within)
        )
        tally = Tally(
            frame,
            households=covered.target,
            households_away=covered.away,
            households_vacant=covered.vacant,
            reached=covered.reached,
        )
        asked = ([("village", village.pk)] if village else []) + within
        return Place(
            kind, name, covered, metrics.visit_coverage(tally), _lists(asked), village,
            str(section or ""), getattr(group or section or village, "pk", None),
        )  # fmt: skip

    @cached_property
    def _period(self):
        row = self.visit_round
        year = dt.date(row.last_day.year, 1, 1)
        return Period(
            f"{row.starts_on}..{row.last_day}", row.name, row.starts_on, row.last_day, year
        )


def _lists(asked):
    """The lists behind a line's other numbers."""
    more = {
        "missing": {"reached": "no"},
        "never": {"reached": "never"},
        **{kind: {"part": kind} for kind in APART},
        **{f"{kind}_reached": {"part": kind, "reached": "yes"} for kind in APART},
    }
    said = tuple((name, str(value)) for name, value in asked)
    return {
        name: Rows(metrics.COVERAGE, said + tuple(filters.items()))
        for name, filters in more.items()
    }
