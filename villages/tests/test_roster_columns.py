"""Whose columns are whose: what stands under another person's title is never taken for one's own."""

import pytest

from liaison.reading.excel_read import Book, Sheet
from villages.roster.parse import parse_roster

from .families import FAMILY, HE, ON, OTHER, SHE, SON, one, people, plain

TITLED = [
    ["序号", "户主", "", "", "家庭成员", "", "", "", "监护人", "", ""],
    [
        "",
        "姓名",
        "身份证号",
        "电话",
        "姓名",
        "与户主关系",
        "身份证号",
        "电话",
        "姓名",
        "身份证号",
        "电话",
    ],
    [1, "周大山", HE, "15400000001", "周大山", "户主", HE, "15400000001", "", "", ""],
    ["", "周大山", HE, "15400000001", "周三", "子", SON, "", "李四", OTHER, "15400000004"],
]


@pytest.mark.parametrize("merges", [["A1:A2", "B1:D1", "E1:H1", "I1:K1"], None])
def test_what_stands_under_another_persons_title_is_not_ones_own(merges):
    roster = plain(TITLED) if merges is None else one(TITLED, *merges)
    assert people(roster) == [[FAMILY[0], FAMILY[2]]]
    assert [each.phones for each in roster.residents] == [["15400000001"], []]
    assert "监护人身份证号" in roster.tables[0].ignored


@pytest.mark.parametrize(
    "head",
    [
        "户主 身份证号 电话 姓名 关系 身份证号 电话",
        "户主姓名 户主身份证号 户主电话 姓名 关系 身份证号 联系电话",
        "户主 身份证号（户主） 电话(户主) 姓名 关系 身份证号 电话",
        "监护人姓名 监护人身份证号 监护人电话 姓名 关系 身份证号 电话",
        "配偶姓名 身份证号 电话 姓名 关系 身份证号 电话",
    ],
)
def test_a_column_of_another_person_is_never_taken_for_ones_own(head):
    rows = [
        head.split(),
        ["周大山", HE, "15400000001", "周大山", "户主", HE, "15400000001"],
        ["周大山", HE, "15400000001", "李梅", "妻", "无", ""],
    ]
    roster = one(rows)
    assert [each.id_number for each in roster.residents] == [HE, ""]
    assert [each.phones for each in roster.residents] == [["15400000001"], []]


@pytest.mark.parametrize("place", ["before", "after"])
def test_other_peoples_columns_beside_ones_own_missing_one(place):
    own, others = ["姓名", "关系", "组"], ["监护人身份证号", "配偶身份证号", "监护人电话"]
    values, numbers = ["周三", "子", "1组"], [OTHER, SHE, "15400000004"]
    rows = (
        [others + own, numbers + values] if place == "before" else [own + others, values + numbers]
    )
    person = one(rows).residents[0]
    assert (person.id_number, person.phones) == ("", [])


def test_the_heads_own_columns_serve_his_row_where_there_are_no_others():
    head = ["户主姓名", "户主身份证号", "户主电话", "姓名", "与户主关系"]
    rows = [
        head,
        ["周大山", HE, "15400000001", "周大山", "户主"],
        ["周大山", HE, "15400000001", "李梅", "妻"],
    ]
    roster = one(rows)
    assert people(roster) == [[FAMILY[0], ("李梅", "配偶", "")]]
    assert [each.phones for each in roster.residents] == [["15400000001"], []]
    with_own = [[*head, "身份证号"], [*rows[1], ""], [*rows[2], SHE]]
    assert people(one(with_own)) == [[("周大山", "户主", ""), FAMILY[1]]]


def test_the_heads_number_is_checked_like_any_and_the_cell_is_named():
    rows = [
        ["户主姓名", "户主身份证号", "姓名", "与户主关系"],
        ["周大山", HE[:17], "周大山", "户主"],
    ]
    (refused,) = one(rows).refused
    assert (refused.code, refused.column, refused.head) == ("R-ID-LEN", "B", "户主身份证号")


def test_a_returned_or_corrected_column_cannot_make_another_persons_number_ones_own():
    rows = [["户主姓名", "户主身份证号", "姓名", "与户主关系"]]
    rows += [["周大山", HE, "周大山", "户主"], ["周大山", HE, "李梅", "妻"]]
    book = Book("xlsx", [Sheet("Sheet1", rows)])
    key = parse_roster(book, on=ON).tables[0].layout
    corrected = {key: {"0": "head", "1": "id", "2": "name", "3": "relation"}}
    roster = parse_roster(book, on=ON, layouts=corrected)
    assert [each.id_number for each in roster.residents] == [HE, ""]
    left_out = {key: corrected[key] | {"1": ""}}
    roster = parse_roster(book, on=ON, layouts=left_out)
    assert [each.id_number for each in roster.residents] == ["", ""]
