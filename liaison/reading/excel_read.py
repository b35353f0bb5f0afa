"""Reading an uploaded table: bytes in, sheets of rows out, or one sentence saying why not.

The kind is told by content, never by the file's name. Everything is bounded before a parser sees it.
Cell values: `str`, `float`, `bool`, `date`, `datetime`, `time`; an empty cell is `""`. A number cell stays
a float, so that a caller can tell 430181198501011000 the number (digits lost) from the text.
Hidden rows and columns are read: nobody may lose a neighbour because a row was folded away.
"""

from dataclasses import dataclass, field
from io import BytesIO

from python_calamine import (
    CalamineError,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from liaison.reading import csv_read, excel_guard, excel_ole, file_kind, html_read, xml_2003_read
from liaison.reading.excel_grid import fill_merged
from liaison.reading.excel_limits import LIMITS, MAX_FILE, Budget, check_reach
from liaison.reading.file_refused import FileRefused

__all__ = ["Book", "FileRefused", "Sheet", "read_book"]

ZIP = b"PK"
HEAD_ROWS = 30  # what lies below says nothing of a table's head


@dataclass
class Sheet:
    """One sheet. `rows[0]` is row 1 and starts at column A; rows may differ in length."""

    name: str
    rows: list
    hidden: bool = False
    # (row, column), from zero: an error value, or a formula whose result the file does not hold.
    unread: frozenset = frozenset()
    # ((top, left), (bottom, right)), from zero: the merged cells that begin in the first rows.
    merges: tuple = ()
    picked: bool = False  # hidden, and read because the user chose it


@dataclass
class Book:
    """`kind` is xlsx, xls, ods, csv, html or xml-2003; `date_1904` tells which day zero a bare serial number
    counts from."""

    kind: str
    sheets: list = field(default_factory=list)
    date_1904: bool = False

    @property
    def visible(self):
        """The sheets to read: what is not hidden, and the hidden ones that were picked."""
        return [sheet for sheet in self.sheets if sheet.picked or not sheet.hidden]

    @property
    def hidden_names(self):
        """The hidden sheets that were left out."""
        return [sheet.name for sheet in self.sheets if sheet.hidden and not sheet.picked]

    @property
    def why_empty(self):
        """What a refusal says when nothing was found in the sheets that are read; "" when none is hidden."""
        names = "、".join(self.hidden_names[:5])
        return f"工作表“{names}”是隐藏的，没有读取；要导入请先取消隐藏" if names else ""

    @property
    def all_hidden_names(self):
        """Every hidden sheet, picked or not: what one may choose from."""
        return [sheet.name for sheet in self.sheets if sheet.hidden]


def read_book(data, *, pick_hidden=()):
    """The sheets in `data` (bytes), in order.

    A merged cell's value stands in every row the merge covers (in its leftmost column).

    Args:
        pick_hidden: names of hidden sheets to read too; the others are named, and cost nothing.
    Raises:
        FileRefused: F-FORMAT, F-BROKEN, F-PASSWORD, F-SIZE, F-ROWS, F-EMPTY.
    """
    if len(data) > MAX_FILE:
        raise FileRefused(
            "F-SIZE",
            f"文件有 {len(data) // 1_000_000} MB，上限是 {MAX_FILE // 1_000_000} MB",
        )
    if not data.strip(b"\0 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise FileRefused("F-EMPTY")
    pick_hidden = frozenset(pick_hidden)
    if data.startswith(file_kind.OLE):
        book = _read_ole(data, pick_hidden)
    elif data.startswith(ZIP):
        book = _read_zip(data, pick_hidden)
    else:
        file_kind.refuse_strangers(data)
        book = _read_text(data, pick_hidden)
    _check_heads(book)
    return book


def _check_heads(book):
    """Refuse what would take minutes to look for heads in."""
    rows = (row for sheet in book.visible for row in sheet.rows[:HEAD_ROWS])
    if sum(len(row) - row.count("") for row in rows) > LIMITS.heads:
        raise FileRefused("F-SIZE", "工作表过多、过宽")


def _read_text(data, pick_hidden):
    text = csv_read.decode(data)
    kind = file_kind.kind_of_text(text)
    if kind == "csv":
        return Book("csv", [Sheet("CSV", csv_read.rows_of(text))])
    if kind == "html":
        grids, date_1904 = html_read.read_page(csv_read.decode_page(data, text)), False
    else:
        grids, date_1904 = xml_2003_read.read_workbook(csv_read.decode_page(data, text))
    return Book(kind, [_from_grid(grid, pick_hidden) for grid in grids], date_1904)


def _from_grid(grid, pick_hidden):
    picked = grid.hidden and grid.name in pick_hidden
    if grid.hidden and not picked:
        return Sheet(grid.name, [], hidden=True)
    unread = frozenset(at for at in grid.unread if _is_blank(grid.rows, at))
    return Sheet(grid.name, grid.finish(), grid.hidden, unread, _head_merges(grid.merges), picked)


def _read_zip(data, pick_hidden):
    budget = Budget()
    package = excel_guard.open_package(data, budget, wants=pick_hidden.__contains__)
    return _parse(package, pick_hidden, budget)


def _read_ole(data, pick_hidden):
    budget = Budget()
    return _parse(excel_ole.open_workbook(data, budget), pick_hidden, budget)


def _parse(package, pick_hidden, budget):
    try:
        with CalamineWorkbook.from_filelike(BytesIO(package.repacked)) as workbook:
            package.repacked = b""
            metas = [
                meta for meta in workbook.sheets_metadata if meta.typ == SheetTypeEnum.WorkSheet
            ]
            sheets = [_sheet(workbook, meta, pick_hidden, package, budget) for meta in metas]
    except PasswordError as error:
        raise FileRefused("F-PASSWORD") from error
    except (CalamineError, ValueError, OSError, OverflowError) as error:
        raise FileRefused("F-BROKEN") from error
    except BaseException as error:  # A Rust panic is a BaseException of its own module
        if type(error).__name__ != "PanicException":
            raise
        raise FileRefused("F-BROKEN") from error
    if not sheets:
        raise FileRefused("F-EMPTY", "里面只有图表，没有工作表")
    return Book(package.kind, sheets, package.date_1904)


def _sheet(workbook, meta, pick_hidden, package, budget):
    hidden = meta.visible != SheetVisibleEnum.Visible
    picked = hidden and meta.name in pick_hidden
    if hidden and not picked:
        return Sheet(meta.name, [], hidden=True)
    sheet = workbook.get_sheet_by_name(meta.name)
    check_reach(sheet.total_height, sheet.total_width)
    rows = sheet.to_python(skip_empty_area=False)
    scan = package.scans.get(meta.name)
    unread = frozenset(at for at in scan.suspects if _is_blank(rows, at)) if scan else frozenset()
    ranges = sheet.merged_cell_ranges or ()
    fill_merged(rows, ranges, budget)
    return Sheet(meta.name, rows, hidden, unread, _head_merges(ranges), picked)


def _head_merges(ranges):
    return tuple(each for each in ranges if each[0][0] < HEAD_ROWS)


def _is_blank(rows, at):
    row, column = at
    return row >= len(rows) or column >= len(rows[row]) or rows[row][column] == ""
