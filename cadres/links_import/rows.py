"""Sheets -> rows of 包户联系, refused rows and warnings. Reads no database."""

import re
from dataclasses import dataclass, field, replace
from itertools import zip_longest

from cadres.imports.cells import Cells
from cadres.imports.heads import joined_heads
from liaison.imports.tables import INSTRUCTIONS, find_table
from liaison.imports.text import cell_text, half_width, is_nothing, tidy
from liaison.reading.file_refused import FileRefused
from villages.roster.dates import DAY, read_birth
from villages.roster.text import looks_like_group, read_group, read_name, same_name

from .codes import masked
from .words import BY_HEAD, BY_NUMBER

PEOPLE = ("cadre", "representative")
NO_HEAD = "须有“户主”或“户编号”一栏，和“包户干部”或“村民代表”一栏"
_SEVERAL = re.compile(r"[、，,；;/\n]+")


def _with_whole_head(sheet, vocabulary):
    """A two-level head in one row: 包户干部 over 姓名 is one word; where the lower cell is empty the upper names it."""
    joined = joined_heads(sheet, vocabulary)
    if joined is sheet:
        return sheet
    at = next(n for n, row in enumerate(sheet.rows) if joined.rows[n] != row)
    upper, lower = sheet.rows[at], joined.rows[at + 1]
    head = [low if tidy(low) else up for up, low in zip_longest(upper, lower, fillvalue="")]
    return replace(joined, rows=[*joined.rows[: at + 1], head, *joined.rows[at + 2 :]])


class LinkCells(Cells):
    """Cells whose values are masked by this table's fields."""

    def problem(self, row, name, code, value="", detail=""):
        """A Problem at a field's cell."""
        said = super().problem(row, name, code, "", detail)
        return replace(said, value=masked(name, cell_text(value)))


@dataclass(eq=False)
class LinkRow:
    """One household and who should answer for it; ``who`` and ``phones`` by column, only those filled in."""

    village: object
    group: str
    number: str
    head: str
    who: dict
    phones: dict
    since: object  # None: not said
    cells: LinkCells
    sheet: str
    row: int

    def problem(self, name, code, value="", detail=""):
        """A warning or refusal at one of its cells."""
        return self.cells.problem(self.row, name, code, value, detail)


@dataclass
class ParsedLinks:
    """What a file says."""

    rows: list = field(default_factory=list)
    tables: list = field(default_factory=list)
    refused: list = field(default_factory=list)
    warnings: list = field(default_factory=list)
    unread_sheets: list = field(default_factory=list)
    carried: dict = field(default_factory=dict)  # (sheet, row) -> {field: text}
    data_rows: int = 0

    @property
    def kinds(self):
        """Columns of people the file has."""
        found = {name for table in self.tables for name in PEOPLE if name in table.columns}
        return [name for name in PEOPLE if name in found]


def parse_links(book, *, find_village, may_change, layouts, on) -> ParsedLinks:
    """Read a Book.

    Args:
        find_village: as of a roster: (village, "") or (None, what is wrong).
        may_change: whether the uploader's territory has the village. on: today.
    Raises:
        FileRefused: F-HEADER no sheet has a head we know; F-EMPTY nothing under it.
    """
    return _Parser(book, find_village, may_change, layouts or {}, on).run()


