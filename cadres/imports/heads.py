"""Two-level heads whose lower words repeat: 责任领导 over 姓名 and 联络员 over 姓名 are two columns."""

from dataclasses import replace

from liaison.imports.tables import HEADER_WITHIN, header_word
from liaison.imports.text import tidy


def joined_heads(sheet, vocabulary):
    """The sheet with the lower row of its two-level head spelled out; itself where there is none.

    A lower cell takes the upper one before it (a merged cell speaks for the columns to its right), but only
    where the two together are a word of the vocabulary.
    """
    for index in range(min(len(sheet.rows) - 1, HEADER_WITHIN)):
        upper, lower = sheet.rows[index], sheet.rows[index + 1]
        spelled = _spelled(upper, lower, vocabulary)
        if len([cell for cell in spelled if vocabulary.field_of(cell)]) < vocabulary.least:
            continue
        if sum(new != old for new, old in zip(spelled, lower, strict=True)) >= 2:
            # The upper row goes: it would be taken for the head, with half the columns.
            rows = [*sheet.rows[:index], [""] * len(upper), spelled, *sheet.rows[index + 2 :]]
            return replace(sheet, rows=rows)
    return sheet


def _spelled(upper, lower, vocabulary):
    spelled, over = [], ""
    for column, cell in enumerate(lower):
        above = upper[column] if column < len(upper) else ""
        over = above if header_word(above) else over
        both = header_word(over) + header_word(cell)
        repeated = header_word(over) == header_word(cell)
        known = not repeated and header_word(cell) and vocabulary.field_of(both)
        spelled.append(both if known and isinstance(cell, str) else tidy(cell) and cell)
    return spelled
