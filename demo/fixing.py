"""What a practice makes of the plans a team already has in a village."""

import datetime as dt

from django.db.models import ProtectedError, Q

from cadres.models import LiaisonPlan
from cadres.rhythm import FIELDS
from cadres.signals import plans_withdrawn

_DAY = dt.timedelta(days=1)
# What a practice fixes beside the rhythm; the place and the dates are the office's.
DETAILS = ("starts_at", "ends_at", "holiday_rule", "notice_days")


class Fixing:
    """One team in one village, from the first day of ``wanted`` on.

    A plan that says the same stands. Of the others

    * one that began before the day ends on its eve; where only hours, holiday rule or notice differ and the
      day is past, it is changed instead: an end in the past would give each day already held a double;
    * one that begins on the day or later has no eve to end on: it becomes what is wanted where nothing else
      covers its days, and otherwise ends today, or is withdrawn when it has not begun.

    Attributes:
        wanted: the LiaisonPlan as the practice has it, unsaved; its valid_from is the first day.
        fixed: the plans that are now as wanted and were not. ended: those that came to their end.
    """

    def __init__(self, wanted, *, today, done):
        self.wanted, self.since, self.today, self.done = wanted, wanted.valid_from, today, done
        self.fixed, self.ended = [], []
        self.covered = None  # up to this day the days are as wanted; None: not even the first

    def run(self) -> "Fixing":
        """Stores it, and counts "plans", "changed", "ended", "told" in ``done``."""
        same = {"team": self.wanted.team, "village": self.wanted.village}
        plans = LiaisonPlan.objects.filter(Q(valid_to=None) | Q(valid_to__gte=self.since), **same)
        for plan in plans.order_by("valid_from", "pk"):
            self._one(plan)
        if self.covered is None:
            self.wanted.save()
            self.done["plans"] += 1
            self.fixed.append(self.wanted)
        return self

    def _one(self, plan):
        begins_late = self.covered is None and plan.valid_from > self.since
        if self._is_alike(plan) and not begins_late:
            self._cover(plan)
        elif self._may_change(plan):
            self._change(plan)
        elif plan.valid_from < self.since:
            self._end(plan, self.since - _DAY)
        elif plan.valid_from <= self.today:
            if plan.valid_to is None or plan.valid_to > self.today:
                self._end(plan, self.today)
        else:
            self._withdraw(plan)

    def _is_alike(self, plan):
        alike = all(getattr(plan, name) == getattr(self.wanted, name) for name in DETAILS)
        return alike and plan.rhythm == self.wanted.rhythm

    def _may_change(self, plan):
        if self.covered is not None and plan.valid_from <= self.covered:
            return False
        only_details = plan.rhythm == self.wanted.rhythm and self.since <= self.today
        return plan.valid_from >= self.since or only_details

    def _change(self, plan):
        for name in (*FIELDS, *DETAILS):
            setattr(plan, name, getattr(self.wanted, name))
        if self.covered is None:
            plan.valid_from = min(plan.valid_from, self.since)
        if plan.recurrence != LiaisonPlan.Recurrence.ROTA:
            plan.turns.all().delete()
        self._save(plan)
        self.done["changed"] += 1
        self.fixed.append(plan)
        self._cover(plan)

    def _cover(self, plan):
        self.covered = max(self.covered or self.since, plan.valid_to or dt.date.max)

    def _end(self, plan, on):
        plan.valid_to = on
        self._save(plan)
        self.done["ended"] += 1
        self.ended.append(plan)

    def _withdraw(self, plan):
        """One that has not begun goes with its days, unless somebody was told of one: the office ends it then."""
        plans_withdrawn.send(LiaisonPlan, plans=[plan])
        try:
            plan.delete()
            self.done["ended"] += 1
        except ProtectedError:
            self.done["told"] += 1
            self.ended.append(plan)  # its other days are planned anew

    @staticmethod
    def _save(plan):
        plan.version += 1
        plan.save()
