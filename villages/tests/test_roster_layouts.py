"""Rosters as other offices lay them out: real header words and merges, invented people."""

import datetime as dt
import io

import pytest
from openpyxl import Workbook
from openpyxl.styles import Border, Side

from liaison.reading.excel_read import Book, FileRefused, Sheet, read_book
from tests.files.good import workbook
from villages.roster.parse import parse_roster

from .families import FAMILY, HE, ON, OTHER, SHE, one, people, plain, read

BOX = Border(top=Side(style="thin"))


def test_layout_1_members_of_a_collective_with_a_long_empty_tail():
    head = "序号 户主 家庭总人口数 户内成员姓名 与户主关系 性别 身份证号 证件类型 家庭住址 联系电话 备注"
    book = Workbook()
    sheet = book.active
    sheet["A1"] = "农村集体经济组织成员确认登记汇总表"
    sheet["A2"], sheet["C2"], sheet["I2"] = (
        "组织名称：",
        "青山镇",
        "汇总日期：       年    月    日",
    )
    for column, word in enumerate(head.split(), 1):
        sheet.cell(3, column, word)
    rows = (("周大山", "户主", HE), ("李梅", "妻", SHE), ("周三", "儿子", 430181199503039031))
    for row, (name, relation, identity) in enumerate(rows, 4):
        for column, value in ((2, "周大山"), (3, 3), (4, name), (5, relation), (7, identity)):
            sheet.cell(row, column, value)
    for row in range(7, 289):
        for column in range(1, 23):
            sheet.cell(row, column).border = BOX
    for merge in ("A1:K1", "A2:B2", "C2:H2", "I2:K2", "L1:V1", "P7:P8"):
        sheet.merge_cells(merge)
    book.create_sheet("Sheet2")
    out = io.BytesIO()
    book.save(out)
    roster = parse_roster(read_book(out.getvalue()), on=ON)
    assert people(roster) == [FAMILY[:2]]
    assert [(each.row, each.code) for each in roster.refused] == [(6, "R-ID-LOST")]
    assert "证件类型" in roster.tables[0].ignored


def test_layout_2_shares_with_a_head_merged_over_two_rows():
    head = [
        "序号",
        "户主",
        "姓名",
        "与户主关系",
        "股数\n（股）",
        "每户合计股数\n（股）",
        "股权类型",
        "家庭住址",
        "备注",
    ]
    rows = [
        [],
        ["农村集体资产股权确认登记表"],
        ["组织名称：青山", "", "", "", "", "", "日期：        年   月    日"],
        head,
        [],
        [1, "周大山", "周大山", "户主", 1, 3, "", "1号", ""],
        ["", "", "李梅", "妻", 1],
    ]
    merges = [f"{letter}4:{letter}5" for letter in "ABCDEFGHI"]
    roster = one(rows, "A2:I2", "A3:F3", *merges, "B6:B7", "H6:H7")
    assert [[name for name, _, _ in home] for home in people(roster)] == [["周大山", "李梅"]]
    assert roster.households[0].address == "1号"
    assert roster.data_rows == 2


def layout_3(tail):
    top = [
        "序号", "股权证编号", "成员代表", "户内成员\n姓名", "身份证号码", "与户主关系", "股数\n（股）",
        "股金\n（元）", "登记时间", "股权类型", "股权变更情况", "", "", "", "", "", "备注\n(情况说明)",
    ]  # fmt: skip
    middle = [""] * 10 + ["转让股份（股）", "转让", "转让时间", "受让人", "变更原因", "受让人住址"]
    rows = [
        ["农村集体经济组织股权管理台账"],
        ["", "组织名称：  县  镇  村委会"],
        top,
        middle,
        [""] * 11 + ["金额\n（元）"],
        [
            1,
            "0001",
            "周大山",
            "周大山",
            HE,
            "户主",
            1,
            1,
            "",
            "",
            "",
            "",
            "",
            "王受让",
            "",
            "",
            "好",
        ],
        ["", "", "", "李梅", SHE, "妻", 1],
        [2, "0002", "王三", "王三", OTHER, "户主", 1],
    ]
    merges = [f"{letter}3:{letter}5" for letter in "ABCDEFGHIJQ"]
    merges += ["A1:Q1", "B2:H2", "K3:P3", "K4:K5", "M4:M5", "B6:B7", "C6:C7"]
    book = Workbook()
    sheet = book.active
    for row in rows:
        sheet.append(row)
    for merge in merges:
        sheet.merge_cells(merge)
    for row in range(9, 9 + tail):
        sheet.cell(row, 1).border = BOX
        sheet.cell(row, 17).border = BOX
    out = io.BytesIO()
    book.save(out)
    return parse_roster(read_book(out.getvalue()), on=ON)


def test_layout_3_a_head_of_three_rows_and_6575_formatted_empty_rows():
    roster = layout_3(tail=6_575)
    assert people(roster) == [FAMILY[:2], [("王三", "户主", OTHER)]]
    assert roster.data_rows == 3
    assert roster.tables[0].first_row == 5
    assert roster.residents[0].remark == "好"


