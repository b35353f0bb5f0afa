"""The table of the dashboard: villages in administrative order, blocks of figures across, totals below.

The page and the .xlsx are drawn from the same blocks, so they cannot differ.
"""

import datetime as dt
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property

from django.db.models import Count

from grievances.models import Grievance, Status
from visits.models import LiaisonSession

from . import metrics
from .counting import FIGURES, collect
from .figure import Figure, Part, Rows
from .models import ReportPolicy
from .periods import Period, months_until
from .tally import Frame, Tally, added

MONTHS_SHOWN = 12
COUNTED = ("件", "户次", "人次")


@dataclass(frozen=True)
class Block:
    """One column of the page; in the .xlsx, one column per part and one for the rate."""

    head: str
    figure: Callable[[Tally], Figure]
    rate: str = ""
    section: str = "驻点走访"
    late: bool = False  # A number above 0 is printed in red

    @cached_property
    def unit(self) -> str:
        """件, 户, 人次 …"""
        return self._empty.unit

    @cached_property
    def parts(self) -> tuple[str, ...]:
        """The heads of its parts."""
        return tuple(part.name for part in self._empty.above + self._empty.below)

    @property
    def name(self) -> str:
        """The figure's whole name, with its unit where the name does not tell it."""
        name = self._empty.name
        return name if self.unit in name else f"{name}({self.unit})"

    @property
    def made_of(self) -> list[str]:
        """「按期」「/到期」: what a rate is made of, in pieces a narrow head may break between."""
        empty = self._empty
        above = [part.name for part in empty.above]
        return [above[0], *(f"+{name}" for name in above[1:])] + [
            f"/{part.name}" for part in empty.below
        ]

    @property
    def _empty(self):
        today = dt.date.min + dt.timedelta(days=800)
        return self.figure(Tally(Frame(Period("", "", today, today, today), today)))


BLOCKS = (
    Block("驻点日", metrics.session_held_rate, "到位率"),
    Block("走访覆盖", metrics.visit_coverage, "覆盖率"),
    Block("接待", metrics.received),
    Block("走访", metrics.household_visits),
    Block("期初在办", metrics.opening, section="台账进出"),
    Block("登记", metrics.registered, section="台账进出"),
    Block("实质办结", metrics.settled_substantive, section="台账进出"),
    Block("阶段办结", metrics.settled_interim, section="台账进出"),
    Block("程序办结", metrics.settled_procedural, section="台账进出"),
    Block("期末在办", metrics.closing, section="台账进出"),
    Block("按期办结", metrics.on_time_rate, "按期率", "时限与评价"),
    Block("超期未结", metrics.overdue_open, section="时限与评价", late=True),
    Block("群众评价", metrics.satisfaction_rate, "满意率", "时限与评价"),
)
# Between 程序办结 and 期末在办, where older ledgers do not say how they settled
UNSTATED = Block("未注明", metrics.settled_unstated, section="台账进出")


@dataclass(frozen=True)
class Line:
    """One line of the table: a village, a township's sum or the sum of all."""

    name: str
    tally: Tally
    figures: tuple[Figure, ...]
    kind: str = "village"


