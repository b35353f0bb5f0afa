"""照去年: what was in force at the end of the year before goes on through this one. Proposed, never stored here."""

from dataclasses import dataclass, field, replace

from cadres.rhythm import Recurrence

from .cells import as_text
from .rows import MOST_ROWS, in_order


@dataclass
class Carried:
    """How many rows were proposed, and sentences on the plans that were not."""

    rows: list
    count: int = 0
    left_out: list[str] = field(default_factory=list)


def carry_over(grid, rows) -> Carried:
    """The rows with those of the year before filled in; what stands or was typed stays.

    A plan that had ended before the year's last day was replaced or over, and is left out; so are single dates,
    which are no rule for another year, and plans of teams that do not serve the village any more.
    """
    carried = Carried(list(rows))
    for plan in grid.plans_before():
        if plan.pk in grid.plans or _stands(plan, carried.rows):
            continue  # it runs into this year by itself, or has been carried over already
        why = _why_not(plan, grid)
        if not why and len(carried.rows) >= MOST_ROWS:
            why = f"超出了表里最多的{MOST_ROWS}行"
        if why:
            carried.left_out.append(f"{plan.village}“{plan.rhythm.in_words()}”{why}，没有带过来。")
        else:
            _propose(plan, grid, carried)
    carried.rows = in_order(carried.rows)
    return carried


def _stands(plan, rows):
    words = _rhythm(plan).in_words()
    return any(
        row.village.pk == plan.village_id
        and row.cells["team"] == str(plan.team_id)
        and row.cells["rhythm"] in (words, plan.rhythm.in_words())
        for row in rows
    )


def _why_not(plan, grid):
    if plan.recurrence == Recurrence.DAYS:
        return "是指定的日期"
    if plan.valid_to and plan.valid_to < grid.first.replace(year=grid.year - 1, month=12, day=31):
        return f"{plan.valid_to:%Y-%m-%d}已截止"
    if plan.team not in grid.teams_of[plan.village_id]:
        return f"的{plan.team}已不联系这个村"
    return ""


def _propose(plan, grid, carried):
    """Into the village's first empty row, or one more."""
    empty = (
        row
        for row in carried.rows
        if row.village.pk == plan.village_id and row.plan is None and row.is_blank
    )
    row = next(empty, None)
    if row is None:
        row = grid.empty_row(plan.village)
        carried.rows.append(row)
    row.like = plan
    row.show(plan)
    row.cells |= {
        "rhythm": _rhythm(plan).in_words(),
        "valid_from": as_text(grid.first),
        "valid_to": as_text(grid.last),
    }
    carried.count += 1


def _rhythm(plan):
    """Every two weeks goes on in the weeks it has, over the New Year too."""
    rhythm = plan.rhythm
    if rhythm.recurrence == Recurrence.FORTNIGHTLY and not rhythm.phase_from:
        return replace(rhythm, phase_from=plan.valid_from)
    return rhythm
