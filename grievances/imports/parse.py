"""A file -> matters, refused rows and warnings. Reads no database."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field

from liaison.imports.tables import INSTRUCTIONS, find_table
from liaison.imports.text import tidy
from liaison.reading.file_refused import FileRefused

from .reading import RowReader
from .words import CLOSED_TITLE, VOCABULARY


@dataclass
class ParsedLedger:
    """What a file says. Every warning belongs to a matter that is taken."""

    matters: list = field(default_factory=list)
    refused: list = field(default_factory=list)
    warnings: list = field(default_factory=list)
    tables: list = field(default_factory=list)
    hidden_sheets: list = field(default_factory=list)
    unread_sheets: list = field(default_factory=list)
    data_rows: int = 0
    rows: dict = field(default_factory=dict)  # (sheet, row) -> Row, of taken matters

    def warn(self, matter, name, code, detail=""):
        """A warning that only shows beside other rows, or beside what is stored."""
        row = self.rows[matter.sheet, matter.row]
        self.warnings.append(row.warn(name, code, detail))

    def refuse(self, matter, name, code, detail=""):
        """Take a matter out again; its warnings go with it."""
        at = matter.sheet, matter.row
        self.matters.remove(matter)
        self.warnings = [each for each in self.warnings if (each.sheet, each.row) != at]
        self.refused.append(self.rows.pop(at).warn(name, code, detail))

    def in_order(self):
        """Put the problems into the order of the file."""
        order = {table.sheet.name: position for position, table in enumerate(self.tables)}
        for problems in (self.refused, self.warnings):
            problems.sort(key=lambda each: (order[each.sheet], each.row))


def parse_ledger(book, *, lists, places, on, layouts=None) -> ParsedLedger:
    """Read a Book.

    Raises:
        FileRefused: F-HEADER, no sheet has a ledger's header; F-EMPTY, a header and nothing under it.
    """
    ledger = ParsedLedger(hidden_sheets=book.hidden_names)
    for sheet in book.visible:
        table = find_table(sheet, VOCABULARY, layouts)
        if table:
            ledger.tables.append(table)
        elif sheet.name != INSTRUCTIONS and any(tidy(cell) for row in sheet.rows for cell in row):
            ledger.unread_sheets.append(sheet.name)
    if not ledger.tables:
        raise FileRefused("F-HEADER" if ledger.unread_sheets else "F-EMPTY")
    for table in ledger.tables:
        _read_table(ledger, table, book, lists, places, on)
    if not ledger.data_rows:
        raise FileRefused("F-EMPTY", "表头下面没有诉求")
    _repeats(ledger)
    _numbers(ledger)
    ledger.in_order()
    return ledger


def _read_table(ledger, table, book, lists, places, on):
    silent = not {"done", "settled"} & table.columns.keys()
    reader = RowReader(
        table,
        lists=lists,
        places=places,
        on=on,
        date_1904=book.date_1904,
        closed_by_title=silent and bool(CLOSED_TITLE.search(table.title())),
    )
    for number, cells, is_entry in table.entries():
        if not is_entry:
            continue
        ledger.data_rows += 1
        row = reader.row(number, cells)
        if book.kind == "csv" and table.overflows(cells):
            ledger.refused.append(row.warn("content", "R-COLS", value=""))
            continue
        matter = reader.read(row)
        if matter is None:
            ledger.refused.append(row.problems[-1])
            continue
        ledger.matters.append(matter)
        ledger.warnings += row.problems
        ledger.rows[matter.sheet, matter.row] = row


def _repeats(ledger):
    """The same person on the same day on the same matter: told, not merged."""
    alike = defaultdict(list)
    for matter in ledger.matters:
        if not matter.nobody:
            alike[matter.content_key].append(matter)
    for matters in alike.values():
        for matter in matters if len(matters) > 1 else ():
            other = matters[0] if matter is not matters[0] else matters[1]
            ledger.warn(matter, "content", "W-REPEAT", f"第{other.row}行")


def _numbers(ledger):
    """One number on two rows."""
    counts = Counter(matter.number for matter in ledger.matters)
    first = {}
    for matter in ledger.matters:
        if matter.number and counts[matter.number] > 1:
            earlier = first.setdefault(matter.number, matter)
            if earlier is not matter:
                ledger.warn(matter, "number", "W-NUMBER", f"第{earlier.row}行")
