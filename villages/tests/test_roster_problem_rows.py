"""下载问题行 of tables that say little in the rows themselves: every row that comes back finds home."""

import datetime as dt
from io import BytesIO

import pytest
from openpyxl import Workbook, load_workbook

from liaison.imports.kinds import Place
from liaison.imports.returned import problem_workbook
from liaison.reading.excel_read import read_book
from villages.models import Household, Resident
from villages.roster.commit import commit
from villages.roster.stage import stage_book

from .roster_files import number

ON = dt.date(2026, 11, 21)
ZHOU, MEI, ER, WANG, FANG = (number(order=order) for order in range(901, 906))
HEAD = ["姓名", "与户主关系", "身份证号"]
FIRST = ["周大山", "户主", ZHOU], ["李梅", "妻", MEI[:17]], ["周二", "子", ER]
SECOND = ["王强", "户主", WANG[:17]], ["刘芳", "妻", FANG]
WHOLE = {number_[:17]: number_ for number_ in (ZHOU, MEI, ER, WANG, FANG)}


def workbook(**sheets):
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    return book


def as_bytes(book):
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def stage(book, township, village=None, layouts=None):
    place = Place(township=township, village=village, on=ON, layouts=layouts or {})
    return stage_book(read_book(as_bytes(book)), place)


def put_right(data):
    """The problem workbook with its ID numbers completed, nothing else touched."""
    book = load_workbook(BytesIO(data))
    for cells in book.worksheets[0].iter_rows(min_row=2):
        for cell in cells:
            cell.value = WHOLE.get(cell.value, cell.value)
    return book


@pytest.fixture
def come_back(qingshan):
    """come_back(book): taken in, its problem rows put right and taken in too; returns the second staging."""

    def go(book, village=None, layouts=None):
        first = stage(book, qingshan, village, layouts)
        data = problem_workbook(first)
        commit(staged=first, by=None, file_name="名册.xlsx")
        again = stage(put_right(data), qingshan, village, layouts)
        assert not again.refused
        assert again.counts()["households"]["new"] == 0
        assert again.counts()["residents"] == {
            "new": len(first.refused), "changed": 0, "moved": 0, "unchanged": 0, "missing": 0,
        }  # fmt: skip
        commit(staged=again, by=None, file_name="名册_问题行.xlsx")
        return again

    return go


def homes():
    """{(组, 户主): names} of what is stored."""
    return {
        (home.group.name, home.head_name): [each.name for each in home.residents.order_by("pk")]
        for home in Household.objects.exclude(residents=None)
    }


def test_a_wife_comes_back_to_a_household_nobody_numbered(shiqiao, come_back):
    come_back(workbook(名单=[["组", *HEAD], *(["3组", *each] for each in FIRST)]), shiqiao)
    assert homes() == {("第3组", "周大山"): ["周大山", "周二", "李梅"]}


def test_a_head_comes_back_to_his_household(shiqiao, come_back):
    come_back(workbook(名单=[["组", *HEAD], *(["3组", *each] for each in SECOND)]), shiqiao)
    assert homes() == {("第3组", "王强"): ["刘芳", "王强"]}


def test_the_group_of_a_sheet_or_of_a_line_comes_back(shiqiao, come_back):
    lines = [HEAD, ["第4组"], *FIRST]
    come_back(workbook(名单=lines), shiqiao)
    assert homes() == {("第4组", "周大山"): ["周大山", "周二", "李梅"]}
    come_back(workbook(**{"2组": [HEAD, *SECOND]}), shiqiao)
    assert homes()["第2组", "王强"] == ["刘芳", "王强"]


def test_the_village_of_a_title_comes_back(shiqiao, heping, come_back):
    rows = [["青山镇石桥村农户花名册"], ["组", *HEAD], *(["3组", *each] for each in FIRST)]
    come_back(workbook(名单=rows))
    assert Resident.objects.get(name="李梅").village == shiqiao


def test_corrected_columns_hold_for_the_rows_that_come_back(shiqiao, come_back):
    heads = ["组", "名字", "与户主关系", "证号", "电话"]
    book = workbook(
        名单=[["组", *HEAD, "电话"], *(["3组", *each, "15400000001"] for each in FIRST)]
    )
    for column, head in enumerate(heads, 1):
        book.active.cell(1, column).value = head
    from liaison.imports.tables import layout_key

    said = {"0": "group", "1": "name", "2": "relation", "3": "id", "4": ""}
    come_back(book, shiqiao, layouts={layout_key(heads): said})
    assert homes() == {("第3组", "周大山"): ["周大山", "周二", "李梅"]}
    assert Resident.objects.get(name="李梅").phones == ""
