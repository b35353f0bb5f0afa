"""全年安排表: what many plans of a year become, in one transaction or not at all."""

import datetime as dt
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import ProtectedError

from cadres.models import LiaisonPlan, RotaTurn
from cadres.plan_checks import PERMISSION, PlanChecks, PlanRefused, hold_teams
from cadres.signals import plans_changed, plans_withdrawn
from liaison import audit
from liaison.errors import NotAllowed, Stale

from .plans import ENTERED_LATE, FIELDS, in_words

_DAY = dt.timedelta(days=1)
MADE, CHANGED, ENDED, WITHDRAWN = "新增", "修改", "结束", "撤销"  # what becomes of a row's plan


@dataclass(eq=False)
class YearRow:
    """One plan as it shall be.

    Attributes:
        facts: the FIELDS; None ends the plan. plan: the stored one, None for a new one.
        version: the one the page showed. turns: of a rota, as make_plan; None leaves those of a stored one.
    """

    facts: dict | None
    plan: LiaisonPlan | None = None
    version: int | None = None
    turns: tuple | None = None


@dataclass
class Saved:
    """The plans by what became of them; ``withdrawn`` are those that had not begun."""

    made: list = field(default_factory=list)
    changed: list = field(default_factory=list)
    ended: list = field(default_factory=list)
    withdrawn: list = field(default_factory=list)

    def in_words(self) -> str:
        """「新增 22 条，修改 1 条」; "" when nothing changed."""
        counted = zip(
            (MADE, CHANGED, ENDED, WITHDRAWN),
            (self.made, self.changed, self.ended, self.withdrawn),
            strict=True,
        )
        return "，".join(f"{word} {len(plans)} 条" for word, plans in counted if plans)


class RowsRefused(NotAllowed):
    """Some rows cannot be saved; ``faults`` is {row: PlanRefused or Stale}."""

    def __init__(self, faults):
        super().__init__("有的行不能保存，请改正后再保存。")
        self.faults = faults


def last_day_of_ended(year: int, today: dt.date) -> dt.date:
    """The last day of a plan whose row is cleared: the eve of the year, or today once the year runs."""
    return max(dt.date(year, 1, 1) - _DAY, today)


def differs(plan, facts) -> bool:
    """Whether a stored plan is not yet what the facts say."""
    return any(getattr(plan, name) != value for name, value in facts.items())


@transaction.atomic
def save_year(*, by, today, year, rows) -> Saved:
    """Make, change and end the plans of a year's table; rows that say nothing new are not touched.

    A plan whose row is cleared runs until last_day_of_ended(); one that would not have begun by then is
    withdrawn with its days.

    Args:
        rows: YearRows.
    Raises:
        NotAllowed: no right. RowsRefused: by row; nothing is stored then.
    """
    return _YearSave(by, today, year, rows).run()


@transaction.atomic
def check_year(*, by, today, year, rows) -> None:
    """Whether save_year() would take the rows, as they stand now; stores nothing and raises the same."""
    _YearSave(by, today, year, rows).check()


@dataclass(eq=False)
class _Deed:
    """What one row comes to: the plan as it shall be, in the trail's words before, ``turns`` None to leave them."""

    at: int
    kind: str
    plan: LiaisonPlan
    before: dict = field(default_factory=dict)
    turns: tuple | None = None

    @property
    def turns_to_check(self):
        return self.plan.own_turns() if self.turns is None else self.turns


