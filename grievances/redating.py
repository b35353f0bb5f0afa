"""重算在办件时限: which open matters would be due on another day under today's rows and calendar, and why.

Nothing moves by itself: this is only worked out, shown, and done by grievances.actions.redate. More time
granted in a matter's present round is added again in its unit, and so is every rest that ended in it. Imported
matters keep what their paper says; one that rests now keeps its date until it goes on.
"""

import datetime as dt
import hashlib
from dataclasses import dataclass
from functools import cache

from cadres.workcalendar import WorkCalendar

from .deadlines import Due, as_it_went, limit_of, moment_of, policy_for
from .ladder import begins_at
from .models import DeadlinePolicy, Extension, Grievance, Step, Suspension
from .models.states import STARTING
from .routing import facts_of, route, rules_of, sections_of


@dataclass(frozen=True)
class Redating:
    """One matter, the row and the date it would get, and why they differ from what it has."""

    matter: Grievance
    policy: DeadlinePolicy
    due: Due
    why: str


@dataclass(frozen=True)
class Preview:
    """What would move, and how many open matters (件) stay because they rest now or their date is unknown."""

    moves: list[Redating]
    paused: int
    unknown: int

    @property
    def fingerprint(self) -> str:
        """What the office was shown, for the confirmation: other rows, versions or dates give another."""
        seen = [
            (each.matter.pk, each.matter.version, each.due.due_at.isoformat(), each.policy.pk,
             each.policy.version)
            for each in self.moves
        ]  # fmt: skip
        return hashlib.sha256(repr(seen).encode()).hexdigest()


def preview(matters) -> Preview:
    """What redating these matters would do.

    Args:
        matters: a queryset; only its open ones that were registered in this house are looked at.
    """
    of_house = matters.open().filter(is_imported=False, on_the_spot=False)
    rows = of_house.select_related("policy", "category", "village", "township", "rung")
    rows = list(rows.defer("phone", "detail", "result").order_by("registered_on", "pk"))
    work = _Work(of_house.order_by().values("pk"))
    found = [work.of(row) for row in rows if row.pk not in work.paused]
    moves = [each for each in found if isinstance(each, Redating)]
    return Preview(moves, len(work.paused), found.count("unknown"))


class _Work:
    """What is read once for all matters."""

    def __init__(self, ids):
        self.policies = list(DeadlinePolicy.objects.filter(is_active=True))
        self.paused, self.begun, self.granted, self.rests = set(), {}, {}, {}
        steps = Step.objects.filter(grievance__in=ids, act__in=STARTING).order_by("pk")
        for pk, on, entered in steps.values_list("grievance", "on", "entered_at"):
            self.begun[pk] = moment_of(on, entered)
        for row in Suspension.objects.filter(grievance__in=ids).order_by("pk"):
            if row.resumed_at is None:
                self.paused.add(row.grievance_id)
            else:
                rest = (row.stopped_at, row.resumed_at)
                self.rests.setdefault(row.grievance_id, []).append(rest)
        approved = Extension.objects.filter(grievance__in=ids, state=Extension.State.APPROVED)
        for row in approved.order_by("pk"):
            self.granted.setdefault((row.grievance_id, row.round), []).append(row)
        households = Grievance.objects.filter(pk__in=ids, household__isnull=False).order_by()
        self.sections = sections_of(households.values("household"))
        self.calendar, self.rules = cache(WorkCalendar.load), cache(rules_of)
        self.begins = cache(begins_at)

    def of(self, matter):
        """Its Redating; None when it stays; "unknown" when a calendar is missing."""
        facts = facts_of(matter, sections=self.sections)
        routed = route(facts, self.rules(matter.township_id))
        policy = policy_for(
            township_id=matter.township_id, category_id=matter.category_id, kind=matter.kind,
            source_id=matter.source_id, is_urgent=matter.is_urgent, rows=self.policies,
            level=facts.level, begins=self.begins,
        )  # fmt: skip
        policy = limit_of(routed, policy, facts.level)
        if policy is None:
            return None
        calendar = self.calendar(matter.township_id)
        granted = self.granted.get((matter.pk, matter.reopened_count), ())
        start = self._start(matter)
        rests = [rest for rest in self.rests.get(matter.pk, ()) if rest[0] >= start]
        due = as_it_went(policy, start, granted, rests, calendar)
        if due.due_at is None:
            return "unknown"
        if due.due_at == matter.due_at:
            return None
        return Redating(matter, policy, due, _why(matter, policy))

    def _start(self, matter) -> dt.datetime:
        """The moment its clock started: registered, opened again or taken up after all."""
        registered = moment_of(matter.registered_on, matter.entered_at)
        return self.begun.get(matter.pk, registered)


def _why(matter, policy) -> str:
    """The reason as the office would say it."""
    if matter.policy_id is None:
        return f"原来没有适用的时限，现适用“{policy}”"
    if matter.policy_id != policy.pk:
        return f"适用的时限由“{matter.policy}”改为“{policy}”"
    if matter.policy_version != policy.version:
        return f"“{policy}”已修改"
    return "工作日历有改动" if policy.unit == "workday" else "与现行时限不一致"
