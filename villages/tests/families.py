"""The families of the roster tests, invented, and how a sheet of other offices' making is read."""

import datetime as dt
import io

from openpyxl import Workbook

from liaison.reading.excel_read import Book, Sheet, read_book
from villages.roster.parse import parse_roster

from .roster_files import number

ON = dt.date(2026, 11, 21)
HE, SHE, SON = number(), number("19720202", 902), number("19950303", 903)
OTHER = number("19480404", 905)


def read(*sheets, kind="xlsx"):
    """Parse sheets of (rows, merges); a merge is "A1:C1"."""
    book = Workbook()
    book.remove(book.active)
    for title, rows, merges in sheets:
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
        for merge in merges:
            sheet.merge_cells(merge)
    out = io.BytesIO()
    book.save(out)
    return parse_roster(read_book(out.getvalue()), on=ON)


def one(rows, *merges):
    return read(("Sheet1", rows, merges))


def plain(rows):
    """The same without merges, as a text file has it."""
    return parse_roster(Book("csv", [Sheet("CSV", rows)]), on=ON)


def people(roster):
    """[(name, relation, ID number)] by household."""
    return [
        [(each.name, each.relation, each.id_number) for each in home.residents]
        for home in roster.households
    ]


FAMILY = [("周大山", "户主", HE), ("李梅", "配偶", SHE), ("周三", "子", SON)]
