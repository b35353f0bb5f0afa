"""The rules of reading a roster, row by row: what an office writes and what becomes of it."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liaison.reading.excel_read import Book, FileRefused, Sheet, read_book
from villages.roster.parse import parse_roster
from villages.roster.places import VillageFinder

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
