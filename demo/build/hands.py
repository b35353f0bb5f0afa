"""A few matters off the straight way, by the verbs the desk uses: so each such state and list has its rows."""

import datetime as dt

from cadres.models import Department
from grievances import actions
from grievances.models import Grievance, Rung, SuspendReason

from .days import moment
from .scale import Build

AHEAD = dt.timedelta(days=45)
EACH = 2  # 件 in each new state


def hands(build: Build, clerk) -> None:
    """转送, 转办, 呈报, 挂起, 协办, 并案, 重复反映, 加急 and 历史遗留, written down today by the office.

    Args:
        clerk: of the liaison office, whose village and time of day do not matter.
    """
    Story(build, clerk).told()


class Story:
    """The day and the hand of one build."""

    def __init__(self, build, clerk):
        self.on, self.clerk = build.today, clerk
        self.now = max(moment(build.today, 8), build.now)
        self.township = clerk.township
        self.units = list(Department.objects.filter(township=self.township).order_by("pk"))

    def told(self):
        """One kind after the other; what one took, the next does not find."""
        running = self.rows("in_hand").filter(due_at__gt=self.now)
        for matter in running[:EACH]:
            until, reason = self.on + AHEAD, SuspendReason.objects.first()
            self.do(
                "suspend", matter, reason=reason, until=until, words="承办单位电话提出，已核实。"
            )
        ladder = list(Rung.objects.ladder_of(self.township.pk))
        self.do_each("call_up", "in_hand", rung=ladder[-2], words="涉及几个单位，请协调。")
        self.do_each("forward", "accepted", organ="县供电公司", words="线路产权在县供电公司。")
        for matter in self.rows("assigned")[:EACH]:
            self.do("transfer", matter, department=self.other(matter), words="职责在该单位。")
        for matter in self.rows("in_hand")[:EACH]:
            self.do("assist", matter, department=self.other(matter), words="请一同到现场看看。")
        self.do_each("mark", "in_hand", is_urgent=False, is_legacy=True, words="多年未能解决。")
        self.together()

    def together(self):
        """One brought by two, and one brought again."""
        for matter in self.rows("registered")[:EACH]:
            main = Grievance.objects.open().filter(township=self.township, summary=matter.summary)
            main = main.exclude(pk=matter.pk).order_by("pk").first()
            if main:
                self.do("merge", matter, main_number=main.number, words="同一件事。")
        for matter in self.rows("accepted", "assigned")[:EACH]:
            same = {"household": matter.household_id, "registered_on__lt": matter.registered_on}
            counted = Grievance.objects.counted().filter(township=self.township)
            earlier = counted.filter(**same).first() or counted.filter(
                village=matter.village_id, summary=matter.summary, pk__lt=matter.pk
            ).first()  # fmt: skip
            if earlier and earlier.registered_on < matter.registered_on:
                self.do("link_repeat", matter, earlier_number=earlier.number, words="又来反映。")

    def rows(self, *states):
        """Matters at these states, oldest first, none of them flagged yet."""
        rows = Grievance.objects.filter(township=self.township, status__in=states)
        plain = rows.filter(repeat_of=None, is_legacy=False, assists=None).exclude(village=None)
        return plain.order_by("registered_on", "pk")

    def other(self, matter):
        """A unit that does not have it."""
        return next(unit for unit in self.units if unit.pk != matter.department_id)

    def do_each(self, act, state, **said):
        """The same for the first few of a state."""
        for matter in self.rows(state)[:EACH]:
            self.do(act, matter, **said)

    def do(self, act, matter, **said):
        """One verb, today, by the office."""
        given = {"by": self.clerk, "on": self.on, "now": self.now, "version": None}
        getattr(actions, act)(grievance=matter, **given, **said)
