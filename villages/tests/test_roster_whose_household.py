"""Two families are never made one because a table says little of households."""

import datetime as dt

import pytest

from liaison.reading.excel_read import Book, Sheet
from villages.roster.parse import parse_roster

from .roster_files import number

ON = dt.date(2026, 11, 21)
IDS = [number(order=order) for order in range(901, 909)]


def homes(head, *rows):
    """[[names]] by household, each row with an ID number put at its end."""
    rows = [[*each, identity] for each, identity in zip(rows, IDS, strict=False)]
    roster = parse_roster(Book("xlsx", [Sheet("名单", [[*head, "身份证号"], *rows])]), on=ON)
    assert not roster.refused
    return [[each.name for each in home.residents] for home in roster.households]


def test_numbers_begin_again_where_only_the_relation_tells_the_head():
    assert homes(
        ["组", "户编号", "姓名", "与户主关系"],
        ["1组", "1", "王伟", "户主"],
        ["1组", "1", "李梅", "妻"],
        ["1组", "2", "赵大", "户主"],
        ["2组", "1", "孙二", "户主"],
        ["2组", "1", "钱小", "妻"],
    ) == [["王伟", "李梅"], ["赵大"], ["孙二", "钱小"]]


def test_numbers_begin_again_where_the_wife_is_listed_before_the_head():
    assert homes(
        ["组", "户编号", "姓名", "与户主关系"],
        ["1组", "1", "王伟", "户主"],
        ["2组", "1", "钱小", "妻"],
        ["2组", "1", "孙二", "户主"],
    ) == [["王伟"], ["钱小", "孙二"]]


@pytest.mark.parametrize("relation", [[], ["与户主关系"]])
def test_numbers_begin_again_where_only_a_column_names_the_head(relation):
    rows = (
        ["1组", "1", "王伟", "王伟"],
        ["1组", "1", "王伟", "李梅"],
        ["2组", "1", "孙二", "孙二"],
        ["2组", "1", "孙二", "钱小"],
    )
    rows = [[*each, *([""] if relation else [])] for each in rows]
    assert homes(["组", "户编号", "户主", "姓名", *relation], *rows) == [
        ["王伟", "李梅"],
        ["孙二", "钱小"],
    ]


def test_numbers_begin_again_where_nothing_tells_the_head():
    assert homes(
        ["组", "户编号", "姓名"],
        ["1组", "1", "王伟"],
        ["1组", "2", "赵大"],
        ["2组", "1", "孙二"],
        ["2组", "2", "钱小"],
    ) == [["王伟"], ["赵大"], ["孙二"], ["钱小"]]


def test_one_household_written_under_two_groups_stays_one():
    assert homes(
        ["组", "户编号", "户主", "姓名", "与户主关系"],
        ["1组", "1", "王伟", "王伟", "户主"],
        ["2组", "1", "王伟", "李梅", "妻"],
    ) == [["王伟", "李梅"]]
    assert homes(
        ["组", "户编号", "姓名", "与户主关系"],
        ["1组", "1", "王伟", "户主"],
        ["1组", "2", "赵大", "户主"],
        ["2组", "1", "李梅", "妻"],
    ) == [["王伟", "李梅"], ["赵大"]]
