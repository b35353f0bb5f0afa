"""The two sample rosters come out as the office counted them by hand."""

import datetime as dt
from collections import Counter
from pathlib import Path

import pytest

from liaison.reading.excel_read import read_book
from villages.roster.parse import parse_roster

FILES = Path(__file__).parent / "files"
CLEAN = FILES / "a-花名册-李畋村-规范.xlsx"
MESSY = FILES / "b-花名册-强盛村-混乱.xlsx"
ON = dt.date(2024, 6, 30)

# 第1组 to 第24组 of 李畋村: households, residents
GROUPS = (
    (13, 37), (13, 40), (13, 45), (13, 46), (13, 40), (13, 49), (13, 54), (13, 47),
    (13, 37), (13, 53), (13, 43), (13, 49), (12, 37), (12, 36), (12, 36), (12, 42),
    (12, 36), (12, 47), (12, 36), (12, 39), (12, 41), (12, 39), (12, 43), (12, 41),
)  # fmt: skip
REFUSED = (
    (35, "R-ID-LOST"), (59, "R-ID-DATE"), (63, "R-NAME"), (105, "R-ID-LOST"), (106, "R-DUP"),
    (107, "R-DUP"), (108, "R-DUP"), (143, "R-ID-CHECK"), (173, "R-ID-LOST"), (196, "R-DUP"),
    (229, "R-ID-LEN"), (234, "R-ID-LOST"), (255, "R-ID-LOST"), (258, "R-DUP"), (271, "R-ID-CHECK"),
    (304, "R-ID-LEN"), (317, "R-ID-LOST"), (380, "R-ID-LOST"), (387, "R-ID-LEN"),
    (388, "R-DUP-HH"), (389, "R-DUP-HH"), (390, "R-ID-CONFLICT"), (423, "R-ID-LOST"),
    (428, "R-ID-LOST"), (437, "R-ID-LEN"),
)  # fmt: skip
WARNED = (
    (17, "W-COUNT"), (74, "W-DEAD"), (114, "W-SEX"), (159, "W-SEX"), (227, "W-PHONE"),
    (240, "W-NOID"), (244, "W-NOID"), (251, "W-BIRTH"), (265, "W-NO-HEAD"), (268, "W-HEAD-NAME"),
    (318, "W-BIRTH"), (407, "W-LEFT"), (409, "W-TWO-HEADS"), (415, "W-NOID"), (435, "W-NOID"),
)  # fmt: skip


def parsed(path):
    return parse_roster(read_book(path.read_bytes()), on=ON)


@pytest.fixture(scope="module")
def clean():
    return parsed(CLEAN)


@pytest.fixture(scope="module")
def messy():
    return parsed(MESSY)


def test_a_clean_roster_is_taken_whole(clean):
    assert (len(clean.households), len(clean.residents)) == (300, 1013)
    assert not clean.refused
    assert not clean.warnings
    assert len({each.section for each in clean.households}) == 5
    assert clean.ignored_columns == ["民族"]


def test_its_groups_hold_the_households_and_people_counted_by_hand(clean):
    found = {}
    for each in clean.households:
        households, people = found.get(each.group, (0, 0))
        found[each.group] = (households + 1, people + len(each.residents))
    assert found == {f"第{number}组": counts for number, counts in enumerate(GROUPS, 1)}


def test_its_people_add_up(clean):
    people = clean.residents
    assert Counter(each.sex for each in people) == {"M": 528, "F": 485}
    assert sum(bool(each.phones) for each in people) == 754
    assert all(each.birth_date and not each.birth_month_only for each in people)
    assert max(len(each.residents) for each in clean.households) == 11
    assert Counter(tag for each in people for tag in each.categories) == {
        "低保": 61, "党员": 58, "外出务工": 143, "村民代表": 18, "残疾": 42,
        "特困": 5, "独居老人": 19, "留守儿童": 33, "退役军人": 9,
    }  # fmt: skip


def test_a_messy_roster_gives_408_people_of_433_rows(messy):
    assert messy.data_rows == 433
    assert (len(messy.households), len(messy.residents)) == (135, 408)


def test_exactly_the_planted_rows_are_refused(messy):
    assert [(each.row, each.code) for each in messy.refused] == list(REFUSED)


def test_exactly_the_planted_rows_are_warned_about(messy):
    assert [(each.row, each.code) for each in messy.warnings] == list(WARNED)


def test_thirteen_spellings_are_eight_groups(messy):
    assert {each.group for each in messy.households} == {f"第{n}组" for n in range(1, 9)}
    assert {each.section for each in messy.households} == {"上片", "下片"}


def test_a_household_whose_only_member_is_refused_is_not_made(messy):
    assert "237020017" not in {each.number for each in messy.households}


def test_spellings_are_put_right(messy):
    people = {each.row: each for each in messy.residents}
    assert people[82].name == people[82].name.strip()
    assert " " not in people[22].name
    assert people[442].phones == ["15430321561", "15419329508"]
    assert people[377].phones == ["073100000000"]
    assert people[227].phones == []
    assert people[392].categories == ["特困"]
    assert people[269].categories == ["外出务工", "党员"]
    assert people[50].relation == "配偶"
    assert people[180].relation == "配偶"
    assert people[263].relation == "户主"
    assert people[240].id_number == ""


def test_a_problem_names_its_cell_and_tells_nobodys_number(messy):
    lost = next(each for each in messy.refused if each.row == 173)
    assert lost.as_json() == {
        "sheet": "Sheet1",
        "row": 173,
        "column": "J",
        "value": lost.value,
        "code": "R-ID-LOST",
        "reason": "身份证号成了数值，末三位已丢失，不能恢复",
        "fix": "把该列设为“文本”格式，按证件重新填写全部18位",
    }
    assert lost.head == "身份证号码"
    twice = next(each for each in messy.refused if each.row == 388)
    assert "第201行" in twice.reason
    numbers = {each.id_number for each in messy.residents} - {""}
    phones = {phone for each in messy.residents for phone in each.phones}
    shown = " ".join(f"{each.value} {each.reason}" for each in messy.refused + messy.warnings)
    assert not [each for each in numbers | phones if each in shown]
