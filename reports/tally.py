"""Counts of a period and a place, and how they add up; ``counting.py`` fills them, ``metrics.py`` divides."""

import datetime as dt
from dataclasses import dataclass, field, fields
from decimal import Decimal

from cadres.roles import Role
from liaison.scoping import Scope

from .periods import Period

DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Reader:
    """A command's stand-in for a user: reads townships as the county does, villages as their cadre does."""

    scope: Scope
    roles: frozenset = frozenset({Role.COUNTY, Role.CADRE})
    current_posts: tuple = ()

    def village_scope(self, permission: str = "") -> Scope:
        """The places."""
        return self.scope


@dataclass(frozen=True)
class Frame:
    """What the counts are of: a period, seen on a day, under one row of definitions.

    Args:
        village: a village's id; None for several together.
        townships: ids of the townships the villages lie in; they lead the indexes.
        kind: matters of one 性质 only (Grievance.Kind); "" for all.
        within: (filter, value) pairs that narrow the lists behind a round's figures: its id, a 片, a 组.
        today: nothing that is still to come by this day is counted as undone.
    """

    period: Period
    today: dt.date
    weight_basically: Decimal = Decimal("0.9")
    village: int | None = None
    townships: tuple[int, ...] = ()
    kind: str = ""
    within: tuple[tuple[str, int], ...] = ()

    @property
    def until(self) -> dt.date:
        """Last day of liaison days that should have been held: today's belongs to them."""
        return self.period.through(self.today)

    @property
    def due_until(self) -> dt.date:
        """Last day whose deadlines have all passed: yesterday, in a period that still runs."""
        return self.period.through(self.today - DAY)


@dataclass
class Tally:
    """Counts of one village or of several added up; units stand behind the names."""

    frame: Frame
    households: int = 0  # 户, 常住 and 季节外出
    households_away: int = 0  # 户
    households_vacant: int = 0  # 户
    reached: int = 0  # 户, distinct, of those in ``households``
    sessions_due: int = 0  # 天
    sessions_held: int = 0
    sessions_cancelled: int = 0
    sessions_apart: int = 0  # make-up days and special forms: not due besides
    receptions: int = 0  # 批
    received: int = 0  # 人次
    visits: int = 0  # 户次
    proposals: int = 0  # 条
    needs: int = 0  # 条
    opening: int = 0  # 件, this and the following
    registered: int = 0
    declined: int = 0
    merged: int = 0
    repeats: int = 0  # of those registered
    substantive: int = 0
    interim: int = 0
    procedural: int = 0
    unstated: int = 0  # settled, and an older ledger does not say how
    settled: int = 0
    suggestions: int = 0  # 条, of those registered
    on_the_spot: int = 0  # of those settled
    closing: int = 0
    year_opening: int = 0
    year_registered: int = 0
    year_settled: int = 0
    fell_due: int = 0
    on_time: int = 0
    undated: int = 0
    unjudged: int = 0  # fell due, and an older ledger does not say when it was settled
    overdue: int = 0
    on_book: int = 0  # of those in ``closing``
    overdue_on_book: int = 0  # of those in ``overdue``
    satisfied: int = 0  # 次, this and the following five
    basically: int = 0
    dissatisfied: int = 0
    other: int = 0
    unreached: int = 0
    refused: int = 0
    contacted: int = 0
    resolved: int = 0
    reopened: int = 0  # 件, distinct, this and the following three
    settled_acts: int = 0
    returned: int = 0
    assigned: int = 0
    durations: list = field(default_factory=list)  # 自然日, one per settled matter

    @property
    def followed_up(self) -> int:
        """有效回访 (次): those who said what they think; 联系不上 and 不愿评价 leave the base."""
        return self.satisfied + self.basically + self.dissatisfied + self.other

    @property
    def out_of_balance(self) -> int:
        """期初在办 + 本期新增 − 本期办结 − 期末在办 (件); anything but 0 is a fault in the dates of some row."""
        return self.opening + self.registered - self.settled - self.closing

    def add(self, other: "Tally") -> None:
        """Add another village's counts."""
        for each in fields(self):
            if each.name != "frame":
                mine = getattr(self, each.name)
                setattr(self, each.name, mine + getattr(other, each.name))


@dataclass
class Tallies:
    """The counts of every village asked for, and of all together.

    ``unplaced`` are matters of older ledgers whose village is not known; they are in the total, and
    only those who read the whole township are given them.
    """

    villages: dict[int, Tally]
    total: Tally
    categories_out_of_balance: dict[int, int]  # {category id: 件}
    unplaced: Tally

    @property
    def balanced(self) -> bool:
        """期初 + 新增 − 办结 = 期末 in every village, every category and in total."""
        rows = [self.total, self.unplaced, *self.villages.values()]
        return not self.categories_out_of_balance and not any(row.out_of_balance for row in rows)


def added(tallies, frame: Frame) -> Tally:
    """Several villages as one: counts are added, so rates of it are pooled and never averaged."""
    total = Tally(frame)
    for tally in tallies:
        total.add(tally)
    return total
