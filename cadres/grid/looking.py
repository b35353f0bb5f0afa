"""What is shown before a year's table is saved: each row's days, what to look at, and what would end."""

from dataclasses import dataclass

from cadres import plan_rules
from cadres.actions.plan_year import differs, last_day_of_ended
from cadres.models import LiaisonPlan
from cadres.team_forms import mark_of

from .outlook import Outlooks

NAMED = 12  # villages named in one sentence; the rest is counted


@dataclass(frozen=True)
class Change:
    """What saving does to a row: ``word`` 新增, 修改, 结束, 撤销 or 不变; ``was``: the plan's words so far."""

    word: str
    was: str = ""


class Look:
    """The table as it would be saved. Rows must have been understood, without faults.

    Attributes:
        changes: {word: how many rows}. ends: sentences on plans that end. advice: what plan_rules says.
        unset: villages left without a plan. mark: the same for the same look; what is saved is what was seen.
    """

    def __init__(self, grid, rows):
        self.grid, self.rows, self.today = grid, rows, grid.today
        self.last_day = last_day_of_ended(grid.year, grid.today)
        self.changes, self.ends = {}, []
        self._look_at_rows()
        self.advice = self._advice()
        planned = {row.village.pk for row in rows if row.facts}
        self.unset = [village.name for pk, village in grid.villages.items() if pk not in planned]
        cells = [f"{row.village.pk}:{row.version}:{row.cells}" for row in rows]
        self.mark = mark_of([str(grid.year), *cells, *self.advice, *self.ends])

    @property
    def unset_in_words(self) -> str:
        """「石桥村、和平村等 14 个村(社区)」, "" when every village has one."""
        names = "、".join(self.unset[:NAMED])
        more = f"等 {len(self.unset)} 个村(社区)" if len(self.unset) > NAMED else ""
        return names + more

    @property
    def is_idle(self) -> bool:
        """Whether saving would change nothing."""
        return set(self.changes) <= {"不变"}

    def in_words(self) -> str:
        """「新增 22 条，不变 1 条」."""
        return "，".join(f"{word} {count} 条" for word, count in self.changes.items())

    def _look_at_rows(self):
        outlooks, above = Outlooks(self.grid.township, self.grid.year, self.today), None
        for row in self.rows:
            row.change = self._change(row)
            if row.change:
                self.changes[row.change.word] = self.changes.get(row.change.word, 0) + 1
            if row.facts is None:
                continue
            row.outlook = outlooks.of(row.as_it_shall_be())
            row.as_above = row.outlook == above
            above = row.outlook

    def _change(self, row):
        plan = row.plan
        if row.facts is not None:
            if plan is None:
                return Change("新增")
            until = f"，到{self.last_day:%Y-%m-%d}为止" if row.splits else ""
            changed = row.splits or differs(plan, row.facts)
            return Change("修改", plan.in_words() + until) if changed else Change("不变")
        if plan is None or (plan.valid_to and plan.valid_to <= self.last_day):
            return None
        words = f"{row.village}“{plan.in_words()}”"
        if plan.valid_from > self.last_day:
            self.ends.append(f"{words}还没有开始，将连同它的驻点日一起撤销。")
            return Change("撤销", plan.in_words())
        self.ends.append(f"{words}到{self.last_day:%Y-%m-%d}为止，以后不再驻点。")
        return Change("结束", plan.in_words())

    def _advice(self):
        """Each sentence once, of all rows together; plans that end count until then."""
        plans = [row.as_it_shall_be() for row in self.rows if row.facts]
        if not plans:
            return []
        ending = [row.plan for row in self.rows if row.plan and (row.facts is None or row.splits)]
        plans += map(self._ended, ending)
        said = plan_rules.warnings(plans, today=self.today)
        return [*self._still_running(), *dict.fromkeys(said)]

    def _still_running(self):
        """Of a year that is past: changes reach the days to come."""
        changed = [row for row in self.rows if row.change and row.change.word == "修改"]
        count = sum((row.facts["valid_to"] or self.today) >= self.today for row in changed)
        if self.grid.last >= self.today or not count:
            return []
        return [f"有 {count} 条现在还在用，改动从明天的驻点日起生效，过去的驻点日不变。"]

    def _ended(self, plan):
        facts = {
            field.attname: getattr(plan, field.attname) for field in plan._meta.concrete_fields
        }
        ended = LiaisonPlan(**facts | {"valid_to": self.last_day})
        ended.team, ended.village = plan.team, plan.village
        return ended
