"""/plans/grid/ saved: all rows together with their days, or none of them."""

import datetime as dt

import pytest

from cadres.models import LiaisonPlan, LiaisonTeam
from liaison import clock
from liaison.models import AuditEntry

from .grid_pages import (
    URL,
    before_the_year,
    fields,
    held,
    office,
    press,
    row_of,
    save,
    table,
    typed,
    words,
)

__all__ = ["before_the_year", "office", "table"]  # fixtures, asked for by name
pytestmark = pytest.mark.usefixtures("before_the_year")


# --- Saved ----------------------------------------------------------------------------------


def test_all_rows_are_saved_at_once_with_their_days(office, table, shiqiao, heping, zhao):
    table = typed(table, shiqiao, rhythm="每周二")
    answer = save(
        office, typed(table, heping, rhythm="每月10日", starts_at="14:30", ends_at="17点")
    )
    assert answer.status_code == 302
    assert answer.url == f"{URL}?year=2026"
    assert "已保存：新增 2 条" in words(office.get(answer.url))
    days = held(shiqiao)
    assert dt.date(2026, 2, 17) not in days
    assert days.count(dt.date(2026, 2, 24)) == 1
    assert dt.date(2026, 10, 8) in days
    assert dt.date(2026, 10, 10) in held(heping)
    assert heping.plans.get().in_words() == "每月10日 14:30–17:00"
    assert AuditEntry.objects.filter(action="新增驻点安排", actor_id=zhao.pk).count() == 2


def test_nothing_is_saved_that_was_not_looked_at(office, table, shiqiao):
    first = press(office, typed(table, shiqiao, rhythm="每周二"), "save")
    assert first.status_code == 200
    assert "还没有保存" in words(first)
    other = press(office, typed(fields(first), shiqiao, rhythm="每周三"), "save")
    assert "每周三" in words(other)
    assert not LiaisonPlan.objects.exists()
    assert press(office, fields(other), "save").status_code == 302
    assert shiqiao.plans.get().weekdays == [2]


def test_a_double_tap_gives_one_result_and_other_content_a_page_of_both(office, table, shiqiao):
    looked = fields(press(office, typed(table, shiqiao, rhythm="每周二")))
    first, second = (press(office, looked, "save") for _ in range(2))
    assert (first.status_code, first.url) == (second.status_code, second.url) == (302, first.url)
    assert LiaisonPlan.objects.count() == 1
    third = press(office, typed(looked, shiqiao, rhythm="每周四"), "save")
    assert third.status_code == 409
    assert LiaisonPlan.objects.count() == 1


def test_rows_that_say_nothing_new_are_not_touched(office, plan, heping):
    table = fields(office.get(f"{URL}?year=2026"))
    save(office, typed(table, heping, rhythm="每周四"))
    plan.refresh_from_db()
    assert plan.version == 1
    assert not AuditEntry.objects.filter(action="修改驻点安排").exists()
    again = press(office, fields(office.get(f"{URL}?year=2026")))
    assert "没有要保存的改动" in words(again)


def test_a_changed_row_says_what_it_was(office, plan, shiqiao):
    table = fields(office.get(f"{URL}?year=2026"))
    looked = press(office, typed(table, shiqiao, rhythm="每周三"))
    assert "原为 每周二 09:00–11:30" in words(looked)
    press(office, fields(looked), "save")
    plan.refresh_from_db()
    assert (plan.weekdays, plan.version) == ([2], 2)
    assert held(shiqiao)[0] == dt.date(2026, 1, 7)


def test_a_change_in_the_table_of_a_past_year_says_that_it_reaches_today(
    office, plan, shiqiao, monkeypatch
):
    monkeypatch.setattr(clock, "today", lambda: dt.date(2027, 3, 2))
    for end, says in ((None, True), ("2026-12-31", False)):
        LiaisonPlan.objects.filter(pk=plan.pk).update(valid_to=end)
        table = fields(office.get(f"{URL}?year=2026"))
        looked = press(office, typed(table, shiqiao, rhythm="每周五"))
        assert ("有 1 条现在还在用" in words(looked)) == says


def test_a_village_may_have_a_second_row(office, plan, shiqiao, heping):
    table = fields(office.get(f"{URL}?year=2026"))
    more = fields(press(office, typed(table, heping, rhythm="每周五"), add=str(shiqiao.pk)))
    assert (row_of(more, shiqiao, 1), row_of(more, heping)) == (1, 2)
    assert more["r-2-rhythm"] == "每周五"  # what was typed is kept
    answer = save(office, typed(more, shiqiao, 1, rhythm="每月15日"))
    assert answer.status_code == 302
    assert sorted(each.recurrence for each in shiqiao.plans.all()) == ["monthly_day", "weekly"]


def test_what_is_changed_for_next_year_leaves_this_one_alone(office, plan, shiqiao, zhao):
    """A plan that runs on goes as it is until New Year's Eve; the change is a plan of its own."""
    LiaisonPlan.objects.filter(pk=plan.pk).update(
        valid_from="2025-01-01", valid_to=None, notice_days=4
    )
    table = fields(office.get(f"{URL}?year=2026"))
    looked = press(office, typed(table, shiqiao, rhythm="每周五"))
    assert "原为 每周二 09:00–11:30，到2025-12-31为止" in words(looked)
    assert fields(looked)["r-0-valid_from"] == "2026-01-01"
    assert press(office, fields(looked), "save").status_code == 302
    plan.refresh_from_db()
    assert (plan.weekdays, plan.valid_to) == ([1], dt.date(2025, 12, 31))
    new = shiqiao.plans.exclude(pk=plan.pk).get()
    assert (new.weekdays, new.valid_from, new.valid_to) == ([4], dt.date(2026, 1, 1), None)
    assert new.notice_days == 4


