"""The look over an .ods before the parser: there one cell or row may stand for a million by a repeat count.

Tags are known by their written names, because that is how the parser knows them.
"""

from liaison.reading.excel_limits import LIMITS, check_reach
from liaison.reading.excel_scan import parse_xml
from liaison.reading.file_refused import FileRefused

CELLS = ("table:table-cell", "table:covered-table-cell")


class _Walk:
    def __init__(self, budget):
        self.budget = budget
        self.row = self.row_repeat = self.last_row = self.column = self.columns = 0
        self.cell_text = self.row_text = self.repeat = 0
        self.in_cell = False

    def start(self, name, attrs):
        if name in CELLS:
            self.repeat = _repeat(attrs, "columns")
            self.column += self.repeat
            self.in_cell, self.cell_text = True, 0
            if "office:value-type" in attrs:
                self.columns = max(self.columns, self.column)
                self.cell_text += len(attrs.get("office:string-value", ""))
                self.last_row = self.row + self.row_repeat
                check_reach(self.last_row, self.columns)
        elif name == "table:table-row":
            self.row += self.row_repeat
            self.row_repeat, self.column, self.row_text = _repeat(attrs, "rows"), 0, 0
        elif name == "table:table":
            self.row = self.row_repeat = self.last_row = self.columns = 0

    def characters(self, data):
        if self.in_cell:
            self.cell_text += len(data)

    def end(self, name):
        if name in CELLS:
            self.in_cell = False
            self.row_text += self.cell_text * min(self.repeat, LIMITS.columns)
        elif name == "table:table-row":
            if self.row_text:
                self.budget.read(self.row_text * self.row_repeat)
        elif name == "table:table":
            self.budget.spend(self.last_row * self.columns)


def scan_ods(xml, budget):
    """Scan content.xml (bytes). Raises FileRefused F-ROWS, F-SIZE or F-BROKEN."""
    if xml.count(b"<") > LIMITS.slow_tags:
        raise FileRefused("F-SIZE", "单元格太多，多为只有边框的空行")
    walk = _Walk(budget)
    parse_xml(xml, walk.start, walk.characters, walk.end)


def _repeat(attrs, what):
    count = int(attrs.get(f"table:number-{what}-repeated", 1))
    if count < 0:
        raise FileRefused("F-BROKEN")
    return count
