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

from liaison import csv_read, excel_guard
from liaison.excel_guard import MAX_AREA, MAX_FILE, MAX_ROWS, FileRefused

__all__ = ["Book", "FileRefused", "Sheet", "read_book"]

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = b"PK"
# First bytes of what offices upload by mistake -> what to call it.
STRANGERS = (
    (b"\x89PNG", "图片"),
    (b"\xff\xd8\xff", "图片"),
    (b"GIF8", "图片"),
    (b"BM", "图片"),
    (b"%PDF", "PDF 文件"),
    (b"Rar!", "压缩包"),
    (b"7z\xbc\xaf", "压缩包"),
    (b"\x1f\x8b", "压缩包"),
    (b"{\\rtf", "文字文档"),
)


@dataclass
class Sheet:
    """One sheet. `rows[0]` is row 1 and starts at column A; rows may differ in length."""

    name: str
    rows: list
    hidden: bool = False
    # (row, column), from zero: an error value, or a formula whose result the file does not hold.
    unread: frozenset = frozenset()


@dataclass
class Book:
    """`kind` is xlsx, xls, ods or csv; `date_1904` tells which day zero a bare serial number counts from."""

    kind: str
    sheets: list = field(default_factory=list)
    date_1904: bool = False

    @property
    def visible(self):
        return [sheet for sheet in self.sheets if not sheet.hidden]

    @property
    def hidden_names(self):
        return [sheet.name for sheet in self.sheets if sheet.hidden]


def read_book(data, *, pick_hidden=()):
    """The sheets in `data` (bytes), in order; hidden ones are named but empty unless listed in `pick_hidden`.

    A merged cell's value stands in every row the merge covers (in its leftmost column).
    Raises FileRefused: F-FORMAT, F-BROKEN, F-PASSWORD, F-SIZE, F-ROWS, F-EMPTY.
    """
    if len(data) > MAX_FILE:
        raise FileRefused(
            "F-SIZE",
            f"文件有 {len(data) // 1_000_000} MB，上限是 {MAX_FILE // 1_000_000} MB",
        )
    if not data.strip(b"\0 \t\r\n"):
        raise FileRefused("F-EMPTY")
    if data.startswith(OLE):
        return _read_ole(data, pick_hidden)
    if data.startswith(ZIP):
        return _read_zip(data, pick_hidden)
    for start, what in STRANGERS:
        if data.startswith(start):
            raise FileRefused("F-FORMAT", f"这是{what}，不是电子表格")
    rows = csv_read.read_rows(data)
    return Book("csv", [Sheet("CSV", rows)])


def _read_zip(data, pick_hidden):
    package = excel_guard.open_package(data)
    book = _parse(package.kind, package.repacked, pick_hidden, package.scans)
    book.date_1904 = package.date_1904
    return book


def _read_ole(data, pick_hidden):
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise FileRefused("F-PASSWORD")
    if "WordDocument".encode("utf-16-le") in data:
        raise FileRefused("F-FORMAT", "这是文字文档，不是电子表格")
    return _parse("xls", data, pick_hidden, {})


def _parse(kind, data, pick_hidden, scans):
    try:
        with CalamineWorkbook.from_filelike(BytesIO(data)) as workbook:
            metas = [
                meta for meta in workbook.sheets_metadata if meta.typ == SheetTypeEnum.WorkSheet
            ]
            return Book(kind, [_sheet(workbook, meta, pick_hidden, scans) for meta in metas])
    except PasswordError as error:
        raise FileRefused("F-PASSWORD") from error
    except (CalamineError, ValueError, OSError) as error:
        raise FileRefused("F-BROKEN") from error
    except BaseException as error:  # A Rust panic is a BaseException of its own module
        if type(error).__name__ != "PanicException":
            raise
        raise FileRefused("F-BROKEN") from error


def _sheet(workbook, meta, pick_hidden, scans):
    hidden = meta.visible != SheetVisibleEnum.Visible
    if hidden and meta.name not in pick_hidden:
        return Sheet(meta.name, [], hidden=True)
    sheet = workbook.get_sheet_by_name(meta.name)
    if sheet.total_height > MAX_ROWS:
        raise FileRefused("F-ROWS", f"工作表“{meta.name}”有 {sheet.total_height} 行")
    if sheet.total_height * sheet.total_width > MAX_AREA:
        raise FileRefused("F-SIZE", f"工作表“{meta.name}”的范围过大")
    rows = sheet.to_python(skip_empty_area=False)
    scan = scans.get(meta.name)
    unread = frozenset(at for at in scan.suspects if _is_blank(rows, at)) if scan else frozenset()
    _fill_merged(rows, sheet.merged_cell_ranges or ())
    return Sheet(meta.name, rows, unread=unread)


def _is_blank(rows, at):
    row, column = at
    return row >= len(rows) or column >= len(rows[row]) or rows[row][column] == ""


def _fill_merged(rows, ranges):
    """Write each merge's value into the rows below it; only within the rows that hold data."""
    budget = MAX_AREA
    for (top, left), (bottom, _right) in ranges:
        if top >= len(rows) or left >= len(rows[top]) or rows[top][left] == "":
            continue
        last = min(bottom, len(rows) - 1)
        budget -= last - top
        if budget < 0:
            raise FileRefused("F-SIZE", "合并单元格过多")
        value = rows[top][left]
        for row in range(top + 1, last + 1):
            rows[row][left] = value
