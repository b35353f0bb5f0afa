"""XML Spreadsheet 2003 (XML 表格 2003): what Excel 2003 and many web systems write as .xml or .xls."""

import datetime as dt
from xml.parsers import expat

from liaison.reading.excel_grid import Grid, refuse_no_sheet
from liaison.reading.excel_limits import LIMITS, Budget
from liaison.reading.excel_scan import parse_xml
from liaison.reading.file_refused import FileRefused


def read_workbook(text):
    """(Grids in order, whether dates count from 1904). Raises FileRefused."""
    if text.count("<") > LIMITS.slow_tags:
        raise FileRefused("F-SIZE", "单元格太多，多为只有边框的空行")
    book = _Workbook()
    try:
        parse_xml(text, book.start, book.characters, book.end)
    except (expat.ExpatError, ValueError) as error:
        raise FileRefused("F-BROKEN") from error
    refuse_no_sheet(book.grids)
    return book.grids, book.date_1904


def _plain_name(name):
    return name.rpartition(":")[2]


class _Workbook:
    def __init__(self):
        self.budget = Budget()
        self.grids, self.date_1904 = [], False
        self.row = self.column = -1
        self.skip_rows = 0
        self.kind = self.has_data = self.text = self.formula = None
        self.down = self.across = 0
        self.inside = ""

    def start(self, name, attrs):
        attrs = {_plain_name(key): value for key, value in attrs.items()}
        begin = getattr(self, f"_start_{_plain_name(name).lower()}", None)
        if begin:
            begin(attrs)

    def end(self, name):
        tag = _plain_name(name)
        if tag == "Cell":
            self._end_cell()
        elif tag in ("Visible", "Date1904"):
            self._option(tag)
        elif tag == "Data":
            self.inside = ""

    def characters(self, data):
        if self.inside:
            self.text.append(data)

    def _start_worksheet(self, attrs):
        if len(self.grids) >= LIMITS.sheets:
            raise FileRefused("F-SIZE", "工作表过多")
        self.grids.append(Grid(attrs.get("Name", ""), self.budget))
        self.grids[-1].hidden = False
        self.row = -1

    def _start_table(self, attrs):
        self.row = -1

    def _start_row(self, attrs):
        self.row = int(attrs["Index"]) - 1 if "Index" in attrs else self.row + 1
        if self.row < 0:
            raise FileRefused("F-BROKEN")
        self.column = -1
        self.across = 0

    def _start_cell(self, attrs):
        step = self.across + 1
        self.column = int(attrs["Index"]) - 1 if "Index" in attrs else self.column + step
        self.across, self.down = int(attrs.get("MergeAcross", 0)), int(attrs.get("MergeDown", 0))
        if min(self.column, self.across, self.down) < 0:
            raise FileRefused("F-BROKEN")
        self.formula, self.kind, self.text = attrs.get("Formula"), None, []

    def _start_data(self, attrs):
        self.kind, self.inside, self.text = attrs.get("Type", "String"), "Data", []

    def _start_visible(self, attrs):
        self.inside, self.text = "Visible", []

    def _start_date1904(self, attrs):
        self.date_1904 = True

    def _option(self, tag):
        if tag == "Visible" and self.grids:
            self.grids[-1].hidden = "".join(self.text).strip() in ("SheetHidden", "SheetVeryHidden")
        self.inside = ""

    def _end_cell(self):
        if not self.grids or self.row < 0:
            raise FileRefused("F-BROKEN")
        grid, value = self.grids[-1], _value("".join(self.text), self.kind)
        if value == "" and (self.formula or self.kind == "Error"):
            self.budget.spend(1)
            grid.unread.add((self.row, self.column))
        grid.put(self.row, self.column, value, down=self.down, across=self.across)


def _value(text, kind):
    """A cell's value; what does not keep to its own type stays text."""
    if kind is None or kind == "Error":
        return ""
    try:
        if kind == "Number":
            return float(text)
        if kind == "Boolean":
            return text.strip() == "1"
        if kind == "DateTime":
            moment = dt.datetime.fromisoformat(text.strip())
            return moment if moment.time() != dt.time() else moment.date()
    except ValueError:
        return text
    return text
