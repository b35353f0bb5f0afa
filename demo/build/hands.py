"""A few matters off the straight way, by the verbs the desk uses: so each such state and list has its rows."""

import datetime as dt
from itertools import cycle

from cadres.models import Department
from grievances import actions
from grievances.models import Category, Grievance, Rung, Source, SuspendReason
from villages.models import Household

from .days import moment
from .scale import Build
from .texts import MATTERS

AHEAD, BEFORE = dt.timedelta(days=45), dt.timedelta(days=3)
EACH = 2  # 件 of each


def hands(build: Build, clerk) -> None:
    """转送, 转办, 呈报, 挂起, 协办, 并案, 重复反映 and 历史遗留, brought three days ago and written down by the office.

    Args:
        clerk: of the liaison office.
    """
    story = Story(build, clerk)
    for _ in range(EACH):
        story.aside()
        story.together()


class Story:
    """The days and the hand of one build, and whose turn it is to ask for what."""

    def __init__(self, build, clerk):
        self.on, self.clerk, self.brought = build.today, clerk, build.today - BEFORE
        self.now = max(moment(build.today, 8), build.now)
        township = clerk.township
        units = {unit.name: unit for unit in Department.objects.filter(township=township)}
        self.units, self.asked = units, cycle(row for row in MATTERS if row[5] in units)
        homes = Household.objects.filter(township=township, residence="resident").order_by("pk")
        self.homes = cycle(homes[: 12 * EACH])
        self.rung = list(Rung.objects.ladder_of(township.pk))[-2]

    def aside(self):
        """One for each way that one matter goes alone."""
        until, reason = self.on + AHEAD, SuspendReason.objects.first()
        self.do(
            "suspend", self.in_hand(), reason=reason, until=until, words="承办单位提出，已核实。"
        )
        self.do("call_up", self.in_hand(), rung=self.rung, words="涉及几个单位，请协调。")
        self.do("forward", self.accepted(), organ="县供电公司", words="线路产权在县供电公司。")
        matter = self.in_hand()
        self.do("transfer", matter, department=self.other(matter), words="职责在该单位。")
        matter = self.in_hand()
        self.do("assist", matter, department=self.other(matter), words="请一同到现场看看。")
        flags = {"is_urgent": False, "is_legacy": True}
        self.do("mark", self.in_hand(), words="多年未能解决。", **flags)

    def together(self):
        """One brought by two, and one brought again."""
        main = self.in_hand()
        self.do("merge", self.registered(like=main), main_number=main.number, words="同一件事。")
        again = self.registered(like=main)
        self.do("link_repeat", again, earlier_number=main.number, words="又来反映。")

    def registered(self, like=None):
        """A matter somebody brought; the same one as another, if asked."""
        category, kind, summary, said, _, self.unit, _ = next(self.asked)
        home = next(self.homes)
        facts = {"category": Category.objects.get(name=category), "kind": kind, "summary": summary}
        if like:
            facts = {"category": like.category, "kind": like.kind, "summary": like.summary}
        return actions.register(
            by=self.clerk, on=self.brought, now=self.now, village=home.village, household=home,
            source=Source.objects.get(name="入户走访"), detail=said, **facts,
        )  # fmt: skip

    def accepted(self):
        """One that waits to be handed to somebody."""
        return self.do("accept", self.registered())

    def in_hand(self):
        """One that its unit has in hand."""
        matter = self.do("assign", self.accepted(), department=self.units[self.unit])
        return self.do("take_in_hand", matter)

    def other(self, matter):
        """A unit that does not have it."""
        return next(unit for unit in self.units.values() if unit != matter.department)

    def do(self, act, matter, **said) -> Grievance:
        """One verb, today, by the office."""
        given = {"by": self.clerk, "on": self.on, "now": self.now, "version": None}
        return getattr(actions, act)(grievance=matter, **given, **said)