class _YearSave:
    def __init__(self, by, today, year, rows):
        if not by.has_perm(PERMISSION):
            raise NotAllowed("您的岗位不能安排驻点，请联系镇驻点办。")
        self.by, self.today, self.rows = by, today, rows
        self.last_day = last_day_of_ended(year, today)
        self.deeds, self.faults = [], {}

    def run(self):
        self.check()
        self._store()
        self._tell()
        return Saved(*(self._plans(kind) for kind in (MADE, CHANGED, ENDED, WITHDRAWN)))

    def check(self):
        teams = {row.facts["team"].pk for row in self.rows if row.facts}
        hold_teams(teams | {row.plan.team_id for row in self.rows if row.plan})
        self._sort_out(self._locked())
        self._check()
        self._stop_at_faults()

    def _plans(self, *kinds):
        return [deed.plan for deed in self.deeds if deed.kind in kinds]

    def _stop_at_faults(self):
        if self.faults:
            raise RowsRefused(self.faults)

    def _locked(self):
        """{pk: the plan as it stands now}, held until the end."""
        plans = LiaisonPlan.objects.visible_to(self.by, PERMISSION)
        plans = plans.select_for_update(of=("self",)).select_related("team", "village__township")
        return plans.in_bulk([row.plan.pk for row in self.rows if row.plan])

    def _sort_out(self, stored):
        """Each row's deed; rows that say nothing new have none."""
        for at, row in enumerate(self.rows):
            if row.plan is None:
                turns = tuple(row.turns or ())
                self.deeds.append(_Deed(at, MADE, LiaisonPlan(**row.facts), turns=turns))
                continue
            plan = stored.get(row.plan.pk)
            if plan is None:
                self.faults[at] = PlanRefused("这条安排已经没有了，请重新打开本页。")
            elif self._says_something_new(plan, row):
                if row.version != plan.version:
                    self.faults[at] = Stale(plan)
                else:
                    self.deeds.append(self._deed(at, plan, row))

    def _says_something_new(self, plan, row):
        if row.facts is None:
            return plan.valid_to is None or plan.valid_to > self.last_day
        return differs(plan, row.facts)

    def _deed(self, at, plan, row):
        before = in_words(plan)
        if row.facts is None:
            if plan.valid_from > self.last_day:
                return _Deed(at, WITHDRAWN, plan, before)
            plan.valid_to = self.last_day
            return _Deed(at, ENDED, plan, before)
        for name, value in row.facts.items():
            setattr(plan, name, value)
        rotates = plan.recurrence == LiaisonPlan.Recurrence.ROTA
        return _Deed(at, CHANGED, plan, before, row.turns if rotates else ())

    def _check(self):
        checks = PlanChecks([deed.plan for deed in self.deeds], self.by)
        checks.standing += self._plans(ENDED)
        for deed in self.deeds:
            if deed.kind in (MADE, CHANGED):
                try:
                    checks.check(deed.plan, deed.turns_to_check)
                except PlanRefused as refused:
                    self.faults[deed.at] = refused

    def _store(self):
        changed = self._plans(CHANGED, ENDED)
        for plan in changed:
            plan.version += 1
        LiaisonPlan.objects.bulk_create(self._plans(MADE))
        LiaisonPlan.objects.bulk_update(changed, [*FIELDS, "version"], batch_size=50)
        set_anew = [deed for deed in self.deeds if deed.turns is not None]
        RotaTurn.objects.filter(plan__in=[deed.plan for deed in set_anew]).delete()
        RotaTurn.objects.bulk_create(
            RotaTurn(plan=deed.plan, turn=turn, post=post, weekday=weekday)
            for deed in set_anew
            if deed.plan.recurrence == LiaisonPlan.Recurrence.ROTA
            for turn, post, weekday in deed.turns
        )
        audit.record_many(by=self.by, lines=[self._line(deed) for deed in self.deeds])
        self._withdraw()

    @staticmethod
    def _line(deed):
        return {
            "action": f"{deed.kind}驻点安排",
            "subject": deed.plan,
            "before": deed.before,
            "after": {} if deed.kind == WITHDRAWN else in_words(deed.plan),
            "township_id": deed.plan.village.township_id,
        }

    def _withdraw(self):
        """Plans that never began go with their days, unless somebody has written on one or was told of it."""
        gone = [deed for deed in self.deeds if deed.kind == WITHDRAWN]
        if gone:
            plans_withdrawn.send(LiaisonPlan, plans=[deed.plan for deed in gone])
        for deed in gone:
            try:
                LiaisonPlan.objects.get(pk=deed.plan.pk).delete()
            except ProtectedError:
                sentence = "这条安排的驻点日已经通知过或有了记录，不能撤销；请改截止日期。"
                self.faults[deed.at] = PlanRefused(sentence, "rhythm")
        self._stop_at_faults()

    def _tell(self):
        """The days follow: of new plans past ones too, of changed ones those to come."""
        made, changed = self._plans(MADE), self._plans(CHANGED, ENDED)
        if made:
            first = min(plan.valid_from for plan in made)
            since = min(max(first, self.today - ENTERED_LATE), self.today)
            self._send(made, since)
        if changed:
            self._send(changed, self.today)

    def _send(self, plans, since):
        plans_changed.send(LiaisonPlan, plans=plans, by=self.by, today=self.today, since=since)
