"""Rows that are not people are skipped, and nobody is skipped for what stands beside his name."""

import datetime as dt

import pytest

from liaison.reading.excel_read import Book, Sheet
from villages.roster.parse import parse_roster

from .roster_files import number

ON = dt.date(2026, 11, 21)
GOOD = number()
HEAD = ["序号", "姓名", "与户主关系", "性别", "身份证号", "家庭情况"]
FIRST = [1, "周大山", "户主", "男", GOOD, ""]


def read(*rows, head=HEAD):
    return parse_roster(Book("xlsx", [Sheet("名单", [head, FIRST, *rows])]), on=ON)


@pytest.mark.parametrize(
    "row",
    [
        ["", "制表人签字", "", "", "", ""],
        ["", "群众代表签字", "", "", "", ""],
        ["", "村委会（盖章）", "", "", "", ""],
        ["", "石桥村民委员会(公章)", "", "", "", ""],
        ["制表人", "张三", "审核人", "李四", "", ""],
        ["", "填表日期：2024年1月1日", "", "", "", ""],
        ["", "日期：2024.1.1", "", "", "", ""],
        ["", "", "", "", "", "2024年1月1日"],
        ["", "2024年1月1日", "", "", "", ""],
        ["备注", "本表一式两份", "", "", "", ""],
        ["", "共3人", "", "", "", ""],
        ["", "共 12 户", "", "", "", ""],
        ["", "本页小计", "", "", "", "5"],
        ["小计", "3", "", "", "", ""],
        ["", "签字：", "", "", "", ""],
    ],
)
def test_totals_and_signatures_are_no_people(row):
    roster = read(row)
    assert [each.name for each in roster.residents] == ["周大山"]
    assert not roster.refused
    assert not roster.warnings


@pytest.mark.parametrize(
    "said", ["合计：3亩", "说明：长期在外", "备注：在校", "签字：已签", "小计"]
)
@pytest.mark.parametrize("about", [("妻", ""), ("", "女")])
def test_somebody_without_a_number_is_not_skipped_for_a_remark(said, about):
    roster = read([2, "李梅", *about, "无", said])
    assert [each.name for each in roster.residents] == ["周大山", "李梅"]


@pytest.mark.parametrize("name", ["李梅（已故）", "李梅（2023年死亡）", "李梅(已迁出)"])
def test_what_a_name_says_in_brackets_is_listed_for_checking_too(name):
    roster = read([2, name, "妻", "女", number(order=902), ""])
    assert {each.code for each in roster.warnings} & {"W-DEAD", "W-LEFT"}
    assert [each.name for each in roster.residents] == ["周大山", "李梅"]
