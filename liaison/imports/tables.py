"""Where the table is in a sheet, which column is which, and which of its rows are data."""

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass, field

from .text import is_nothing, tidy

HEADER_WITHIN = 20  # rows
TOTAL = re.compile(r".{0,6}(小计|合计|总计|共计).{0,10}")
SIGNATURE = re.compile(
    r"(填表人|填报人|填报单位|填报日期|制表人|制表|审核人|审批人|复核人|经办人|负责人|群众代表|签字|签名|备注|说明|注)"
    r".{0,4}[:：]"
)
EXAMPLE_WORD = "示例"  # the templates' own example row
INSTRUCTIONS = "填写说明"  # the templates' second sheet
REASON_HEAD = "问题说明"  # the column that tells a returned workbook of problem rows
HINT = re.compile(r"计|[:：]")
DIGITS = re.compile(r"\d{6}")
HEADER_NOISE = re.compile(r"[(（\[【].*?[)）\]】]|[\s\u3000:：*＊#_]|^\d+[.、]")
SERIAL_HEADS = {"序号", "编号", "序", "No", "NO", "No.", ""}


def header_word(value):
    """A header cell without what is not the word: blanks, line breaks, colons, stars, bracketed remarks."""
    return HEADER_NOISE.sub("", tidy(value))


def _never(text):
    return False


@dataclass(frozen=True)
class Vocabulary:
    """The words one kind of file uses for its columns.

    Attributes:
        words: field -> header words parted by blanks; the first one is what the mapping page calls it.
        needed: fields without which a row of words is no header; ``least`` known columns in all.
        repeated: fields that several columns may give (a second phone).
        telling: a row with nothing in any of these fields is no entry; empty means any field.
        free_text: fields whose text is never taken for a total or a signature.
        identity: a field whose digits prove a row to be an entry.
        heading: tells a line that says nothing but what heads the rows under it ("第3组").
    """

    words: dict
    needed: tuple = ("name",)
    least: int = 3
    repeated: tuple = ()
    telling: tuple = ()
    free_text: tuple = ()
    identity: str = ""
    heading: Callable[[str], bool] = _never

    def field_of(self, cell):
        """The field a header cell names, or ""."""
        return self._fields.get(header_word(cell), "") if isinstance(cell, str) else ""

    def label(self, name):
        """What a field is called on pages."""
        return self.words[name].split()[0]

    @property
    def _fields(self):
        cached = self.__dict__.get("_cached")
        if cached is None:
            cached = {word: name for name, words in self.words.items() for word in words.split()}
            object.__setattr__(self, "_cached", cached)
        return cached


@dataclass
class Table:
    """A table in a sheet. `columns` and `heads` map field -> column and column -> header text, columns from zero."""

    sheet: object
    vocabulary: Vocabulary
    columns: dict
    heads: dict
    first_row: int  # the first row under the header, from zero
    width: int  # columns up to the last one with a header
    layout: str = ""  # the key under which a corrected mapping is remembered
    header_rows: tuple = ()
    more: tuple = ()  # (field, column) of repeated fields beyond the first
    ignored: tuple = field(default=())

    def value(self, cells, name):
        """The cell of a field, "" where the table or the row has none."""
        column = self.columns.get(name, -1)
        return cells[column] if 0 <= column < len(cells) else ""

    def more_of(self, cells, name):
        """The cells of a repeated field's further columns."""
        return [cells[column] for each, column in self.more if each == name and column < len(cells)]

    @property
    def is_returned(self):
        """True for a workbook of problem rows that comes back: it speaks for its own rows only."""
        return any(header_word(head) == REASON_HEAD for head in self.heads.values())

    def entries(self):
        """(row number from 1, cells, is an entry) for every row that is no blank, header, total or signature.

        A row that is no entry may still carry something on (a line "第3组" across the table).
        """
        telling = self.vocabulary.telling or tuple(self.columns)
        for index in range(self.first_row, len(self.sheet.rows)):
            cells = self.sheet.rows[index]
            if not any(cell != "" for cell in cells) or self._is_furniture(cells):
                continue
            entry = any(not is_nothing(self.value(cells, name)) for name in telling)
            if entry and is_nothing(self._identity(cells)) and self.heading(cells):
                entry = False
            if entry or any(tidy(cell) for cell in cells):
                yield index + 1, cells, entry

    def heading(self, cells):
        """What a line announces when it says nothing else, or ""."""
        filled = [tidy(cell) for cell in cells if tidy(cell)]
        return filled[0] if len(filled) == 1 and self.vocabulary.heading(filled[0]) else ""

    def title(self):
        """Everything written above the header, and the sheet's name."""
        above = self.sheet.rows[: self.first_row]
        return " ".join([self.sheet.name, *(tidy(cell) for row in above for cell in row if cell)])

    def overflows(self, cells):
        """True when text stands beyond the last header: in CSV a comma has torn a cell apart."""
        return any(not is_nothing(cell) for cell in cells[self.width :])

    def _identity(self, cells):
        return self.value(cells, self.vocabulary.identity) if self.vocabulary.identity else ""

    def _is_furniture(self, cells):
        """True for a repeated header, a total, a signature line, an example; never with an identity in it."""
        identity = self._identity(cells)
        if not isinstance(identity, str) or DIGITS.search(identity):
            return False
        named = tidy(self.value(cells, self.vocabulary.needed[0]))
        return named.startswith(EXAMPLE_WORD) or self._is_header(cells) or self._is_footer(cells)

    def _is_header(self, cells):
        field_of = self.vocabulary.field_of
        found = [name for name in self.columns if field_of(self.value(cells, name)) == name]
        return len(found) >= 3 or _words(cells) in self.header_rows

    def _is_footer(self, cells):
        texts = [cell for cell in cells if isinstance(cell, str) and HINT.search(cell)]
        if not texts:
            return False
        free = {self.value(cells, name) for name in self.vocabulary.free_text}
        texts = [tidy(text) for text in texts if text not in free]
        if any(TOTAL.fullmatch(text) for text in texts) or any(
            SIGNATURE.match(text) for text in texts
        ):
            return True
        first = next((tidy(cell) for cell in cells if tidy(cell)), "")
        return bool(SIGNATURE.match(first))


