"""Text tables: comma, tab or semicolon; UTF-8 (with or without BOM), GB18030 or UTF-16."""

import codecs
import csv
import re
from io import StringIO

from liaison.reading.excel_limits import LIMITS, Budget
from liaison.reading.file_kind import kind_of_text
from liaison.reading.file_refused import FileRefused

BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# ="430181..." is how people keep a number as text in CSV.
KEPT_AS_TEXT = re.compile(r'="(.*)"', re.DOTALL)
# What a page says of its own encoding, in the ASCII around it.
CHARSET = re.compile(rb"(?:charset|encoding)\s*=\s*[\"']?\s*([\w-]{2,20})", re.IGNORECASE)
CHINESE = ("gb2312", "gbk", "gb18030", "x-gbk", "cp936", "chinese")
THREE_BYTES = re.compile(rb"([\xe2-\xef][\x80-\xbf]{2}){2}")
GUESSED = ("utf-8", "gb18030", "utf-16-le", "utf-16-be")
MAX_CELL = 131_072
# A quote that is never closed swallows the lines after it; no honest cell is this tall.
MAX_LINES_IN_CELL = 60


def read_rows(data):
    """Rows of text cells from `data` (bytes).

    Raises FileRefused: F-FORMAT (a web page or no text), F-BROKEN (quotes do not pair), F-ROWS, F-SIZE.
    """
    text = decode(data)
    if kind_of_text(text) != "csv":
        raise FileRefused("F-FORMAT", "这个文件其实是网页格式")
    return rows_of(text)


def rows_of(text):
    """The same for text that is decoded already."""
    csv.field_size_limit(MAX_CELL)
    rows, budget = [], Budget()
    try:
        for row in csv.reader(StringIO(text, newline=""), delimiter=_delimiter(text)):
            budget.spend(len(row))
            rows.append([_cell(value, len(rows) + 1) for value in row])
            if len(rows) > LIMITS.rows:
                raise FileRefused("F-ROWS")
    except csv.Error as error:
        raise FileRefused("F-BROKEN", f"第 {len(rows) + 1} 行读不下去，引号可能不配对") from error
    return rows


def decode_page(data, text):
    """The text of a page that may name its own encoding; `text` is what `decode` made of it."""
    said = CHARSET.search(data[:4000])
    if said and said[1].decode().lower() in CHINESE and not data.startswith(codecs.BOM_UTF8):
        return data.decode("gb18030", "replace")
    return text


def decode(data):
    """Text of `data` (bytes), by byte order mark, else by what decodes.

    Raises FileRefused: F-FORMAT when it is no text, F-BROKEN when its encoding is at fault.
    """
    candidates = _candidates(data)
    for encoding in candidates:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError as error:
            if encoding not in GUESSED:
                raise FileRefused("F-BROKEN", "文字编码有错，可能没有传完") from error
            if encoding == "utf-8" and _has_utf_8_lines(data):
                raise FileRefused(
                    "F-BROKEN", "文字编码前后不一，有的行是 UTF-8，有的不是"
                ) from error
            continue
        if _looks_like_text(text):
            return text
    raise FileRefused("F-FORMAT")


def _has_utf_8_lines(data):
    """True when some line of a file that is no UTF-8 as a whole is Chinese in UTF-8: two files pasted together."""
    for line in data.splitlines():
        if not line.isascii() and THREE_BYTES.search(line):
            try:
                foreign = [char for char in line.decode() if char > "\x7f"]
            except UnicodeDecodeError:
                continue
            if all(char >= "\u2000" for char in foreign):
                return True
    return False


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
