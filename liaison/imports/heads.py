"""Heads of tables: one to three rows, group titles over neighbours, one cell over two columns.

What comes out is one text per column. Whose number or phone a column holds is part of that text: 姓名 and 电话
under 监护人 are 监护人姓名 and 监护人电话, and nobody takes them for the person's own.
"""

from .text import tidy
from .words import header_word

HEADER_WITHIN = 20  # rows a head lies in
LEVELS = 3  # rows a head may have
TITLES = 2  # rows above a head that may still be titles of its columns


def heads_at(sheet, index, vocabulary):
    """{height: texts by column} of the head that may begin in a row (from zero), for each possible height."""
    return {
        height: spelled_out(sheet, index, height, vocabulary)
        for height in range(1, LEVELS + 1)
        if index + height <= min(len(sheet.rows), HEADER_WITHIN)
    }


def spelled_out(sheet, index, height, vocabulary):
    """One text per column: the lowest cell that says something, with the person a title above says it is about."""
    rows = sheet.rows[index : index + height]
    width = max(map(len, rows))
    texts, levels = [], []
    for column in range(width):
        level = next((n for n in reversed(range(height)) if header_word(_at(rows, n, column))), 0)
        texts.append(_at(rows, level, column))
        levels.append(index + level)
    if vocabulary.others and texts:
        _name_owners(sheet, vocabulary, texts, levels)
    if vocabulary.parts_of:
        _part_shared(texts, vocabulary)
    return texts


def bottom_of(sheet, index, height):
    """The last row (from zero) of a head: cells merged downwards may reach below the row that names them."""
    last = index + height - 1
    reaches = [
        bottom
        for (top, _), (bottom, _) in sheet.merges
        if index <= top <= last and bottom < index + LEVELS
    ]
    return min(max([last, *reaches]), len(sheet.rows) - 1)


def _at(rows, row, column):
    return rows[row][column] if column < len(rows[row]) else ""


def _name_owners(sheet, vocabulary, texts, levels):
    """Put the other person's word before what stands under his title."""
    for row in range(max(min(levels) - TITLES, 0), max(levels)):
        for first, last, owner in _titles(sheet, row, vocabulary, len(texts)):
            for column in range(first, last + 1):
                under = levels[column] > row and vocabulary.is_personal(texts[column])
                if under:
                    texts[column] = owner + header_word(texts[column])


def _titles(sheet, row, vocabulary, width):
    """(first column, last column, owner) of each title in a row that is about another person."""
    cells = sheet.rows[row]
    merged = {
        left: right for (top, left), (_, right) in sheet.merges if top == row and right > left
    }
    for column, cell in enumerate(cells):
        owner = vocabulary.owner_of(cell)
        if not owner:
            continue
        last = merged.get(column)
        if last is None and not sheet.merges:  # A text file keeps no merges: up to the next title
            last = column
            while last + 1 < width and not tidy(_at(sheet.rows, row, last + 1)):
                last += 1
        if last is not None and (column, last) != (0, width - 1):
            yield column, min(last, width - 1), owner


def _part_shared(texts, vocabulary):
    """One cell over two columns, 户主（与户主关系）, becomes a word for each."""
    for column, text in enumerate(texts[:-1]):
        parts = vocabulary.parts_of(text) if isinstance(text, str) else ()
        if parts and not header_word(texts[column + 1]):
            texts[column : column + 2] = parts
