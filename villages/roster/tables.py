"""Where the table is in a sheet, and which of its rows are people."""

import re
from dataclasses import dataclass, field

from .text import is_nothing, looks_like_group, tidy
from .words import FIELD_OF, SERIAL_HEADS, header_word

HEADER_WITHIN = 20  # rows
# Anything here says that somebody is meant by the row.
ABOUT_A_PERSON = ("name", "id", "relation", "sex", "birth", "phone", "categories")
FREE_TEXT = ("remark", "address")
TOTAL = re.compile(r".{0,6}(小计|合计|总计|共计).{0,10}")
SIGNATURE = re.compile(
    r"(填表人|填报人|填报单位|填报日期|制表人|制表|审核人|审批人|复核人|经办人|负责人|群众代表|签字|签名|备注|说明|注)"
    r".{0,4}[:：]"
)
EXAMPLE_WORD = "示例"  # the template's own example row
INSTRUCTIONS = "填写说明"  # the template's second sheet
HINT = re.compile(r"计|[:：]")
DIGITS = re.compile(r"\d{6}")


@dataclass
class Table:
    """A table in a sheet. `columns` and `heads` map field -> column and column -> header text, columns from zero."""

    sheet: object
    columns: dict
    heads: dict
    first_row: int  # the first row under the header, from zero
    width: int  # columns up to the last one with a header
    header_rows: tuple = ()
    more_phones: tuple = ()
    ignored: tuple = field(default=())

    def value(self, cells, name):
        """The cell of a field, "" where the table or the row has none."""
        column = self.columns.get(name, -1)
        return cells[column] if 0 <= column < len(cells) else ""

    def people(self):
        """(row number from 1, cells, is a person) for every row that is no blank, header, total or signature.

        A row that names no person may still carry a place on (a line "第3组" across the table).
        """
        for index in range(self.first_row, len(self.sheet.rows)):
            cells = self.sheet.rows[index]
            if not any(cell != "" for cell in cells) or self._is_furniture(cells):
                continue
            person = any(not is_nothing(self.value(cells, name)) for name in ABOUT_A_PERSON)
            if person and is_nothing(self.value(cells, "id")) and self.group_line(cells):
                person = False
            if person or any(tidy(cell) for cell in cells):
                yield index + 1, cells, person

    def group_line(self, cells):
        """The group a line announces when it says nothing else, or ""."""
        filled = [tidy(cell) for cell in cells if tidy(cell)]
        return filled[0] if len(filled) == 1 and looks_like_group(filled[0]) else ""

    def title(self):
        """Everything written above the header, and the sheet's name."""
        above = self.sheet.rows[: self.first_row]
        return " ".join([self.sheet.name, *(tidy(cell) for row in above for cell in row if cell)])

    def overflows(self, cells):
        """True when text stands beyond the last header: in CSV a comma has torn a cell apart."""
        return any(not is_nothing(cell) for cell in cells[self.width :])

    def _is_furniture(self, cells):
        """True for a repeated header, a total, a signature line, an example; never with an ID number in it."""
        identity = self.value(cells, "id")
        if not isinstance(identity, str) or DIGITS.search(identity):
            return False
        example = tidy(self.value(cells, "name")).startswith(EXAMPLE_WORD)
        return example or self._is_header(cells) or self._is_footer(cells)

    def _is_header(self, cells):
        said = {name: self.value(cells, name) for name in self.columns}
        found = [name for name, cell in said.items() if FIELD_OF.get(header_word(cell)) == name]
        return len(found) >= 3 or _words(cells) in self.header_rows

    def _is_footer(self, cells):
        texts = [cell for cell in cells if isinstance(cell, str) and HINT.search(cell)]
        if not texts:
            return False
        free = {self.value(cells, name) for name in FREE_TEXT}
        texts = [tidy(text) for text in texts if text not in free]
        if any(TOTAL.fullmatch(text) for text in texts) or any(
            SIGNATURE.match(text) for text in texts
        ):
            return True
        first = next((tidy(cell) for cell in cells if tidy(cell)), "")
        return bool(SIGNATURE.match(first))


def find_table(sheet):
    """The sheet's Table, or None: a name column and two other known columns within the first 20 rows.

    Of a two-level header the lower cell names the column, the upper one where the lower is empty.
    """
    rows = sheet.rows[:HEADER_WITHIN]
    for index in range(len(rows)):
        heights = {1: rows[index]}
        if index + 1 < len(rows):
            heights[2] = _two_level(rows[index], rows[index + 1])
        known = {
            height: len(_columns(cells)[0])
            for height, cells in heights.items()
            if _is_roster(cells)
        }
        if not known:
            continue
        height = max(known, key=lambda each: (known[each], -each))
        if height == 2 and len(_columns(rows[index + 1])[0]) == known[2]:
            return _table(sheet, index + 1, 1, rows[index + 1])
        return _table(sheet, index, height, heights[height])
    return None


def _two_level(upper, lower):
    width = max(len(upper), len(lower))
    upper = list(upper) + [""] * (width - len(upper))
    lower = list(lower) + [""] * (width - len(lower))
    return [low if header_word(low) else up for up, low in zip(upper, lower, strict=True)]


def _columns(cells):
    """(field -> column, further phone columns); the first column of a name stands."""
    columns, phones = {}, []
    for column, cell in enumerate(cells):
        name = FIELD_OF.get(header_word(cell)) if isinstance(cell, str) else None
        if name == "phone" and name in columns:
            phones.append(column)
        elif name:
            columns.setdefault(name, column)
    return columns, tuple(phones)


def _is_roster(cells):
    columns = _columns(cells)[0]
    return "name" in columns and len(columns) >= 3


def _words(cells):
    words = [header_word(cell) for cell in cells]
    while words and not words[-1]:
        words.pop()
    return tuple(words)


def _table(sheet, index, height, cells):
    columns, more_phones = _columns(cells)
    used = {*columns.values(), *more_phones}
    heads = {column: "".join(tidy(cell).split()) for column, cell in enumerate(cells) if tidy(cell)}
    ignored = tuple(
        text
        for column, text in heads.items()
        if column not in used and header_word(text) not in SERIAL_HEADS
    )
    return Table(
        sheet=sheet,
        columns=columns,
        heads=heads,
        first_row=index + height,
        width=max(heads) + 1,
        # One above as well: where the header has two levels only the lower one was needed to read it.
        header_rows=tuple(
            _words(sheet.rows[row]) for row in range(max(index - 1, 0), index + height)
        ),
        more_phones=more_phones,
        ignored=ignored,
    )
