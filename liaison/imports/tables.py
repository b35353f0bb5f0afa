"""Where the table is in a sheet, which column is which, and which of its rows are data."""

import hashlib
import re
from dataclasses import dataclass, field
from functools import cached_property

from .columns import columns_of, names_of, said_above
from .heads import HEADER_WITHIN, bottom_of, heads_at
from .text import is_nothing, tidy
from .words import Vocabulary, header_word

__all__ = [
    "HEADER_WITHIN",
    "Table",
    "Vocabulary",
    "find_table",
    "header_word",
    "is_header",
    "layout_key",
]

TOTAL = re.compile(r".{0,6}(小计|合计|总计|共计).{0,10}")
SIGNATURE = re.compile(
    r"(填表人|填报人|填报单位|填表|填报|制表人|制表|审核人|审批人|复核人|经办人|负责人|群众代表|签字|签名|备注|说明|注)"
    r".{0,4}[:：]|(统计|上报)?(日期|时间)[:：]"
)
# The same without a colon, as the first thing in a row.
CLOSING = re.compile(
    r".{0,16}(签字|签名|签章|盖章|公章)[)）]?|(填表|填报|制表|审核|审批|复核|经办|负责)(人|单位|日期|时间)"
    r"|备注|说明|注|共\d{1,6}[户人].{0,10}"
)
DAY_ALONE = re.compile(r"\d{4}年\d{1,2}月\d{1,2}日")
# What closes a form of one household; the words of it may have line breaks between them.
END_OF_FORM = re.compile(r".{0,12}(意见|签字|签名|盖章).{0,6}")
EXAMPLE_WORD = "示例"  # the templates' own example row
INSTRUCTIONS = "填写说明"  # the templates' second sheet
REASON_HEAD = "问题说明"  # the column that tells a returned workbook of problem rows
HINT = re.compile(r"计|[:：]")
DIGITS = re.compile(r"\d{6}")
SERIAL_HEADS = {"序号", "编号", "序", "No", "NO", "No.", ""}


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
    above: dict = field(default_factory=dict)  # field -> what is written of it above the header
    guarded: frozenset = frozenset()  # fields read from another person's column, in some rows only

    def value(self, cells, name):
        """The cell of a field, "" where the table or the row has none."""
        column = self.columns.get(name, -1)
        if column < 0:
            return self.above.get(name, "")
        if self.guarded and name in self.guarded and not self.vocabulary.may_stand_in(self, cells):
            return ""
        return cells[column] if column < len(cells) else ""

    def more_of(self, cells, name):
        """The cells of a repeated field's further columns."""
        return [cells[column] for each, column in self.more if each == name and column < len(cells)]

    @cached_property
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
            if cells.count("") == len(cells) or self._is_furniture(cells):
                continue
            if self.above and self._ends_form(cells):
                return
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

    def _ends_form(self, cells):
        first = next((tidy(cell) for cell in cells if tidy(cell)), "")
        return bool(END_OF_FORM.fullmatch(first.replace(" ", "")))

    def _identity(self, cells):
        return self.value(cells, self.vocabulary.identity) if self.vocabulary.identity else ""

    def _is_furniture(self, cells):
        """True for a repeated header, a total, a signature line, an example; never with an identity in it."""
        identity = self._identity(cells)
        if not isinstance(identity, str) or DIGITS.search(identity):
            return False
        named = tidy(self.value(cells, self.vocabulary.needed[0]))
        if named.startswith(EXAMPLE_WORD) or self._is_header(cells):
            return True
        proven = self.vocabulary.proof(self, cells) and not _closes(named)
        return not proven and (self._is_closing(cells) or self._is_footer(cells))

    def _is_header(self, cells):
        field_of = self.vocabulary.field_of
        found = [name for name in self.columns if field_of(self.value(cells, name)) == name]
        return len(found) >= 3 or names_of(cells) in self.header_rows

    def _is_closing(self, cells):
        filled = ["".join(tidy(cell).split()) for cell in cells if tidy(cell)]
        first = filled[0] if filled else ""
        return bool(CLOSING.fullmatch(first) or (len(filled) == 1 and DAY_ALONE.fullmatch(first)))

    def _is_footer(self, cells):
        texts = [cell for cell in cells if isinstance(cell, str) and HINT.search(cell)]
        if not texts:
            return False
        free = {self.value(cells, name) for name in self.vocabulary.free_text}
        texts = [tidy(text) for text in texts if text not in free]
        if any(map(_closes, texts)):
            return True
        first = next((tidy(cell) for cell in cells if tidy(cell)), "")
        return bool(SIGNATURE.match(first))


