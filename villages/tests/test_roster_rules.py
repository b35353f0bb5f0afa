"""The rules of reading, case by case: what an office writes and what becomes of it."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liaison.reading.excel_read import Book, FileRefused, Sheet, read_book
from villages.roster.dates import read_birth
from villages.roster.identity import read_id
from villages.roster.parse import parse_roster
from villages.roster.places import VillageFinder
from villages.roster.text import read_group, read_name, read_phones
from villages.roster.words import read_categories, read_relation

from .roster_files import number, roster, row

ON = dt.date(2026, 11, 21)
GOOD = number()


def parsed(*rows, head=None, **book):
    data = roster(*rows, head=head) if head else roster(*rows)
    return parse_roster(read_book(data), on=ON, **book)


def sheet_of(rows, **options):
    return parse_roster(Book("xlsx", [Sheet("Sheet1", rows)], **options), on=ON)


def codes(problems):
    return [(each.row, each.code) for each in problems]


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


def test_a_birth_date_without_a_number_counts_and_an_impossible_one_refuses():
    head = "姓名,关系,身份证号,出生日期"
    read = parsed("王伟,户主,无,1985年3月", "李梅,妻,无,2085-01-01", "王三,子,无,民国", head=head)
    assert (read.residents[0].birth_date, read.residents[0].birth_month_only) == (
        dt.date(1985, 3, 1),
        True,
    )
    assert codes(read.refused) == [(3, "R-BIRTH")]
    assert codes(read.warnings) == [(2, "W-NOID"), (4, "W-NOID"), (4, "W-DATE")]


def test_somebody_of_a_hundred_and_twelve_is_pointed_out():
    assert codes(parsed(row(id=number("19140101"))).warnings) == [(2, "W-AGE")]


def test_twice_in_one_file():
    others = (row("李梅", "妻", id=GOOD), row("周大山", "户主", home="002", id=GOOD))
    read = parsed(row(id=GOOD), row(id=GOOD), *others)
    assert codes(read.refused) == [(3, "R-DUP"), (4, "R-ID-CONFLICT"), (5, "R-DUP-HH")]
    assert "第2行" in read.refused[0].reason
    child = row("周三", "子")
    assert codes(parsed(row(id=GOOD), child, child).refused) == [(4, "R-DUP")]


def test_the_first_accepted_row_stands():
    read = parsed(row("周2", id=GOOD), row(id=GOOD))
    assert codes(read.refused) == [(2, "R-NAME")]
    assert [each.row for each in read.residents] == [3]


def test_a_torn_csv_row_is_refused_and_its_neighbours_are_not():
    read = parsed(row(id=GOOD) + ",x", row("李梅", "妻", id=number(order=902)))
    assert codes(read.refused) == [(2, "R-COLS")]
    assert [each.name for each in read.residents] == ["李梅"]


def test_two_heads_of_one_name_are_two_households_where_nothing_is_numbered():
    head = "组,户主,姓名,关系,身份证号"
    rows = (
        f"1,张伟,张伟,户主,{GOOD}",
        ",,李梅,妻,",
        f",张伟,张伟,户主,{number(order=903)}",
        ",,王三,妻,",
    )
    read = parsed(*rows, head=head)
    assert [[each.name for each in home.residents] for home in read.households] == [
        ["张伟", "李梅"],
        ["张伟", "王三"],
    ]


def test_a_line_across_the_table_gives_the_group():
    head = "姓名,关系,身份证号"
    read = parsed(
        "第1组,,", f"王伟,户主,{GOOD}", "二组,,", f"李梅,户主,{number(order=902)}", head=head
    )
    assert [home.group for home in read.households] == ["第1组", "第2组"]


def test_a_sheet_named_like_a_group_gives_the_group():
    rows = [["姓名", "关系", "身份证号"], ["王伟", "户主", GOOD]]
    book = Book(
        "xlsx", [Sheet("三组", rows), Sheet("旧", rows, hidden=True), Sheet("备忘", [["记得问"]])]
    )
    read = parse_roster(book, on=ON)
    assert read.households[0].group == "第3组"
    assert (read.hidden_sheets, read.unread_sheets) == (["旧"], ["备忘"])


def test_a_broken_formula_counts_as_empty():
    rows = [["姓名", "关系", "身份证号", "电话"], ["王伟", "户主", GOOD, ""]]
    book = Book("xlsx", [Sheet("Sheet1", rows, unread=frozenset({(1, 3), (9, 9)}))])
    read = parse_roster(book, on=ON)
    assert [(each.column, each.code) for each in read.warnings] == [("D", "W-FORMULA")]


def test_remarks_take_nobody_away():
    read = parsed(row(id=GOOD, remark="2023年已故"), row("李梅", "妻", remark="未迁出"))
    assert codes(read.warnings) == [(2, "W-DEAD"), (3, "W-NOID")]
    assert len(read.residents) == 2


def test_unknown_words_and_long_texts_are_kept_with_a_warning():
    read = parsed(row(id=GOOD, tags="低保 致富带头人", address="一" * 201))
    assert codes(read.warnings) == [(2, "W-CATEGORY"), (2, "W-LONG")]
    assert read.residents[0].categories == ["低保", "致富带头人"]


@pytest.mark.parametrize("head", ["姓名,年龄,身高", "户编号,户主,电话", "名单"])
def test_a_table_without_a_header_we_know_is_refused(head):
    with pytest.raises(FileRefused) as caught:
        parsed("王伟,3,4", head=head)
    assert caught.value.code == "F-HEADER"


def test_the_header_lies_within_twenty_rows():
    body = [["姓名", "关系", "身份证号"], ["王伟", "户主", GOOD]]
    assert len(sheet_of([["", "", ""]] * 19 + body).residents) == 1
    with pytest.raises(FileRefused):
        sheet_of([["", "", ""]] * 20 + body)


class Place:
    def __init__(self, name):
        self.name = name


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("石桥村", "石桥村"),
        ("石桥村委会", "石桥村"),
        ("石桥村民委员会", "石桥村"),
        ("石桥", "石桥村"),
        ("青山镇石桥村", "石桥村"),
        ("南川居委会", "南川社区"),
        ("吉水村", "吉水村委会"),
        ("吉水社区", "吉水居委会"),
        ("石桥社区", "在本乡镇查不到"),
        ("吉水", "可能是"),
        ("柳林村", "在本乡镇查不到"),
        ("", "没有填写"),
    ],
)
def test_villages_by_the_names_people_use(name, found):
    names = ("石桥村", "南川社区", "吉水村委会", "吉水居委会")
    find = VillageFinder([Place(each) for each in names], township_name="青山镇")
    village, wrong = find(name)
    assert (village.name if village else wrong).endswith(found) or found in wrong


cells = st.one_of(
    st.text(max_size=30),
    st.floats(allow_nan=False, allow_infinity=False),
    st.booleans(),
    st.dates(),
    st.just(GOOD),
    st.sampled_from(["户主", "小计", "姓名", "第1组", "无", "\x00", "=1", "１９"]),
)


@given(st.lists(st.lists(cells, min_size=1, max_size=8), max_size=12))
def test_whatever_stands_in_the_cells_each_row_is_taken_or_refused(rows):
    head = ["组", "户编号", "姓名", "与户主关系", "身份证号", "出生日期", "联系电话", "备注"]
    try:
        read = sheet_of([head, *rows])
    except FileRefused as refusal:
        assert refusal.code == "F-EMPTY"
        return
    refused = {each.row for each in read.refused}
    assert len(read.residents) + len(refused) == read.data_rows
    assert all(each.reason and each.fix for each in read.refused + read.warnings)
