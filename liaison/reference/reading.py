"""An uploaded file of a reference table: bytes in, rows of text by their heads out, or one sentence why not."""

import re
from dataclasses import dataclass

import tablib
from openpyxl.utils import get_column_letter

from liaison.errors import NotAllowed
from liaison.imports.tables import HEADER_WITHIN, header_word
from liaison.imports.text import cell_text, tidy
from liaison.reading.excel_read import read_book

MOST_ROWS = 2000
# The last line of our own sheets (liaison/excel.py).
SIGNATURE = re.compile(r"制表人：.*制表时间：.*共\d+条")


@dataclass(frozen=True)
class Row:
    """One row: its number on the screen, {head: text}, and heads of cells whose value the file does not hold."""

    number: int
    cells: dict
    unread: tuple = ()


@dataclass(frozen=True)
class Rows:
    """The table found in a file. ``columns`` is head -> letter; ``ignored`` heads nobody keeps."""

    sheet: str
    columns: dict
    rows: tuple
    ignored: tuple = ()

    def dataset(self) -> tablib.Dataset:
        """What django-import-export takes."""
        heads = list(self.columns)
        dataset = tablib.Dataset(headers=heads)
        for row in self.rows:
            dataset.append([row.cells[head] for head in heads])
        return dataset

    def as_json(self) -> dict:
        """For carrying between preview and confirmation."""
        return {
            "sheet": self.sheet,
            "columns": self.columns,
            "ignored": list(self.ignored),
            "rows": [[row.number, list(row.cells.values()), list(row.unread)] for row in self.rows],
        }

    @classmethod
    def from_json(cls, said) -> "Rows":
        """The opposite of as_json()."""
        heads = list(said["columns"])
        rows = [
            Row(number, dict(zip(heads, cells, strict=True)), tuple(unread))
            for number, cells, unread in said["rows"]
        ]
        return cls(said["sheet"], said["columns"], tuple(rows), tuple(said["ignored"]))


def read_rows(data: bytes, *, title: str, heads: list[str], required: list[str]) -> Rows:
    """The one table of these heads in a file.

    Raises:
        FileRefused: no table can be read at all. NotAllowed: a table, but not this one, or too long.
    """
    ours = {header_word(head): head for head in heads}  # a head of ours may have brackets, too
    for sheet in read_book(data).visible:
        for index, cells in enumerate(sheet.rows[:HEADER_WITHIN]):
            words = [ours.get(word := header_word(cell), word) for cell in cells]
            if all(head in words for head in required):
                return _table(sheet, index, words, heads)
    raise NotAllowed(
        f"没有找到“{title}”的表头：前{HEADER_WITHIN}行内应有“{'”“'.join(required)}”。"
        "请先在本页导出，在导出的文件上修改后再上传。"
    )


def _table(sheet, index, words, heads):
    twice = next((head for head in heads if words.count(head) > 1), "")
    if twice:
        raise NotAllowed(f"表头“{twice}”出现了两次，请只保留一列后再上传。")
    columns = {head: words.index(head) for head in heads if head in words}
    below = sheet.rows[index + 1 :]
    last = max((row for row, _ in sheet.unread), default=0)  # a row may hold nothing but a formula
    below += [[]] * (last - index - len(below))
    rows = [
        row
        for number, cells in enumerate(below, start=index + 1)
        if (row := _row(sheet, number, cells, columns))
    ]
    if len(rows) > MOST_ROWS:
        raise NotAllowed(f"文件有{len(rows)}行，一次最多{MOST_ROWS}行，请分成几个文件上传。")
    if not rows:
        raise NotAllowed("表头下面没有数据，请填好内容后再上传。")
    ignored = tuple(
        dict.fromkeys(word for word in words if word not in heads and word not in ("", "序号"))
    )
    letters = {head: get_column_letter(column + 1) for head, column in columns.items()}
    return Rows(sheet.name, letters, tuple(rows), ignored)


def _row(sheet, index, cells, columns):
    """A Row, or None for a blank line and our own last line."""
    texts = {
        head: tidy(cell_text(cells[column])) if column < len(cells) else ""
        for head, column in columns.items()
    }
    unread = tuple(head for head, column in columns.items() if (index, column) in sheet.unread)
    filled = [tidy(cell_text(cell)) for cell in cells if tidy(cell_text(cell))]
    if not unread and (not any(texts.values()) or _is_signature(filled)):
        return None
    return Row(index + 1, texts, unread)


def _is_signature(filled):
    return len(filled) == 1 and SIGNATURE.fullmatch(filled[0]) is not None