def form(head, rows, group="三组"):
    """Layout 4 and 8: one form per household, its facts above the members."""
    return [
        ["农户登记表", "", "", "", "", "", "", "", "", "编号", "1/2"],
        [],
        ["户主", "", head, "", "", "", "联系电话", "15400000009"],
        ["家庭住址", "", "石桥 5号", "", "村民小组", group],
        [],
        ["家庭成员"],
        ["A4 姓名", "A5 性别", "A6 公民身份号码", "A7 与户主关系", "A8 民族"],
        *rows,
        ["家庭\n代表         \n意见", "", "同意，共三人"],
        ["签字：", "", "王五"],
    ]


def test_layouts_4_and_8_one_form_per_household():
    first = form("周大山", [["周大山", "男", HE, "户主"], ["李梅", "女", SHE, "妻"]])
    second = form("王三", [["王三", "男", OTHER, "户主"]], group="四组")
    merges = ["A1:I1", "A3:B3", "C3:E3", "A4:B4"]
    roster = read(("周大山", first, merges), ("王三", second, merges))
    assert people(roster) == [FAMILY[:2], [("王三", "户主", OTHER)]]
    assert [home.group for home in roster.households] == ["第3组", "第4组"]
    assert [home.address for home in roster.households] == ["石桥 5号", "石桥 5号"]
    assert not roster.refused
    assert {each.code for each in roster.warnings} == set()
    assert [each.phones for each in roster.residents] == [[], [], []]  # whose it is, is not said


@pytest.mark.parametrize("merges", [["A1:H1", "B3:C3"], None])
def test_layout_5_one_head_over_name_and_relation(merges):
    rows = [
        ["股权登记"],
        [],
        ["户编号", "户主（与户主关系）", "", "性别", "身份证号", "人持股数", "合计人数", "备注"],
        ["001", "周大山", "户主", "男", HE, 1, 2, ""],
        ["", "李梅", "妻", "女", SHE, 1, "", ""],
    ]
    roster = plain(rows) if merges is None else one(rows, *merges)
    assert people(roster) == [FAMILY[:2]]


def test_layout_6_an_export_with_the_heads_name_in_each_row():
    head = "序号 居民姓名 身份证号 性别 户主姓名 与户主关系 出生日期 年龄 村组 家庭地址 联系电话 银行帐号 状态"
    row = [
        1,
        "周大山",
        HE,
        "男",
        "周大山",
        "户主",
        "",
        56,
        "3组",
        "1号",
        "15400000001",
        "6222",
        "正常",
    ]
    roster = one([head.split(), row, [2, "李梅", SHE, "女", "周大山", "配偶", "", 54, "3组"]])
    assert people(roster) == [FAMILY[:2]]
    assert roster.households[0].group == "第3组"
    assert roster.tables[0].ignored == ("年龄", "银行帐号", "状态")


def test_layout_7_group_titles_over_columns_and_hidden_columns():
    book = Workbook()
    sheet = book.active
    sheet.append(
        ["序号", "姓名", "身份证号", "与户主关系", "组", "联系方式", "", "随访", "", "备注"]
    )
    sheet.append(["", "", "", "", "", "电话", "住址", "日期", "结果", "备注"])
    sheet.append(
        [1, "周大山", HE, "户主", "1组", "15400000001", "1号", dt.date(2020, 1, 2), "好", "注意"]
    )
    for merge in (*(f"{letter}1:{letter}2" for letter in "ABCDE"), "F1:G1", "H1:I1"):
        sheet.merge_cells(merge)
    sheet.freeze_panes = "C3"
    for letter in "CG":
        sheet.column_dimensions[letter].hidden = True
    out = io.BytesIO()
    book.save(out)
    roster = parse_roster(read_book(out.getvalue()), on=ON)
    assert people(roster) == [FAMILY[:1]]
    assert (roster.residents[0].phones, roster.households[0].address) == (["15400000001"], "1号")


def test_several_sheets_per_group_make_one_roster():
    head = ["姓名", "与户主关系", "身份证号"]
    sheets = [
        ("1组", [head, ["周大山", "户主", HE]], ()),
        ("二组", [["第二组花名册"], head, ["王三", "户主", OTHER]], ["A1:C1"]),
        ("说明", [["有问题打电话"]], ()),
    ]
    roster = read(*sheets)
    assert [home.group for home in roster.households] == ["第1组", "第2组"]
    assert roster.unread_sheets == ["说明"]


def test_a_hidden_sheet_is_read_once_it_is_picked():
    def hide(book):
        book.create_sheet("备份").append(["见第一张表"])
        book["备份"].sheet_state = "hidden"
        old = book.create_sheet("旧名单")
        for row in (["姓名", "与户主关系", "身份证号"], ["王三", "户主", OTHER]):
            old.append(row)
        old.sheet_state = "veryHidden"

    data = workbook([["姓名", "与户主关系", "身份证号"], ["周大山", "户主", HE]], prepare=hide)
    roster = parse_roster(read_book(data), on=ON)
    assert (people(roster), roster.hidden_sheets) == ([FAMILY[:1]], ["备份", "旧名单"])
    roster = parse_roster(read_book(data, pick_hidden=["旧名单"]), on=ON)
    assert people(roster) == [FAMILY[:1], [("王三", "户主", OTHER)]]
    assert roster.hidden_sheets == ["备份"]


def test_nothing_but_hidden_sheets_says_which():
    book = Book("xlsx", [Sheet("旧名单", [], hidden=True)])
    with pytest.raises(FileRefused) as caught:
        parse_roster(book, on=ON)
    assert "旧名单" in caught.value.message
