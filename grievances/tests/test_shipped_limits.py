"""What time limits come with the house: exactly those of a table an office can read (shipped_limits.csv).

The practices' own rows of the table are compared in ``demo/tests/test_shipped_limits.py``.
"""

import pytest

from grievances.models import DeadlinePolicy

from .shipped import COLUMNS, GENERAL, shipped, told

# What regulations and published practices name: how the names of the rows begin -> amounts with their units
NAMED = {
    "信访转送": {(15, "自然日")}, "信访受理告知": {(15, "自然日")}, "信访事项": {(60, "自然日")},
    "信访复查": {(30, "自然日")}, "信访复核": {(30, "自然日")},
    "12345特急": {(2, "小时")}, "12345紧急": {(24, "小时"), (1, "自然日")},
    "12345一般": {(7, "自然日")}, "12345疑难": {(15, "自然日")}, "12345签收": {(1, "个工作日")},
    "12345电话": {(5, "个工作日")}, "12345网上": {(3, "个工作日")},
    "12345咨询": {(1, "个工作日"), (3, "个工作日")}, "12345求助": {(1, "个工作日"), (3, "个工作日")},
    "12345建议": {(13, "个工作日")}, "12345投诉": {(13, "个工作日")}, "12345举报": {(13, "个工作日")},
    "12345退回": {(1, "个工作日")}, "首问负责制事项": {(20, "个工作日")},
    "首问负责制退回": {(2, "个工作日")}, "国家信访平台受理": {(15, "自然日")},
    "国家信访平台办结": {(60, "自然日")}, "国家信访平台退回": {(2, "个工作日")},
    "三本台账受理": {(2, "个工作日")}, "三本台账办理": {(10, "个工作日")},
}  # fmt: skip


@pytest.fixture
def general(db):
    """The general rows as the migrations leave them."""
    return list(DeadlinePolicy.objects.filter(township=None).order_by("pk"))


def test_the_general_rows_are_exactly_those_of_the_table(general):
    rows = [told(policy, GENERAL) for policy in general]
    assert sorted(rows, key=str) == sorted(
        [{name: row[name] for name in COLUMNS} for row in shipped(GENERAL)], key=str
    )


@pytest.mark.parametrize("name", NAMED)
def test_each_limit_the_regulations_and_practices_name_is_among_them(name):
    rows = [row for row in shipped(GENERAL) if row["名称"].startswith(name)]
    assert {(int(row["时限"]), row["单位"]) for row in rows} == NAMED[name]


def test_a_petition_is_extended_by_30_days_at_most_and_by_a_leader(general):
    """《信访工作条例》(2022) art. 34: 60 days, and at most 30 more; the platform 15 and 15 more."""
    by_name = {policy.name: policy for policy in general}
    for name, cap in (("信访事项", 30), ("国家信访平台受理(15日)", 15)):
        assert (by_name[name].extend_by, by_name[name].approver) == (cap, "leader")
    assert by_name["信访复查"].extend_by == 0


def test_each_says_where_it_comes_from_and_what_differs_by_place_is_not_in_use(general):
    assert [policy.name for policy in general if not policy.basis] == []
    in_use = {policy.name for policy in general if policy.is_active}
    assert in_use == {
        "一般事项", "加急事项", "信访事项", "来信事项", "12345热线工单", "政策咨询",
    }  # fmt: skip


def test_none_is_warned_of_before_it_begins(general):
    """提前提醒 is in the row's own unit, and shorter than the limit."""
    assert [policy.name for policy in general if policy.warn_before >= policy.amount] == []