def find_table(sheet, vocabulary, layouts=None):
    """The sheet's Table, or None: the needed and enough known columns within the first 20 rows.

    Of a two-level header the lower cell names the column, the upper one where the lower is empty.

    Args:
        layouts: remembered corrections, layout key -> {column as text: field or ""}; one that fits wins.
    """
    rows = sheet.rows[:HEADER_WITHIN]
    for index in range(len(rows)):
        heights = _heights(rows, index)
        for height, cells in heights.items():
            if corrected := (layouts or {}).get(layout_key(cells)):
                return _table(sheet, vocabulary, index, height, cells, corrected)
    for index in range(len(rows)):
        heights = _heights(rows, index)
        known = {
            height: len(_columns(cells, vocabulary)[0])
            for height, cells in heights.items()
            if is_header(cells, vocabulary)
        }
        if not known:
            continue
        height = max(known, key=lambda each: (known[each], -each))
        if height == 2 and len(_columns(rows[index + 1], vocabulary)[0]) == known[2]:
            return _table(sheet, vocabulary, index + 1, 1, rows[index + 1])
        return _table(sheet, vocabulary, index, height, heights[height])
    return None


def layout_key(cells):
    """The same for two tables with the same header words in the same columns; tells nothing of the words."""
    return hashlib.sha256("|".join(_words(cells)).encode()).hexdigest()[:32]


def is_header(cells, vocabulary):
    """True when these cells name the needed fields and enough others."""
    columns = _columns(cells, vocabulary)[0]
    return all(name in columns for name in vocabulary.needed) and len(columns) >= vocabulary.least


def _heights(rows, index):
    heights = {1: rows[index]}
    if index + 1 < len(rows):
        heights[2] = _two_level(rows[index], rows[index + 1])
    return heights


def _two_level(upper, lower):
    width = max(len(upper), len(lower))
    upper = list(upper) + [""] * (width - len(upper))
    lower = list(lower) + [""] * (width - len(lower))
    return [low if header_word(low) else up for up, low in zip(upper, lower, strict=True)]


def _columns(cells, vocabulary, corrected=None):
    """(field -> column, further columns of repeated fields); the first column of a name stands."""
    columns, more = {}, []
    for column, cell in enumerate(cells):
        name = vocabulary.field_of(cell)
        if corrected is not None:
            name = corrected.get(str(column), name)
        if name in vocabulary.repeated and name in columns:
            more.append((name, column))
        elif name in vocabulary.words:
            columns.setdefault(name, column)
    return columns, tuple(more)


def _words(cells):
    words = [header_word(cell) for cell in cells]
    while words and not words[-1]:
        words.pop()
    return tuple(words)


def _table(sheet, vocabulary, index, height, cells, corrected=None):
    columns, more = _columns(cells, vocabulary, corrected)
    used = {*columns.values(), *(column for _, column in more)}
    heads = {column: "".join(tidy(cell).split()) for column, cell in enumerate(cells) if tidy(cell)}
    ignored = tuple(
        text
        for column, text in heads.items()
        if column not in used and header_word(text) not in SERIAL_HEADS | {REASON_HEAD}
    )
    return Table(
        sheet=sheet,
        vocabulary=vocabulary,
        columns=columns,
        heads=heads,
        first_row=index + height,
        width=max(heads) + 1,
        layout=layout_key(cells),
        # One above as well: where the header has two levels only the lower one was needed to read it.
        header_rows=tuple(
            _words(sheet.rows[row]) for row in range(max(index - 1, 0), index + height)
        ),
        more=more,
        ignored=ignored,
    )
