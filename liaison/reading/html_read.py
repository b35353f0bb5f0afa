"""Web pages saved as .xls: each table of the page is a sheet.

What systems hand out as "Excel" is often a page. `html.parser` reads it as leniently as a browser would; it is
fed in small pieces, because a construct that is never closed makes it start over at each piece.
"""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

from liaison.reading.excel_grid import Grid, refuse_no_sheet
from liaison.reading.excel_limits import LIMITS, Budget
from liaison.reading.file_refused import FileRefused

MAX_TAGS = 4_000_000
PIECE = 1 << 16  # characters
UNCLOSED = 1 << 20  # characters one construct (a comment, the styles) may be long
MAX_ACROSS, MAX_DOWN = 1_000, 65_534  # what a page may say, as in the standard
NEST = 20  # tables within tables
BLANKS = re.compile(r"[ \t\r\n\f]+")
BLOCKS = ("p", "div", "li")
SILENT = ("style", "script", "title", "noscript")


def read_page(text):
    """The tables of a page as Grids, in order; a table that only frames others is left out.

    Raises FileRefused F-FORMAT (no table), F-BROKEN, F-SIZE or F-ROWS.
    """
    if text.count("<") > MAX_TAGS:
        raise FileRefused("F-SIZE", "网页里的标记过多")
    page = _Page()
    try:
        for start in range(0, len(text), PIECE):
            page.feed(text[start : start + PIECE])
            if len(page.rawdata) > UNCLOSED + PIECE:
                raise FileRefused("F-BROKEN", "网页里有没有收尾的标记")
        if len(page.rawdata) > PIECE:
            raise FileRefused("F-BROKEN", "网页里有没有收尾的标记")
        page.close()
    except (AssertionError, ValueError, NotImplementedError) as error:
        raise FileRefused("F-BROKEN") from error
    return page.sheets()


@dataclass
class _Table:
    """A table being read. `spans` maps column -> rows still covered from above."""

    grid: Grid
    row: int = -1
    column: int = 0
    spans: dict = field(default_factory=dict)
    cell: list | None = None  # pieces of text; None between cells
    at: tuple = ()
    number: str | None = None
    holds_tables: bool = False


class _Page(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.budget = Budget()
        self.open, self.done, self.silent = [], [], 0
        self.frames = False

    def sheets(self):
        """What was found, unfinished tables included: the rest of a page may be missing."""
        while self.open:
            self._end_table()
        grids = [each.grid for each in self.done if each.grid.rows and not each.holds_tables]
        if not grids:
            why = "这个网页只是外壳，表格在别的文件里" if self.frames else "这是网页，里面没有表格"
            raise FileRefused("F-FORMAT", why)
        for number, grid in enumerate(grids, 1):
            grid.name = f"表{number}" if len(grids) > 1 else "网页"
        refuse_no_sheet(grids)
        return grids

    @property
    def table(self):
        return self.open[-1] if self.open else None

    def handle_starttag(self, tag, attrs):
        table = self.table
        if tag in SILENT:
            self.silent += 1
        elif tag in ("frameset", "frame", "iframe"):
            self.frames = True
        elif tag == "table":
            self._start_table()
        elif table is None:
            return
        elif tag == "tr":
            self._start_row()
        elif tag in ("td", "th"):
            self._start_cell(dict(attrs))
        elif table.cell is not None and (tag == "br" or (table.cell and tag in BLOCKS)):
            table.cell.append("\n")

    def handle_endtag(self, tag):
        table = self.table
        if tag in SILENT:
            self.silent = max(self.silent - 1, 0)
        elif table is None:
            return
        elif tag in ("td", "th", "tr"):
            self._end_cell()
        elif tag == "table":
            self._end_table()

    def handle_data(self, data):
        table = self.table
        if table is not None and table.cell is not None and not self.silent:
            table.cell.append(BLANKS.sub(" ", data))

    def _start_table(self):
        if len(self.open) >= NEST:
            raise FileRefused("F-BROKEN", "表格套得过深")
        if self.table:
            self.table.holds_tables = True
        if len(self.done) + len(self.open) >= LIMITS.sheets:
            raise FileRefused("F-SIZE", "网页里的表格过多")
        self.open.append(_Table(Grid("", self.budget)))

    def _end_table(self):
        self._end_cell()
        self.done.append(self.open.pop())

    def _start_row(self):
        self._end_cell()
        table = self.table
        if table.row >= 0:
            self.budget.spend(len(table.spans))
            table.spans = {c: rows - 1 for c, rows in table.spans.items() if rows > 1}
        table.row += 1
        table.column = 0

    def _start_cell(self, attrs):
        if self.table.row < 0:
            self._start_row()
        self._end_cell()
        table = self.table
        while table.column in table.spans:
            table.column += 1
        table.at = (
            table.column,
            _count(attrs.get("rowspan"), MAX_DOWN),
            _count(attrs.get("colspan"), MAX_ACROSS),
        )
        table.cell = []
        table.number = (attrs["x:num"] or "") if "x:num" in attrs else None

    def _end_cell(self):
        table = self.table
        if table.cell is None:
            return
        text = "".join(table.cell)
        text = "\n".join(line.strip(" ") for line in text.split("\n")).strip("\n")
        column, down, across = table.at
        value = _value(text, table.number)
        table.cell = None
        table.grid.put(table.row, column, value, down=down - 1, across=across - 1)
        if down > 1:
            self.budget.spend(across)
            table.spans |= dict.fromkeys(range(column, column + across), down)
        table.column = column + across


def _value(text, number):
    """A cell Excel marked as a number (x:num) is one; everything else stays the text it shows."""
    if number is None:
        return text
    try:
        return float(number or text)
    except ValueError:
        return text


def _count(said, most):
    """A span as browsers read it: at least 1."""
    said = (said or "").strip()
    return (
        min(max(int(said), 1), most) if said.isascii() and said.isdigit() and len(said) < 9 else 1
    )
