"""One row of the sheet of 督查小组."""

import re
from dataclasses import dataclass, replace

from liaison.imports.text import tidy, tidy_lines

from .cells import Cells
from .names import read_people

_BREAK = re.compile(r"[、，,；;/\s]+")


@dataclass
class GroupRow:
    """A 督查小组: its name, its people by column, the villages it looks after."""

    name: str
    people: dict  # group_head, group_members -> [Person]
    villages: list
    sheet: str
    row: int
    cells: Cells


def read_group_row(cells_of, number, cells, *, find_village, may_change):
    """(GroupRow, warnings) or (None, [refusal])."""
    name = re.sub(r"\s+", "", tidy(cells_of.value(cells, "group")))[:60]
    people = {
        each: read_people(cells_of.value(cells, each))
        for each in ("group_head", "group_members")
        if cells_of.has(each)
    }
    villages, refusal = _villages(cells_of, number, cells, find_village, may_change)
    wrong = [(each, p) for each, found in people.items() for p in found if p.wrong]
    if wrong:
        each, person = wrong[0]
        refusal = cells_of.problem(number, each, "R-NAME", person.name, person.wrong)
    for missing, what, field in (
        (not name, "组别", "group"),
        (not any(people.values()), "组长和成员", "group_head"),
        (not villages and not refusal, "督查的村", "group_villages"),
    ):
        if missing and not refusal:
            refusal = cells_of.problem(number, field, "R-GROUP", "", what)
    if refusal:
        return None, [refusal]
    phones, warnings = cells_of.phones(number, cells, "group_phone")
    heads = people.get("group_head")
    if phones and heads and not heads[0].phones:
        heads[0] = replace(heads[0], phones=phones)
    return GroupRow(name, people, villages, cells_of.sheet, number, cells_of), warnings


def _villages(cells_of, number, cells, find_village, may_change):
    """(villages, None) or ([], refusal); every name must be known."""
    villages = []
    for word in _BREAK.split(tidy_lines(cells_of.value(cells, "group_villages"))):
        if not word:
            continue
        village, wrong = find_village(word)
        if village is None:
            return [], cells_of.problem(number, "group_villages", "R-VILLAGE", word, wrong)
        if not may_change(village):
            problem = ("R-TERRITORY", word, village.name)
            return [], cells_of.problem(number, "group_villages", *problem)
        if village not in villages:
            villages.append(village)
    return villages, None
