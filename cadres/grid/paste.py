"""A block of cells copied from Excel or WPS, with heads or without, read in the importer's own words."""

import csv
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from io import StringIO

from django.core.exceptions import ValidationError

from cadres.imports.cells import Cells
from cadres.imports.heads import joined_heads
from cadres.imports.row_times import RowTimes
from cadres.imports.times import read_holiday_rule, read_time
from cadres.imports.words import PLANS
from cadres.rhythm import WEEKDAY_NAMES
from liaison.imports.tables import Vocabulary, find_table
from liaison.imports.text import tidy, tidy_lines
from liaison.reading.excel_read import Sheet
from villages.roster.places import VillageFinder

from .cells import ClockField, DayField, as_text
from .rows import MOST_ROWS, OTHER_WEEKDAY, in_order

MOST_CHARACTERS, MOST_LINES = 60_000, 400
GRID = Vocabulary(
    {
        "village": PLANS.words["village"],
        "team": "团队 驻点团队 团队名称",
        "time": PLANS.words["time"],
        "starts_at": "开始 开始时间",
        "ends_at": "结束 结束时间",
        "place": PLANS.words["place"],
        "holiday": PLANS.words["holiday"],
        "valid_from": "生效 生效日期 开始日期",
        "valid_to": "截止 截止日期 结束日期",
    },
    needed=("village",),
    least=2,
    telling=("village",),
    free_text=("place",),
)
_PLAIN = ("starts_at", "ends_at", "place", "valid_from", "valid_to")


@dataclass
class Pasted:
    """How many rows were filled, and sentences on what was not taken or should be looked at."""

    rows: list
    count: int = 0
    said: list[str] = field(default_factory=list)


def paste(grid, rows, text) -> Pasted:
    """The rows with a block's lines filled in, by the names of the villages; nothing is stored.

    A village's first line goes to its first row, the second to its second; cells the block does not have stay.
    """
    done = Pasted(list(rows))
    lines = _lines(text, done)
    finder = VillageFinder(grid.villages.values(), township_name=grid.township.name)
    table, is_guessed = _table(lines, finder, grid)
    if table is None:
        if not done.said:
            done.said.append("没有认出村名：请连同“村”这一列一起复制，再粘贴。")
        return done
    _Filling(grid, done, table, finder, is_guessed).run()
    done.rows = in_order(done.rows)
    return done


def _lines(text, done):
    """Rows of texts; cells that Excel has put into quotes may have line breaks."""
    delimiter = "\t" if "\t" in text else ","
    try:
        lines = [
            [tidy_lines(cell) for cell in line]
            for line in csv.reader(StringIO(text, newline=""), delimiter=delimiter)
        ]
    except csv.Error:
        done.said.append("粘贴的内容引号不配对，读不下去，请重新复制。")
        return []
    lines = [line for line in lines if any(line)]
    if len(lines) > MOST_LINES:
        done.said.append(f"一次最多粘贴{MOST_LINES}行，请分几次粘贴。")
        return []
    return lines


def _table(lines, finder, grid):
    """(the block under its own heads or under guessed ones, whether guessed); None without villages in it."""
    if not lines:
        return None, False
    sheet = Sheet("粘贴", [list(line) for line in lines])
    table = find_table(joined_heads(sheet, GRID), GRID, {})
    if table is not None:
        return table, False
    heads = _guessed_heads(lines, finder, grid)
    if not {"village", "time"} <= {GRID.field_of(head) for head in heads}:
        return None, False
    return find_table(Sheet("粘贴", [heads, *sheet.rows]), GRID, {}), True


def _guessed_heads(lines, finder, grid):
    """A head for each column, by what most of its cells are."""
    heads, width = [], max(map(len, lines))
    teams = {team.name for team in grid.teams.values()}
    for column in range(width):
        cells = [line[column] for line in lines if column < len(line) and line[column]]
        votes = Counter(_kind_of(cell, finder, teams) for cell in cells)
        kind = votes.most_common(1)[0][0] if votes else ""
        for first, second in (("starts_at", "ends_at"), ("valid_from", "valid_to")):
            if kind == first and GRID.label(first) in heads:
                kind = second
        head = GRID.label(kind) if kind else ""
        heads.append("" if head in heads else head)
    return heads


