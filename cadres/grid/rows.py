"""The rows of a township's year: what is stored, and what was typed over it."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import count

from cadres.actions.plan_year import YearRow, differs
from cadres.actions.plans import FIELDS
from cadres.models import CalendarYear, LiaisonPlan, LiaisonTeam
from cadres.plan_checks import PERMISSION, overlapping
from cadres.rhythm import WEEKDAY_NAMES
from villages.models import Village

from .cells import CellsForm, as_text

HolidayRule = LiaisonPlan.HolidayRule
MOST_ROWS = 300  # of 12 fields each: as many as one form may have
USUAL_HOURS = dt.time(9), dt.time(11, 30)
MAKE_UP_DAY = LiaisonPlan._meta.get_field("make_up_weekday").default
OTHER_WEEKDAY = "补驻在表里按周{}；在别的星期几补的，请保存后到安排自己的页面上改。"
CELLS = (
    "team", "rhythm", "starts_at", "ends_at", "place", "holiday_rule", "valid_from", "valid_to",
)  # fmt: skip
HEADS = ("村(社区)", "团队", "驻点时间", "开始", "结束", "地点", "遇节假日", "生效", "截止")


@dataclass(eq=False)
class Row:
    """One line of the table.

    Attributes:
        teams: those that may be chosen. plan: the stored one; like: the one of the year before it carries on.
        cells: {name of a cell: text}. faults: {name of a cell: sentence}, "" for the row as a whole.
        facts: what the cells say, None while nothing is to be saved or something is wrong.
        theirs: what somebody else made of the plan since the page was opened.
    """

    village: object
    teams: list
    plan: LiaisonPlan | None = None
    like: LiaisonPlan | None = None
    cells: dict = field(default_factory=dict)
    version: int | None = None
    faults: dict = field(default_factory=dict)
    facts: dict | None = None
    theirs: str = ""
    splits: bool = False  # its plan runs until the eve of the year, and another one from then on
    outlook: object = None  # these three by Look
    as_above: bool = False
    change: object = None
    is_first: bool = True  # of its village

    @property
    def is_blank(self) -> bool:
        """Without a rhythm: nothing to save, or the end of its plan."""
        return not self.cells.get("rhythm", "").strip()

    @property
    def pattern(self) -> LiaisonPlan | None:
        """The plan that what the table does not ask comes from."""
        return self.plan or self.like

    @property
    def inputs(self) -> list[dict]:
        """The cells to type in, from left to right."""
        heads = zip(CELLS, HEADS[1:], strict=True)
        choices = {"holiday_rule": self.holiday_choices}
        return [
            {
                "at": at,
                "name": name,
                "head": head,
                "text": self.cells.get(name, ""),
                "fault": self.faults.get(name, ""),
                "choices": choices.get(name),
            }
            for at, (name, head) in enumerate(heads)
            if name != "team"
        ]

    @property
    def whole_fault(self) -> str:
        """What is wrong with the row and with no cell that can be typed in."""
        return "".join(said for name, said in self.faults.items() if name not in CELLS[1:])

    @property
    def make_up_weekday(self) -> int:
        """补在星期几, which has no cell."""
        return self.pattern.make_up_weekday if self.pattern else MAKE_UP_DAY

    @property
    def holiday_choices(self) -> list[tuple[str, str]]:
        """The rules in the few characters a cell has room for."""
        day = WEEKDAY_NAMES[self.make_up_weekday]
        words = ("照常", "取消", "顺延", f"周{day}补驻")
        return [(str(rule), word) for rule, word in zip(HolidayRule, words, strict=True)]

    def as_it_shall_be(self) -> LiaisonPlan:
        """The plan of the facts, unsaved, under the pk of the stored one unless it takes its place."""
        stays = self.plan and not self.splits
        plan = LiaisonPlan(pk=self.plan.pk if stays else None, **self.facts)
        plan.proposed_turns = self.own_turns()
        return plan

    def own_turns(self) -> list[tuple]:
        """Of a rota: the turns it has, or takes over as far as the team still seats them."""
        if self.facts["recurrence"] != LiaisonPlan.Recurrence.ROTA or self.pattern is None:
            return []
        turns = self.pattern.own_turns()
        if self.plan is None or self.facts["team"] != self.plan.team:
            seated = set(self.facts["team"].seats.values_list("post", flat=True))
            turns = [turn for turn in turns if turn[1].pk in seated]
        return turns

    def to_save(self) -> list[YearRow]:
        """For save_year(); none for an empty row without a plan."""
        if self.facts is None:
            return [YearRow(None, self.plan, self.version)] if self.plan else []
        turns = tuple(self.own_turns())
        if self.splits:
            return [YearRow(None, self.plan, self.version), YearRow(self.facts, turns=turns)]
        return [YearRow(self.facts, self.plan, self.version, turns)]

    def show(self, plan) -> None:
        """Write a plan into the cells."""
        self.cells = {
            "team": str(plan.team_id),
            "rhythm": plan.rhythm.in_words(),
            **{name: as_text(getattr(plan, name)) for name in CELLS[2:]},
        }


class Grid:
    """What the table of a year is made of, for one who may manage plans.

    Args:
        user: his first township with that right is the table's. year: 2027; today: the local date.
        also: pks of plans to know though they are not of the year (any more).
    """

    def __init__(self, user, year, today, *, also=()):
        self.user, self.year, self.today = user, year, today
        self.township = user.townships_for(PERMISSION)[0]
        self.first, self.last = dt.date(year, 1, 1), dt.date(year, 12, 31)
        mine = Village.objects.visible_to(user, PERMISSION).filter(township=self.township)
        self.villages = {village.pk: village for village in mine.in_order()}
        for village in self.villages.values():
            village.township = self.township
        self.teams = {}
        self.teams_of = defaultdict(list)
        teams = LiaisonTeam.objects.for_liaison().filter(township=self.township, is_active=True)
        for team in teams.in_order().prefetch_related("villages"):
            self.teams[team.pk] = team
            for village in team.villages.all():
                self.teams_of[village.pk].append(team)
        plans = LiaisonPlan.objects.visible_to(user, PERMISSION).of(self.township)
        wanted = overlapping(plans, self.first, self.last)
        if also:
            wanted |= plans.filter(pk__in=also)
        self.plans = {plan.pk: plan for plan in self._known(wanted)}
        self.published = CalendarYear.objects.filter(year=year).exists()

    def _known(self, plans):
        """Plans in the table's order, their villages those of the table."""
        plans = plans.select_related("team").order_by("village__code", "valid_from", "pk")
        for plan in plans:
            plan.village = self.villages[plan.village_id]
        return plans

    def plans_before(self) -> list[LiaisonPlan]:
        """Those valid in the year before."""
        plans = LiaisonPlan.objects.visible_to(self.user, PERMISSION).of(self.township)
        first, last = (day.replace(year=self.year - 1) for day in (self.first, self.last))
        return list(self._known(overlapping(plans, first, last)))

    def stored_rows(self) -> list[Row]:
        """A row a plan of the year; a village without one has an empty row."""
        rows = []
        for village in self.villages.values():
            plans = [plan for plan in self.plans.values() if plan.village_id == village.pk]
            rows += [self.row_of(plan) for plan in plans] or [self.empty_row(village)]
        return in_order(rows)

    def row_of(self, plan) -> Row:
        """A stored plan."""
        teams = self.teams_of[plan.village_id]
        teams = teams if plan.team in teams else [*teams, plan.team]
        row = Row(plan.village, teams, plan=plan, version=plan.version)
        row.show(plan)
        return row

    def empty_row(self, village) -> Row:
        """A village's next plan, with what is usual filled in."""
        teams = self.teams_of[village.pk]
        start, end = USUAL_HOURS
        cells = {
            "team": str(teams[0].pk) if len(teams) == 1 else "",
            "rhythm": "",
            "starts_at": as_text(start),
            "ends_at": as_text(end),
            "place": village.office,
            "holiday_rule": str(HolidayRule.NEXT),
            "valid_from": as_text(self.first),
            "valid_to": as_text(self.last),
        }
        return Row(village, teams, cells=cells)

    # --- What was typed ---------------------------------------------------------------------

    def read(self, data) -> list[Row]:
        """The rows of a posted table, in its order; what they say is read by understand()."""
        before, rows = None, []
        for number in count():
            prefix = f"r-{number}"
            if f"{prefix}-village" not in data or number == MOST_ROWS:
                return in_order(rows)
            form = CellsForm(data, year=self.year, prefix=prefix)
            form.is_valid()
            said = form.cleaned_data
            village = self.villages.get(said.get("village"))
            if village is None:
                continue
            if said.get("like") and before is None:
                before = {plan.pk: plan for plan in self.plans_before()}
            rows.append(self._typed_row(village, said, form.data, prefix, before or {}))
        return rows

    def _typed_row(self, village, said, data, prefix, before):
        plan, like = self.plans.get(said.get("plan")), before.get(said.get("like"))
        plan = plan if plan and plan.village_id == village.pk else None
        row = self.row_of(plan) if plan else self.empty_row(village)
        row.like = like if like and like.village_id == village.pk else None
        row.version = said.get("version")
        row.cells = {name: data.get(f"{prefix}-{name}", "").strip()[:2000] for name in CELLS}
        if said.get("plan") and plan is None:
            row.faults[""] = "这条安排已经没有了，请重新打开本页。"
        return row

    def understand(self, rows) -> bool:
        """Read every row's cells; facts or faults hang on it then. True when nothing is wrong."""
        for row in rows:
            self._understand(row)
        return not any(row.faults for row in rows)

    def _understand(self, row):
        if row.is_blank:
            return
        stored = row.pattern.rhythm if row.pattern else None
        form = CellsForm(row.cells, year=self.year, stored=stored)
        if not form.is_valid():
            row.faults |= {name: errors[0] for name, errors in form.errors.items()}
            return
        said = form.cleaned_data
        team = next((team for team in row.teams if team.pk == said["team"]), None)
        if team is None:
            row.faults["team"] = "请选择团队。" if row.teams else "这个村还没有团队，请先建团队。"
            return
        if said.get("make_up_weekday") not in (None, row.make_up_weekday):
            row.faults["rhythm"] = OTHER_WEEKDAY.format(WEEKDAY_NAMES[row.make_up_weekday])
            return
        last = said["valid_to"] or self.last
        if row.plan is None and (said["valid_from"] > self.last or last < self.first):
            row.faults["valid_from"] = f"起止日期不在{self.year}年内。"
            return
        self._take(row, said, team)

    def _take(self, row, said, team):
        """Facts and, in one writing, the cells."""
        pattern = row.pattern
        row.facts = {name: said[name] for name in FIELDS if name in said} | {
            **said["rhythm"].as_fields(),
            "team": team,
            "village": row.village,
            "place": said["place"] or row.village.office,
            "make_up_weekday": row.make_up_weekday,
            "notice_days": pattern.notice_days if pattern else None,
        }
        row.splits = self._splits(row)
        if row.splits:
            row.facts["valid_from"] = max(said["valid_from"], self.first)
        row.show(LiaisonPlan(**row.facts))

    def _splits(self, row):
        """Whether what is changed here must not reach the days before the year, which has not begun."""
        plan = row.plan
        if plan is None or plan.valid_from >= self.first or self.today >= self.first:
            return False
        dates = ("valid_from", "valid_to")
        return differs(plan, {n: value for n, value in row.facts.items() if n not in dates})


def in_order(rows) -> list[Row]:
    """Rows by village; the first one of each says its name."""
    rows = sorted(rows, key=lambda row: row.village.code)
    seen = set()
    for row in rows:
        row.is_first = row.village.pk not in seen
        seen.add(row.village.pk)
    return rows