class Board:
    """Everything the dashboard says, for one reader and one period.

    Args:
        villages: Village rows in order, with their townships, all of them the reader's.
        policy: the definitions in force in the period.
        today, now: the day and the moment it is looked at.
        kind: matters of one 性质 only; "" for all.
    """

    def __init__(self, *, reader, villages, period, policy: ReportPolicy, today, now, kind=""):
        self.reader, self.villages, self.period, self.policy = reader, villages, period, policy
        self.today, self.now = today, now
        townships = tuple(sorted({village.township_id for village in villages}))
        self.frame = Frame(period, today, policy.weight_basically, townships=townships, kind=kind)
        own = [village.pk for village in villages]
        self.tallies = collect(reader, own, self.frame, now, self.sources)

    columns = BLOCKS
    sources = ()  # counted besides those of every figure

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        """The columns; one more where a matter was settled in a way nobody wrote down."""
        if not self.tallies.total.unstated:
            return self.columns
        closing = [block.head for block in self.columns].index("期末在办")
        return (*self.columns[:closing], UNSTATED, *self.columns[closing:])

    @property
    def sections(self) -> dict[str, int]:
        """The heads above the columns, each with how many it covers."""
        return dict(Counter(block.section for block in self.blocks))

    @property
    def kind_name(self) -> str:
        """The one 性质 it is of, "" for all."""
        return str(Grievance.Kind(self.frame.kind).label) if self.frame.kind else ""

    @cached_property
    def townships(self) -> list:
        """Townships of the villages, in administrative order."""
        return list({village.township_id: village.township for village in self.villages}.values())

    @cached_property
    def lines(self) -> list[Line]:
        """Villages by township; with several townships, each with its sum."""
        lines = []
        for township in self.townships:
            own = [village for village in self.villages if village.township_id == township.pk]
            tallies = [self.tallies.villages[village.pk] for village in own]
            lines += [self._line(v.name, t) for v, t in zip(own, tallies, strict=True)]
            if len(self.townships) > 1:
                lines.append(self._subtotal(township, tallies))
        return lines + self._unplaced()

    @cached_property
    def total(self) -> Line:
        """The sum of all villages."""
        return self._line("合计", self.tallies.total, "total")

    @property
    def balanced(self) -> bool:
        """Whether these figures may leave the house."""
        return self.tallies.balanced

    @cached_property
    def figures(self) -> list[Figure]:
        """Every figure of all villages together."""
        return metrics.all_figures(self.tallies.total)

    @property
    def rates(self) -> list[Figure]:
        """Those that are no mere counts: rates and times."""
        return [figure for figure in self.figures if figure.is_rate or figure.unit not in COUNTED]

    @cached_property
    def excluded(self) -> list[Part]:
        """What is not in the figures, each reason once."""
        parts = {part.name: part for figure in self.figures for part in figure.excluded}
        return list(parts.values())

    @cached_property
    def among(self) -> list[Part]:
        """其中: counted in the figures and told besides."""
        return [part for figure in self.figures for part in figure.among]

    @property
    def balance(self) -> tuple[Part, ...]:
        """期初在办, 本期新增, 本期办结, 期末在办 of all villages."""
        acts = (metrics.opening, metrics.registered, metrics.settled, metrics.closing)
        return tuple(act(self.tallies.total).above[0] for act in acts)

    @property
    def faults(self) -> list[str]:
        """Villages whose ledger does not balance, for the red sentence."""
        return [line.name for line in self.lines if line.tally.out_of_balance]

    @cached_property
    def undone(self) -> list[Part]:
        """What waits today, whatever the period: looked at first."""
        total = self.tallies.total
        unconfirmed = LiaisonSession.objects.visible_to(self.reader, FIGURES).unconfirmed(
            self.today
        )
        waiting = dict(
            Grievance.objects.visible_to(self.reader)
            .filter(status__in=(Status.SETTLED, Status.ANSWERED))
            .done_here()
            .order_by()
            .values_list("status")
            .annotate(Count("pk"))
        )
        return [
            metrics.overdue_open(total).above[0],
            Part(
                "未确认驻点日",
                unconfirmed.count(),
                _rows(metrics.SESSIONS, confirm="past"),
                unit="天",
            ),
            Part(
                "办结待反馈",
                waiting.get("settled", 0),
                _rows(metrics.LEDGER, status="settled", done_here=1),
                unit="件",
            ),
            Part(
                "反馈待回访",
                waiting.get("answered", 0),
                _rows(metrics.LEDGER, status="answered", done_here=1),
                unit="件",
            ),
            self._not_reached(),
        ]

    @cached_property
    def months(self) -> list[dict]:
        """Registered and settled (件) of the last twelve reporting months, for the chart."""
        months = months_until(self.period, MONTHS_SHOWN, self.policy.month_first_day)
        first, last = months[0].start, months[-1].end
        matters = Grievance.objects.visible_to(self.reader)
        if self.frame.kind:
            matters = matters.filter(kind=self.frame.kind)
        registered = _by_day(matters.counted().registered_within(first, last), "registered_on")
        settled = list(matters.settled_within(first, last).by_settled_day())
        return [
            {
                "name": m.key,
                "month": int(m.key[5:]),
                "registered": _within(registered, m),
                "settled": _within(settled, m),
            }
            for m in months
        ]

    def _line(self, name, tally, kind="village"):
        return Line(name, tally, tuple(block.figure(tally) for block in self.blocks), kind)

    def _unplaced(self):
        """One line for matters whose village is not known, if there are any in the period."""
        tally = self.tallies.unplaced
        apart = tally.declined or tally.merged
        if not (tally.opening or tally.registered or apart or tally.overdue):
            return []
        line = self._line("村待核", tally)
        return [replace(line, figures=tuple(_without_rows(figure) for figure in line.figures))]

    def _subtotal(self, township, tallies):
        """A township's sum: no list shows one township of several, so its numbers are no links."""
        line = self._line(f"{township}小计", added(tallies, self.frame), "subtotal")
        return replace(line, figures=tuple(_without_rows(figure) for figure in line.figures))

    def _not_reached(self):
        total, period = self.tallies.total, self.period
        rows = _rows(
            metrics.COVERAGE, reached="no", occurred_from=period.start, occurred_to=period.end
        )
        return Part("本期未走访的常住户", total.households - total.reached, rows, unit="户")


def _rows(page, **filters):
    return Rows(page, tuple((key, str(value)) for key, value in filters.items()))


def _without_rows(figure):
    names = ("above", "below", "excluded", "among")
    sides = {name: getattr(figure, name) for name in names}
    bare = {name: tuple(replace(part, rows=None) for part in side) for name, side in sides.items()}
    return replace(figure, **bare)


def _by_day(matters, field):
    return list(matters.order_by().values_list(field).annotate(Count("pk")))


def _within(days, month):
    return sum(count for day, count in days if month.start <= day <= month.end)
