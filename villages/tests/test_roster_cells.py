"""One cell of a roster, case by case: numbers, days, names, phones, groups, relations."""

import datetime as dt

import pytest

from villages.roster.dates import read_birth
from villages.roster.identity import read_id
from villages.roster.text import read_group, read_name, read_phones
from villages.roster.words import read_categories, read_relation

from .roster_files import number

ON = dt.date(2026, 11, 21)
GOOD = number()


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        (GOOD, ""),
        (f"'{GOOD}", ""),
        (f"\u3000{GOOD[:6]} {GOOD[6:14]}\u200b {GOOD[14:]}\ufeff", ""),
        ("".join(chr(ord(c) + 0xFEE0) for c in GOOD), ""),
        ("", "W-NOID"),
        ("不详", "W-NOID"),
        ("办理中", "W-NOID"),
        ("430181700101901", "W-ID15"),
        (430181700101901.0, "W-ID15"),
        (430181198501011000.0, "R-ID-LOST"),
        (43018119850101100.0, "R-ID-LOST"),
        ("4.30181E+17", "R-ID-LOST"),
        ("4.30181198501011E+17", "R-ID-LOST"),
        ("430181198501011000", "R-ID-LOST"),
        (GOOD[:17], "R-ID-LEN"),
        (GOOD + "1", "R-ID-LEN"),
        (GOOD + "43", "R-ID-LEN"),
        ("见附件", "R-ID-LEN"),
        (12345.0, "R-ID-LEN"),
        (number(region="990001"), "R-ID-REGION"),
        (number("19750230"), "R-ID-DATE"),
        (number("20990101"), "R-ID-DATE"),
        (number("18991231"), "R-ID-DATE"),
        (GOOD[:17] + "0123456789X"[("0123456789X".index(GOOD[17]) + 1) % 11], "R-ID-CHECK"),
        (GOOD.replace("0", "O", 1), "R-ID-CHECK"),
    ],
)
def test_id_numbers(cell, code):
    read = read_id(cell, on=ON)
    assert read.code == code
    assert bool(read.number) == (not code.startswith("R-") and code != "W-NOID")


def test_a_15_digit_number_becomes_the_18_digit_one_of_the_same_person():
    old = GOOD[:6] + GOOD[8:17]
    read = read_id(old, on=ON)
    assert (read.number, read.birth, read.sex) == (GOOD, dt.date(1970, 1, 1), "M")


def test_the_number_issued_elsewhere_and_long_ago_is_good():
    assert read_id(number(region="432124"), on=ON).number


@pytest.mark.parametrize(
    ("cell", "birth", "precision"),
    [
        ("1985.3.5", "1985-03-05", "day"),
        ("1985年3月5日", "1985-03-05", "day"),
        ("1985/3/5", "1985-03-05", "day"),
        ("1985-03-05 00:00:00", "1985-03-05", "day"),
        ("１９８５．３．５", "1985-03-05", "day"),
        ("85.3.5", "1985-03-05", "day"),
        ("15.3.5", "2015-03-05", "day"),
        ("19850305", "1985-03-05", "day"),
        (19850305.0, "1985-03-05", "day"),
        (31111.0, "1985-03-05", "day"),
        ("31111", "1985-03-05", "day"),
        (dt.date(1985, 3, 5), "1985-03-05", "day"),
        (dt.datetime(1985, 3, 5, 8), "1985-03-05", "day"),  # noqa: DTZ001 - as a workbook gives it
        ("1985年3月", "1985-03-01", "month"),
        ("1985.10", "1985-10-01", "month"),
        (198503.0, "1985-03-01", "month"),
    ],
)
def test_birth_dates_in_every_spelling(cell, birth, precision):
    read = read_birth(cell, on=ON)
    assert (read.on.isoformat(), read.precision) == (birth, precision)


@pytest.mark.parametrize(
    "cell",
    [
        "民国三十年",
        "农历八月十五",
        "1985年2月30日",
        1985.0,
        45.0,
        "45",
        85.3,
        True,
        "很久以前",
        99999999.0,
        dt.time(3),
    ],
)
def test_what_is_no_birth_date_is_not_guessed(cell):
    read = read_birth(cell, on=ON)
    assert read.on is None
    assert read.unreadable


def test_serial_numbers_follow_the_workbooks_calendar():
    assert read_birth(31111.0, on=ON, date_1904=True).on == dt.date(1989, 3, 6)


@pytest.mark.parametrize(
    ("cell", "name", "note"),
    [
        ("王　伟", "王伟", ""),
        (" 王\u200b伟\t", "王伟", ""),
        ("买买提．艾力", "买买提·艾力", ""),
        ("阿卜杜拉•买买提", "阿卜杜拉·买买提", ""),
        ("王伟（小名二娃）", "王伟", "小名二娃"),
        ("𠮷田玉", "𠮷田玉", ""),
        ("\uf9dc伟", "\uf9dc伟", ""),  # a compatibility character is left alone
        ("John Smith", "John Smith", ""),
        ("王\x00伟", "王伟", ""),
    ],
)
def test_names_are_cleaned_and_their_characters_left_alone(cell, name, note):
    read = read_name(cell)
    assert (read.text, read.note, read.wrong) == (name, note, "")


@pytest.mark.parametrize(
    "cell", ["", "　", "无", "王伟2", "=王伟", "王伟/李梅", "王" * 51, "（备注）"]
)
def test_what_is_no_name_is_refused(cell):
    assert read_name(cell).wrong


def test_a_character_of_ones_own_making_is_pointed_out():
    assert read_name("王\ue000").private_use


@pytest.mark.parametrize(
    ("cell", "good", "bad"),
    [
        (15400000001.0, ["15400000001"], []),
        ("154-0000-0001", ["15400000001"], []),
        ("154 0000 0001", ["15400000001"], []),
        ("+86 15400000001", ["15400000001"], []),
        ("15400000001/15400000002", ["15400000001", "15400000002"], []),
        ("15400000001 15400000002", ["15400000001", "15400000002"], []),
        ("15400000001\n15400000001", ["15400000001"], []),
        ("0731-00000000", ["073100000000"], []),
        (" ", [], []),
        ("—", [], []),
        ("无", [], []),
        ("1540000000", [], ["1540000000"]),
        ("15400000001、没有", ["15400000001"], []),
        ("问他儿子", [], ["问他儿子"]),
    ],
)
def test_phones(cell, good, bad):
    assert read_phones(cell) == (good, bad)


@pytest.mark.parametrize(
    "cell", ["第3组", "3组", "三组", "第三村民小组", "３组", 3.0, "3 组", "03"]
)
def test_one_group_however_it_is_written(cell):
    assert read_group(cell) == ("第3组", 3)


def test_larger_and_named_groups():
    assert read_group("二十四组") == ("第24组", 24)
    assert read_group("第一百零二村民小组") == ("第102组", 102)
    assert read_group("塘坡村民小组") == read_group("塘坡组") == ("塘坡组", 0)
    assert read_group("面前领村") == ("面前领村", 0)


def test_relations_and_categories_are_folded():
    assert {read_relation(each) for each in ("妻", "老婆", "爱人", "配 偶")} == {"配偶"}
    assert read_relation("长子") == "长子"
    assert read_categories("低保户、残疾 五保/低保;未见过") == (
        ["低保", "残疾", "特困"],
        ["未见过"],
    )