def _kind_of(cell, finder, teams):
    """village, team, time, starts_at, valid_from, holiday, place, or "" for a serial number."""
    if finder(cell)[0]:
        return "village"
    if cell in teams:
        return "team"
    if cell.isdigit():
        return ""
    if read_time(cell).rhythm:
        return "time"
    for name, reads in (("starts_at", ClockField()), ("valid_from", DayField(year=2000))):
        if _reads(reads, cell):
            return name
    return "holiday" if len(cell) < 16 and read_holiday_rule(cell)[0] else "place"


def _reads(reader, cell):
    try:
        return reader.clean(cell) is not None
    except ValidationError:
        return False


class _Filling:
    def __init__(self, grid, done, table, finder, is_guessed):
        self.grid, self.done, self.table, self.finder = grid, done, table, finder
        self.cells_of = Cells(table)
        self.times = RowTimes(self.cells_of)
        self.offset = 1 if is_guessed else 0
        self.filled = defaultdict(int)  # village -> lines so far

    def run(self):
        if said := self.times.about_title():
            self.done.said.append(said)
        for number, cells, entry in self.table.entries():
            if entry:
                self._line(number, cells)

    def _say(self, number, sentence):
        self.done.said.append(f"第{number - self.offset}行：{sentence}。")

    def _line(self, number, cells):
        name = tidy(self.cells_of.value(cells, "village"))
        village, wrong = self.finder(name)
        if village is None:
            self._say(number, f"村名{wrong}，没有填入")
            return
        row = self._row_for(village)
        if row is None:
            self._say(number, f"表里最多{MOST_ROWS}行，没有填入")
            return
        if not row.teams:
            self._say(number, f"{village}还没有驻点团队，没有填入")
            return
        self._fill_time(row, number, cells)
        for name in _PLAIN:
            if text := tidy(self.cells_of.value(cells, name)):
                row.cells[name] = text
        self._fill_team(row, number, cells)
        self.done.count += 1

    def _row_for(self, village):
        rows = [row for row in self.done.rows if row.village.pk == village.pk]
        at = self.filled[village.pk]
        self.filled[village.pk] += 1
        if at >= len(rows) and len(self.done.rows) >= MOST_ROWS:
            return None
        if at == len(rows):
            rows.append(self.grid.empty_row(village))
            self.done.rows.append(rows[-1])
        return rows[at]

    def _fill_time(self, row, number, cells):
        """As an import reads it; what it does not understand stands in the cell to be put right."""
        time, refusal, warnings, _ = self.times.read(number, cells)
        for problem in warnings:
            self._say(number, problem.reason)
        if refusal:
            row.cells["rhythm"] = tidy(self.cells_of.value(cells, "time"))
            return
        if time is not None:
            row.cells["rhythm"] = time.rhythm.in_words()
            if time.hours:
                row.cells |= dict(
                    zip(("starts_at", "ends_at"), map(as_text, time.hours), strict=True)
                )
        said = (time.holiday_rule, time.make_up_weekday) if time else None
        rule, weekday = said or read_holiday_rule(self.cells_of.value(cells, "holiday"))
        if rule:
            row.cells["holiday_rule"] = str(rule)
        if weekday not in (None, row.make_up_weekday):
            said = OTHER_WEEKDAY.format(WEEKDAY_NAMES[row.make_up_weekday])
            self._say(number, said.rstrip("。"))

    def _fill_team(self, row, number, cells):
        name = tidy(self.cells_of.value(cells, "team"))
        team = next((team for team in row.teams if team.name == name), None)
        if team:
            row.cells["team"] = str(team.pk)
        elif name in {each.name for each in self.grid.teams.values()}:
            self._say(number, f"“{name}”不联系{row.village}，团队没有改")
