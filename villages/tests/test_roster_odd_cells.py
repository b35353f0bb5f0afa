"""Cells nobody types, and somebody may send all the same: each costs its row at most, and no time to speak of."""

import datetime as dt
import time

import pytest

from liaison.imports.returned import problem_workbook
from liaison.reading.excel_read import Book, Sheet, read_book
from tests.files.good import xml_2003, xml_cell, xml_sheet
from villages.roster.dates import read_birth
from villages.roster.identity import read_id
from villages.roster.parse import parse_roster
from villages.roster.text import read_phones

from .roster_files import number

ON = dt.date(2026, 11, 21)
GOOD = number()
HEAD = ["姓名", "与户主关系", "身份证号", "联系电话", "人员类别", "备注"]


def read(*rows, head=HEAD):
    return parse_roster(Book("xlsx", [Sheet("名单", [head, *rows])]), on=ON)


def codes(problems):
    return [(each.row, each.code) for each in problems]


@pytest.mark.parametrize("cell", [float("inf"), float("-inf"), float("nan"), 1e308])
def test_a_number_beyond_all_numbers_is_no_date_and_no_identity(cell):
    assert read_birth(cell, on=ON).unreadable
    assert read_id(cell, on=ON).code.startswith("R-ID-")


@pytest.mark.parametrize("digit", ["፩", "𐩀", "१"])
def test_digits_of_other_scripts_are_no_identity(digit):
    assert read_id(digit * 15, on=ON).code == "R-ID-LEN"
    assert read_id(digit * 17 + "X", on=ON).code == "R-ID-CHECK"


def test_a_text_no_phone_list_is_as_long_as_is_one_warning():
    assert read_phones("x、" * 10_000) == ([], ["x、" * 10_000])
    assert read_phones(GOOD[:17] + "、15400000001") == (["15400000001"], [GOOD[:17]])
    read_back = read(["王伟", "户主", GOOD, "x、" * 10_000, "", ""])
    assert codes(read_back.warnings) == [(2, "W-PHONE")]


def test_more_categories_than_anybody_has_are_cut_and_told_in_no_time():
    started = time.process_time()
    words = "、".join(map(str, range(1000, 20_000)))
    person = read(["王伟", "户主", GOOD, "", words, ""]).residents[0]
    assert time.process_time() - started < 2
    assert person.categories[0] == "1000"
    assert len(person.categories) < 50
    assert (2, "W-LONG") in codes(read(["王伟", "户主", GOOD, "", words, ""]).warnings)


@pytest.mark.parametrize("name", ["1/2组", "[旧]", "a:b", "名单\x01"])
def test_a_sheet_named_as_excel_names_none_gives_its_problem_rows_too(name):
    cells = ["".join(map(xml_cell, row)) for row in (HEAD[:3], ["王伟", "户主", GOOD[:17]])]
    book = read_book(xml_2003(sheets=xml_sheet(cells, name="名单")))
    book.sheets[0].name = name
    roster = parse_roster(book, on=ON)
    roster.carried = lambda sheet, row: {}
    assert problem_workbook(roster).startswith(b"PK")
