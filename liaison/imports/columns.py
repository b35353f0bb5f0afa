"""Which column of a head is which field, and what stands written above the table."""

import re
from itertools import pairwise

from .text import is_nothing, tidy
from .words import header_word

LABELLED = re.compile(r"([^\s:：]{1,10})[:：]\s*([^\s:：]+)(?=\s|$)")
BLANK_TO_FILL = re.compile(r"[_＿\-—]+")


def columns_of(cells, vocabulary, corrected=None):
    """(field -> column, further columns of repeated fields, fields whose column stands in for the missing own).

    Args:
        cells: the head, one text per column.
        corrected: {column as text: field or ""}, as somebody put it right; it wins over the words.
    """
    corrected = corrected or {}
    found = {}
    for column, cell in enumerate(cells):
        name = corrected.get(str(column), vocabulary.field_of(cell))
        if name in vocabulary.words:
            found.setdefault(name, []).append(column)
    for name in vocabulary.personal:
        if len(found.get(name, ())) > 1:
            found[name] = _own(found[name], cells, vocabulary, corrected)
    columns = {name: places[0] for name, places in found.items()}
    more = tuple(
        (name, column) for name in vocabulary.repeated for column in found.get(name, ())[1:]
    )
    guarded = _stand_ins(cells, vocabulary, columns, corrected)
    return columns, more, guarded


def _own(places, cells, vocabulary, corrected):
    """Of several columns with one word, those that do not follow another person's name."""
    chosen = [column for column in places if str(column) in corrected]
    own = [column for column in places if not _follows_another(column, cells, vocabulary)]
    return chosen or own or places


def _follows_another(column, cells, vocabulary):
    for cell in reversed(cells[:column]):
        name = vocabulary.field_of(cell)
        if name == vocabulary.needed[0]:
            return False
        if name in vocabulary.persons or (isinstance(cell, str) and vocabulary.names_another(cell)):
            return True
    return False


def _stand_ins(cells, vocabulary, columns, corrected):
    """Fields whose column is another person's; where one is missing altogether its stand-in is entered."""
    spare = {}
    for column, cell in enumerate(cells):
        name = vocabulary.spare_of(cell)
        if name and corrected.get(str(column), name) == name:
            spare.setdefault(name, column)
            if (
                columns.get(name) == column
            ):  # Somebody said it was one's own; the words say otherwise
                del columns[name]
    missing = {name: column for name, column in spare.items() if name not in columns}
    columns.update(missing)
    return frozenset(missing)


def said_above(rows, vocabulary):
    """{field: value} written above a head: 户主姓名 beside a name, 组别：第3组 in one cell."""
    said = {}
    for cells in rows if vocabulary.above else ():
        filled = [tidy(cell) for cell in cells if tidy(cell)]
        for label, value in [*pairwise(filled), *_in_one_cell(filled)]:
            name = vocabulary.field_of(label)
            is_value = not vocabulary.field_of(value) and not is_nothing(value)
            if name in vocabulary.above and is_value and not BLANK_TO_FILL.fullmatch(value):
                said.setdefault(name, value)
    return said


def _in_one_cell(filled):
    return [pair for text in filled for pair in LABELLED.findall(text)]


def names_of(cells):
    """The words of a row, without the empty ones at its end."""
    words = [header_word(cell) for cell in cells]
    while words and not words[-1]:
        words.pop()
    return tuple(words)
