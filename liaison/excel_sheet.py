"""One printed sheet of an office: title, reporting unit, what is in it, head, rows, who made it and when.

Only bytes are made here; which rows and columns, says ``excel.Export``.
"""

import datetime as dt
import re
from copy import copy
from decimal import Decimal

from django.utils import timezone
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, NamedStyle, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties

LONGEST_TEXT = 32_767  # What one cell of the format holds
LONGEST_TITLE = 120  # More does not print on one A4 line
_NOT_IN_A_CELL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_NOT_IN_A_SHEET_NAME = re.compile(r"[\[\]:*?/\\]")
_THIN = Side(style="thin", color="FF808080")
_BOX = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_FIRST_EXCEL_DAY = dt.date(1900, 3, 1)  # Before it the format counts a day that never was


def clean_text(value) -> str:
    """A text as a cell can hold it: control characters dropped, the rest letter by letter as it is."""
    return _NOT_IN_A_CELL.sub("", str(value)).replace("\r\n", "\n")[:LONGEST_TEXT]


def sheet_name(text: str) -> str:
    """A legal name of a sheet: at most 31 characters, none of ``[ ] : * ? / \\``, no quote at its ends."""
    name = _NOT_IN_A_SHEET_NAME.sub(" ", clean_text(text)).strip().strip("'")[:31].strip(" '")
    return "Sheet" if not name or name.lower() == "history" else name


def _style(name, *, font="宋体", size=10, bold=False, across="left", box=True, shape="@"):
    return NamedStyle(
        name=name,
        font=Font(name=font, size=size, bold=bold),
        alignment=Alignment(horizontal=across, vertical="center", wrap_text=True),
        border=_BOX if box else Border(),
        number_format=shape,
    )


def _styles():
    return [
        _style("标题行", font="黑体", size=16, across="center", box=False),
        _style("说明行", font="仿宋_GB2312", size=11, box=False),
        _style("表头", font="黑体", across="center"),
        _style("文本"),
        _style("居中文本", across="center"),
        _style("日期", across="center", shape="yyyy-mm-dd"),
        _style("时刻", across="center", shape="yyyy-mm-dd hh:mm"),
        _style("数字", across="right", shape="General"),
        _style("小数", across="right", shape="0.0"),
        _style("合计小数", bold=True, across="right", shape="0.0"),
        _style("合计文本", bold=True, across="center"),
        _style("合计数字", bold=True, across="right", shape="General"),
    ]


class Sheet:
    """A workbook of one sheet, written row by row so that memory does not grow with the rows.

    Args:
        columns: Column objects, in order; a ``group`` above neighbours makes a second head row.
        above: lines between the title and the head (填报单位, 期间, 查询条件).
    """

    def __init__(self, *, title, columns, above):
        self.columns = columns
        self.book = Workbook(write_only=True)
        self.sheet = self.book.create_sheet(sheet_name(title))
        self._styles = self._named_styles()
        self._row = 0
        self._lay_out(len(above))
        self._line(clean_text(title)[:LONGEST_TITLE], "标题行")
        for line in above:
            self._line(line, "说明行")
        self._head()

    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace):
        """A row that cannot be written must not leave its half file in the temporary folder."""
        if error is not None and not self.sheet.closed:
            self.sheet.close()
            self.sheet._writer.cleanup()

    def _named_styles(self):
        """{name: style array}: named once in the book, then only copied into cells."""
        arrays = {}
        for style in _styles():
            self.book.add_named_style(style)
            cell = WriteOnlyCell(self.sheet)
            cell.style = style.name
            arrays[style.name] = cell._style
        return arrays

    @property
    def _two_heads(self):
        return any(column.group for column in self.columns)

    def _lay_out(self, lines_above):
        sheet = self.sheet
        first = lines_above + 2
        last = first + self._two_heads
        for number, column in enumerate(self.columns, 1):
            sheet.column_dimensions[get_column_letter(number)].width = column.width
        sheet.row_dimensions[1].height = 32
        sheet.freeze_panes = f"A{last + 1}"
        sheet.print_title_rows = f"{first}:{last}"
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        setup, margins = sheet.page_setup, sheet.page_margins
        setup.orientation, setup.paperSize = "landscape", 9  # A4
        setup.fitToWidth, setup.fitToHeight = 1, 0  # As many pages down as it takes
        margins.left = margins.right = 0.5
        margins.top, margins.bottom = 0.7, 0.7
        sheet.print_options.horizontalCentered = True
        sheet.oddFooter.center.text = "— &P —"

    def _append(self, cells):
        self._row += 1
        self.sheet.append(cells)

    def _line(self, text, style):
        """One text over the whole width."""
        self._append([self._cell(text, style)])
        if len(self.columns) > 1:
            self._merge(1, self._row, len(self.columns), self._row)

    def _merge(self, left, top, right, bottom):
        self.sheet.merged_cells.add(
            f"{get_column_letter(left)}{top}:{get_column_letter(right)}{bottom}"
        )

    def _head(self):
        top = self._row + 1
        if self._two_heads:
            self._append([self._cell(c.group or c.head, "表头") for c in self.columns])
            self._merge_groups(top)
        self._append([self._cell(column.head, "表头") for column in self.columns])

    def _merge_groups(self, top):
        start = 1
        for number, column in enumerate(self.columns, 1):
            if not column.group:
                self._merge(number, top, number, top + 1)
            ends = number == len(self.columns) or self.columns[number].group != column.group
            if ends:
                if column.group and number > start:
                    self._merge(start, top, number, top)
                start = number + 1

    def rows(self, rows, total=None) -> int:
        """Write the rows, then ``total`` in bold when there is one; returns how many without it."""
        count = 0
        for count, row in enumerate(rows, 1):  # noqa: B007 - the last one is the answer
            self._append([self._value(column, column.of(row)) for column in self.columns])
        if total is not None:
            self._append([self._value(c, c.of(total), total=True) for c in self.columns])
        return count

    def end(self, lines, stream) -> None:
        """Write the lines below the rows and the whole file."""
        for line in lines:
            self._line(line, "说明行")
        self.book.save(stream)

    def _value(self, column, value, total=False):
        """One cell: text stays text whatever it begins with, dates are dates, numbers numbers."""
        if value is None or value == "":
            return self._cell("", "合计文本" if total else "文本")
        if column.kind == "number" and isinstance(value, int | float | Decimal):
            shape = "小数" if isinstance(value, Decimal) else "数字"
            return self._cell(value, f"合计{shape}" if total else shape)
        if column.kind == "date" and isinstance(value, dt.date):
            return self._date(value)
        plain = "居中文本" if column.kind == "number" else "文本"
        return self._cell(value, "合计文本" if total else plain)

    def _date(self, value):
        moment = isinstance(value, dt.datetime)
        if moment and timezone.is_aware(value):
            value = timezone.make_naive(value)  # The format knows no time zones
        if (value.date() if moment else value) < _FIRST_EXCEL_DAY:
            return self._cell(value.isoformat()[:10], "居中文本")
        return self._cell(value, "时刻" if moment else "日期")

    def _cell(self, value, style):
        cell = WriteOnlyCell(self.sheet)
        cell._style = copy(self._styles[style])
        if isinstance(value, int | float | Decimal | dt.date) and not isinstance(value, bool):
            cell.value = value
            return cell
        # Set past openpyxl's own reading, which would take «=1+1» for a formula and «#N/A» for an error.
        cell._value, cell.data_type = clean_text(value), "s"
        return cell