def test_a_cleared_row_ends_its_plan_with_the_year_before(office, plan, shiqiao):
    LiaisonPlan.objects.filter(pk=plan.pk).update(valid_from="2025-01-01", valid_to=None)
    table = fields(office.get(f"{URL}?year=2026"))
    looked = press(office, typed(table, shiqiao, rhythm=""))
    assert "石桥村“每周二 09:00–11:30”到2025-12-31为止" in words(looked)
    press(office, fields(looked), "save")
    plan.refresh_from_db()
    assert plan.valid_to == dt.date(2025, 12, 31)
    assert AuditEntry.objects.filter(action="结束驻点安排").count() == 1


def test_a_cleared_row_of_the_running_year_ends_today(office, plan, shiqiao, monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: dt.date(2026, 3, 4))
    table = fields(office.get(f"{URL}?year=2026"))
    save(office, typed(table, shiqiao, rhythm=""))
    plan.refresh_from_db()
    assert plan.valid_to == dt.date(2026, 3, 4)


def test_a_plan_that_never_began_is_taken_back_with_its_days(office, table, shiqiao):
    save(office, typed(table, shiqiao, rhythm="每周二"))
    table = fields(office.get(f"{URL}?year=2026"))
    looked = press(office, typed(table, shiqiao, rhythm=""))
    assert "还没有开始，将连同它的驻点日一起撤销" in words(looked)
    assert press(office, fields(looked), "save").status_code == 302
    assert not LiaisonPlan.objects.exists()
    assert held(shiqiao) == []
    assert AuditEntry.objects.filter(action="撤销驻点安排").count() == 1


# --- Refused --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cells", "sentence"),
    [
        ({"rhythm": "面议"}, "没有看懂“面议”"),
        ({"rhythm": "单周周二"}, "这种周期系统里没有"),
        ({"starts_at": "九点钟"}, "不是钟点"),
        ({"ends_at": "8:00"}, "结束应晚于开始"),
        ({"starts_at": ""}, "请填写开始"),
        ({"valid_from": "年初"}, "不是日期"),
        ({"valid_from": "2026-02-30"}, "不是日期"),
        ({"valid_from": "2026-5-1", "valid_to": "4.30"}, "截止不能早于生效"),
        ({"valid_from": "2027-01-01", "valid_to": "2027-12-31"}, "起止日期不在2026年内"),
        ({"team": "987654321"}, "请选择团队"),
        ({"holiday_rule": "never"}, "请从列表中选择遇节假日"),
    ],
)
def test_a_row_that_is_not_understood_is_marked_and_nothing_is_saved(
    office, table, shiqiao, heping, cells, sentence
):
    table = typed(table, heping, rhythm="每周四")
    table = typed(table, shiqiao, **{"rhythm": "每周二"} | cells)
    for do in ("look", "save"):
        answer = press(office, table, do)
        assert answer.status_code == 422, do
        assert sentence in words(answer)
        kept = fields(answer)
        assert kept["r-1-rhythm"] == "每周四"
        assert kept["r-0-rhythm"] == table["r-0-rhythm"]
    assert not LiaisonPlan.objects.exists()


def test_no_place_and_the_same_plan_twice_are_refused_beside_their_cells(office, shiqiao, heping):
    type(heping).objects.filter(pk=heping.pk).update(office="")
    table = fields(office.get(f"{URL}?year=2026"))
    table = fields(press(office, table, add=str(shiqiao.pk)))
    table = typed(table, shiqiao, rhythm="每周二")
    table = typed(table, shiqiao, 1, rhythm="星期二", valid_from="3-1")
    answer = press(office, typed(table, heping, rhythm="每周二"))
    assert answer.status_code == 422
    text = words(answer)
    assert "请填写驻点地点" in text.split('id="f-2-place"')[1][:60]
    assert "已有相同周期的安排" in text.split('id="f-1-rhythm"')[1][:60]
    assert not LiaisonPlan.objects.exists()


def test_a_village_without_a_team_says_where_to_make_one(office, wang, heping):
    LiaisonTeam.objects.filter(pk=wang.team.pk).update(is_active=False)
    page = office.get(f"{URL}?year=2026")
    assert "还没有驻点团队" in words(page)
    assert "r-1-rhythm" not in fields(page)


def test_a_stale_row_shows_the_other_persons_change_and_nothing_is_saved(
    office, plan, shiqiao, heping
):
    table = fields(office.get(f"{URL}?year=2026"))
    table = typed(table, shiqiao, rhythm="每周三")
    looked = fields(press(office, typed(table, heping, rhythm="每周五")))
    LiaisonPlan.objects.filter(pk=plan.pk).update(weekdays=[3], version=2)
    late = press(office, looked, "save")
    assert late.status_code == 409
    assert "刚被别人改成" in words(late)
    assert "每周四 09:00–11:30" in words(late)
    assert not heping.plans.exists()
    kept = fields(late)
    assert kept["r-0-rhythm"] == "每周三"
    assert save(office, kept).status_code == 302  # knowing it, she may have it her way
    plan.refresh_from_db()
    assert (plan.weekdays, plan.version) == ([2], 3)


def test_an_expired_page_is_told_and_keeps_its_rows(office, table, shiqiao):
    answer = press(office, typed(table, shiqiao, rhythm="每周二") | {"form_key": "no"}, "save")
    assert answer.status_code == 422
    assert "页面已过期" in words(answer)
    assert fields(answer)["r-0-rhythm"] == "每周二"