def _closes(text):
    return bool(TOTAL.fullmatch(text) or SIGNATURE.match(text))


def find_table(sheet, vocabulary, layouts=None):
    """The sheet's Table, or None: the needed and enough known columns within the first 20 rows.

    Of a head of several levels the lowest cell names the column, the one above where it is empty.

    Args:
        layouts: remembered corrections, layout key -> {column as text: field or ""}; one that fits wins.
    """
    found = [
        (index, heads_at(sheet, index, vocabulary))
        for index in range(min(HEADER_WITHIN, len(sheet.rows)))
    ]
    for index, heads in found if layouts else ():
        for height, cells in heads.items():
            if any(map(tidy, cells)) and (corrected := layouts.get(layout_key(cells))):
                return _table(sheet, vocabulary, index, height, cells, corrected)
    for index, heads in found:
        known = {
            height: _known(cells, vocabulary)
            for height, cells in heads.items()
            if is_header(cells, vocabulary)
        }
        if known:
            height = max(known, key=lambda each: (known[each], -each))
            return _without_titles(sheet, vocabulary, index, height, dict(found))
    return None


def _without_titles(sheet, vocabulary, index, height, found):
    """The Table of a head, less the rows on top that name no column by themselves."""
    known = _known(found[index][height], vocabulary)
    while height > 1 and index + 1 in found:
        lower = found[index + 1].get(height - 1)
        if lower is None or _known(lower, vocabulary) < known:
            break
        index, height = index + 1, height - 1
    return _table(sheet, vocabulary, index, height, found[index][height])


def layout_key(cells):
    """The same for two tables with the same header words in the same columns; tells nothing of the words.

    Problem rows that come back have the layout of the table they were taken from.
    """
    names = names_of(cells)
    if REASON_HEAD in names:
        names = names_of(cells[: names.index(REASON_HEAD)])
    return hashlib.sha256("|".join(names).encode()).hexdigest()[:32]


def is_header(cells, vocabulary):
    """True when these cells name the needed fields and enough others."""
    columns = columns_of(cells, vocabulary)[0]
    return all(name in columns for name in vocabulary.needed) and len(columns) >= vocabulary.least


def _known(cells, vocabulary):
    return len(columns_of(cells, vocabulary)[0])


def _table(sheet, vocabulary, index, height, cells, corrected=None):
    columns, more, guarded = columns_of(cells, vocabulary, corrected)
    used = {*columns.values(), *(column for _, column in more)}
    heads = {column: "".join(tidy(cell).split()) for column, cell in enumerate(cells) if tidy(cell)}
    ignored = tuple(
        text
        for column, text in heads.items()
        if column not in used and header_word(text) not in SERIAL_HEADS | {REASON_HEAD}
    )
    bottom = bottom_of(sheet, index, height)
    return Table(
        sheet=sheet,
        vocabulary=vocabulary,
        columns=columns,
        heads=heads,
        first_row=bottom + 1,
        width=max([*heads, *used]) + 1,
        layout=layout_key(cells),
        # One above as well: where the header has two levels only the lower one was needed to read it.
        header_rows=tuple(
            names_of(sheet.rows[row]) for row in range(max(index - 1, 0), bottom + 1)
        ),
        more=more,
        ignored=ignored,
        above=said_above(sheet.rows[:index], vocabulary),
        guarded=guarded,
    )
