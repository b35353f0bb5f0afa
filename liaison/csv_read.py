"""Text tables: comma, tab or semicolon; UTF-8 (with or without BOM), GB18030 or UTF-16."""

import codecs
import csv
import re
from io import StringIO

from liaison.excel_guard import MAX_ROWS, FileRefused

BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# ="430181..." is how people keep a number as text in CSV.
KEPT_AS_TEXT = re.compile(r'="(.*)"', re.DOTALL)
HTML = re.compile(r"<\s*(html|table|!doctype|meta|head|body)\b", re.IGNORECASE)
MAX_CELL = 131_072
# A quote that is never closed swallows the lines after it; no honest cell is this tall.
MAX_LINES_IN_CELL = 60


def read_rows(data):
    """Rows of text cells from `data` (bytes).

    Raises FileRefused: F-FORMAT (a web page or no text), F-BROKEN (quotes do not pair), F-ROWS.
    """
    text = decode(data)
    if HTML.search(text[:2000]):
        raise FileRefused("F-FORMAT", "这个文件其实是网页格式")
    csv.field_size_limit(MAX_CELL)
    rows = []
    try:
        for row in csv.reader(StringIO(text, newline=""), delimiter=_delimiter(text)):
            rows.append([_cell(value, len(rows) + 1) for value in row])
            if len(rows) > MAX_ROWS:
                raise FileRefused("F-ROWS")
    except csv.Error as error:
        raise FileRefused("F-BROKEN", f"第 {len(rows) + 1} 行读不下去，引号可能不配对") from error
    return rows


def decode(data):
    """Text of `data`, by byte order mark, else by what decodes; F-FORMAT when it is no text."""
    for encoding in _candidates(data):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if _looks_like_text(text):
            return text
    raise FileRefused("F-FORMAT")


def _candidates(data):
    for bom, encoding in BOMS:
        if data.startswith(bom):
            return (encoding,)
    head = data[:4000]
    if head.count(0) > len(head) // 5:  # UTF-16 without a mark: every ASCII letter brings a zero
        return (
            ("utf-16-le", "utf-16-be")
            if head[1::2].count(0) > head[::2].count(0)
            else ("utf-16-be", "utf-16-le")
        )
    return ("utf-8", "gb18030")


def _looks_like_text(text):
    head = text[:20_000]
    odd = sum(1 for char in head if char < " " and char not in "\t\r\n\v\f")
    return odd <= max(4, len(head) // 100)


def _delimiter(text):
    """The separator met most often in the first twenty lines."""
    lines = "\n".join(text.splitlines()[:20])
    return max((",", "\t", ";"), key=lines.count)


def _cell(value, row):
    if value.count("\n") > MAX_LINES_IN_CELL:
        raise FileRefused("F-BROKEN", f"第 {row} 行的引号不配对，后面的行被吞掉了")
    kept = KEPT_AS_TEXT.fullmatch(value.strip())
    return kept[1] if kept else value.rstrip("\t")