class _Parser:
    def __init__(self, book, find_village, may_change, layouts, on):
        self.book, self.layouts, self.on = book, layouts, on
        self.find_village, self.may_change = find_village, may_change
        self.parsed = ParsedLinks()

    def run(self):
        for sheet in self.book.visible:
            if sheet.name != INSTRUCTIONS and any(tidy(c) for row in sheet.rows for c in row):
                self._sheet(sheet)
        if not self.parsed.tables:
            refused = ("F-HEADER", NO_HEAD) if self.parsed.unread_sheets else ("F-EMPTY",)
            raise FileRefused(*refused)
        if not self.parsed.data_rows:
            raise FileRefused("F-EMPTY", "表头下面没有内容")
        return self.parsed

    def _sheet(self, sheet):
        table = next(
            filter(None, (self._table(sheet, each) for each in (BY_HEAD, BY_NUMBER))), None
        )
        if table is None:
            self.parsed.unread_sheets.append(sheet.name)
            return
        self.parsed.tables.append(table)
        self.cells = LinkCells(table)
        self.title = table.title()
        # 村 and 组 are written once for the rows below; a sheet may be named like its group.
        self.above = {"village": "", "group": sheet.name if looks_like_group(sheet.name) else ""}
        for number, cells, entry in table.entries():
            if entry:
                self.parsed.data_rows += 1
                self._row(number, cells)

    def _table(self, sheet, vocabulary):
        table = find_table(_with_whole_head(sheet, vocabulary), vocabulary, self.layouts)
        usable = table and any(name in table.columns for name in PEOPLE)
        return table if usable and vocabulary.needed[0] in table.columns else None

    def _row(self, number, cells):
        places = self._places(number, cells)
        row, wrong = self._read(number, cells, places)
        if wrong:
            self.parsed.refused.append(wrong)
        else:
            self.parsed.rows.append(row)

    def _places(self, number, cells):
        said, carried = {}, {}
        for name in self.above:
            text = tidy(self.cells.value(cells, name))
            if not text and self.above[name]:
                carried[name] = self.above[name]
            if name == "village" and text and text != self.above[name]:
                self.above["group"] = ""  # another village's groups
            self.above[name] = said[name] = text or self.above[name]
        if carried:
            self.parsed.carried[self.cells.sheet, number] = carried
        return said

    def _read(self, number, cells, places):
        """(row, None) or (None, the Problem)."""
        problem, of = self.cells.problem, self.cells.value
        if self.cells.table.overflows(cells):
            return None, problem(number, "head", "R-COLS")
        village, wrong = self._village(number, places["village"])
        if wrong:
            return None, wrong
        who, wrong = self._who(number, cells)
        if wrong:
            return None, wrong
        since, wrong = self._since(number, cells)
        if wrong:
            return None, wrong
        return LinkRow(
            village=village,
            group=read_group(places["group"])[0] if places["group"] else "",
            number=half_width(of(cells, "number")),
            head=same_name(cell_text(of(cells, "head"))),
            who=who,
            phones={name: self._phones(number, cells, name) for name in who},
            since=since,
            cells=self.cells,
            sheet=self.cells.sheet,
            row=number,
        ), None

    def _village(self, number, text):
        name = text or (
            self.find_village.in_title(self.title) if not self.find_village.only else ""
        )
        village, wrong = self.find_village(name)
        if wrong:
            return None, self.cells.problem(number, "village", "R-VILLAGE", text, wrong)
        if not self.may_change(village):
            return None, self.cells.problem(number, "village", "R-TERRITORY", text, village.name)
        return village, None

    def _who(self, number, cells):
        who = {}
        for name in PEOPLE:
            value = self.cells.value(cells, name)
            if is_nothing(value):
                continue
            several = [part for part in _SEVERAL.split(tidy(value)) if part.strip()]
            if len(several) > 1:
                said = masked(name, tidy(value))
                return None, self.cells.problem(number, name, "R-LINK-NAMES", value, said)
            read = read_name(value)
            # A post may be written for a cadre: 副镇长(农业) keeps its brackets and is looked up as it stands.
            if read.wrong and name == "representative":
                return None, self.cells.problem(number, name, "R-NAME", value, read.wrong)
            who[name] = tidy(value) if read.wrong or read.note else read.text
            if name == "representative":
                who[name] = read.text
        return who, None

    def _phones(self, number, cells, name):
        phones, warnings = self.cells.phones(number, cells, f"{name}_phone")
        self.parsed.warnings += warnings
        return phones

    def _since(self, number, cells):
        value = self.cells.value(cells, "since")
        if is_nothing(value):
            return None, None
        read = read_birth(value, on=self.on, date_1904=self.book.date_1904)
        if read.on is None or read.precision != DAY:
            self.parsed.warnings.append(self.cells.problem(number, "since", "W-LINK-DAY", value))
            return None, None
        if read.on > self.on:
            return None, self.cells.problem(number, "since", "R-LINK-FUTURE", value)
        return read.on, None
