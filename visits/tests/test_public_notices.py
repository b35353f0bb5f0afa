"""公示: the village is told two days ahead, three when the day moved, at once when it is off."""

import datetime as dt

import pytest

from conftest import SINCE
from liaison.errors import NotAllowed
from liaison.models import AuditEntry
from visits import actions
from visits.actions import posting
from visits.models import LiaisonSession, NoticePolicy, PublicNotice, SessionPolicy
from visits.planning import replan_all
from visits.posting import due

from .noticed import SATURDAY, SUNDAY, TUESDAY, a_day, at, day, post, posted, poster_of

__all__ = ["day", "posted"]  # fixtures, asked for by name


# --- When it is due ------------------------------------------------------------------------


def test_it_is_due_two_days_ahead_for_the_team_and_the_office(day, li, zhao, wang, qian):
    assert not due(li, SATURDAY).exists()
    assert list(due(li, SUNDAY)) == list(due(zhao, SUNDAY)) == [day]
    assert not due(wang, SUNDAY).exists()
    assert not due(qian, SUNDAY).exists()
    assert not due(li, TUESDAY + dt.timedelta(days=1)).exists()  # what is past cannot be announced


def test_a_day_that_moved_is_due_three_days_ahead(plan, li):
    a_day(plan, moved_from=TUESDAY - dt.timedelta(days=1))
    assert due(li, SATURDAY).count() == 1
    assert not due(li, SATURDAY - dt.timedelta(days=1)).exists()


def test_a_make_up_day_is_due_as_long_ahead_as_it_had_to_be_named(plan, day, li, qingshan):
    LiaisonSession.objects.filter(pk=day.pk).update(on=TUESDAY - dt.timedelta(days=7))
    a_day(plan, made_up_for=day)
    assert due(li, SATURDAY).count() == 1  # three days; an ordinary Tuesday waits until Sunday
    assert not due(li, SATURDAY - dt.timedelta(days=1)).exists()
    SessionPolicy.objects.create(township=qingshan, since=SINCE, make_up_notice=6)
    assert due(li, TUESDAY - dt.timedelta(days=6)).count() == 1


def test_what_is_for_one_household_hangs_on_no_board(plan, day, li):
    for hour, kind in enumerate(("appointment", "case_visit", "talk", "reception"), start=14):
        hours = {"starts_at": dt.time(hour), "ends_at": dt.time(hour, 45)}
        row = a_day(plan, TUESDAY - dt.timedelta(days=1), kind=kind, **hours)
        LiaisonSession.objects.filter(pk=row.pk).update(plan=None, on=TUESDAY)
    assert {each.kind for each in due(li, SUNDAY)} == {"regular", "reception"}
    with pytest.raises(NotAllowed, match="请重新选择"):
        post(li, LiaisonSession.objects.get(kind="talk"))


def test_a_plan_may_say_its_own_number_of_days(plan, day, li):
    plan.notice_days = 5
    plan.save()
    assert list(due(li, TUESDAY - dt.timedelta(days=5))) == [day]
    assert not due(li, TUESDAY - dt.timedelta(days=6)).exists()
    plan.notice_days = 0
    plan.save()
    assert not due(li, SUNDAY).exists()
    assert list(due(li, TUESDAY)) == [day]


def test_each_township_says_how_many_days_and_from_when(day, zhao, li, qingshan):
    posting.set_notice_policy(
        by=zhao, township=qingshan, days=5, days_moved=7, since=SATURDAY, on=SATURDAY
    )
    assert due(li, SATURDAY).exists()
    assert not due(li, SATURDAY - dt.timedelta(days=1)).exists()  # the rule was another then


def test_the_rule_is_the_offices_and_never_of_the_past(zhao, li, qingshan, elsewhere):
    facts = {"days": 2, "days_moved": 3, "since": SUNDAY, "on": SUNDAY}
    for by, township, more in (
        (li, qingshan, {}),
        (zhao, elsewhere, {}),
        (zhao, qingshan, {"days": 0}),
        (zhao, qingshan, {"days_moved": 31}),
        (zhao, qingshan, {"since": SATURDAY}),
    ):
        with pytest.raises(NotAllowed):
            posting.set_notice_policy(by=by, township=township, **facts | more)
    assert not NoticePolicy.objects.exists()
    for days in (2, 4):  # said twice for a day: the second word counts
        posting.set_notice_policy(by=zhao, township=qingshan, **facts | {"days": days})
    assert NoticePolicy.objects.get().days == 4


# --- The tick, and what changes after it ---------------------------------------------------------


def test_one_tick_and_it_is_off_the_list_saying_it_again_changes_nothing(day, li):
    (notice,) = post(li, day)
    assert not due(li, SUNDAY).exists()
    assert post(li, day) == []
    line = AuditEntry.objects.get(action="登记公示已张贴")
    assert line.object_label == "石桥村 2026-11-24"
    assert notice.says(day)


def test_a_slip_is_taken_back_once(posted, day, li, wang):
    with pytest.raises(NotAllowed):
        posting.take_back(by=wang, notice=posted, now=at(SUNDAY))
    posting.take_back(by=li, notice=posted, now=at(SUNDAY))
    assert list(due(li, SUNDAY)) == [day]
    with pytest.raises(NotAllowed, match="已经撤回"):
        posting.take_back(by=li, notice=posted, now=at(SUNDAY))
    assert AuditEntry.objects.filter(action="撤回公示张贴登记").count() == 1


def test_another_place_needs_another_notice_and_undoing_it_brings_the_first_back(posted, day, li):
    day.place, day.version = "文化广场", 2
    day.save()
    assert list(due(li, SATURDAY)) == [day]  # a change is told three days ahead
    assert "时间或地点有变动" in poster_of(day).opening
    (second,) = post(li, day)
    assert not due(li, SUNDAY).exists()
    assert PublicNotice.objects.hanging().get() == second
    posting.take_back(by=li, notice=second, now=at(SUNDAY))
    assert PublicNotice.objects.hanging().get() == posted
    assert list(due(li, SUNDAY)) == [day]


def test_a_day_changed_since_the_page_was_opened_is_not_ticked(day, li):
    with pytest.raises(NotAllowed, match="刚有变动"):
        posting.mark_posted(by=li, sessions={day.pk: day.version + 1}, now=at(SUNDAY))
    assert not PublicNotice.objects.exists()


def test_a_day_called_off_after_it_was_announced_is_told_at_once(posted, day, zhao, li, plan):
    unannounced = a_day(plan, TUESDAY + dt.timedelta(days=7))
    for each in (day, unannounced):
        actions.cancel_session(
            session=each, by=zhao, now=at(SATURDAY), version=1, reason="全镇防汛"
        )
    early = SATURDAY - dt.timedelta(days=5)
    assert list(due(li, early)) == [day]  # nobody was told of the other one
    poster = poster_of(day)
    assert poster.title == "青山镇石桥村驻点联系群众暂停公告"
    assert "因全镇防汛取消" in poster.opening
    assert [word for word, _ in poster.facts()] in ([], ["联系电话"])
    day.refresh_from_db()
    post(li, day)
    assert not due(li, SUNDAY).exists()


def test_a_plan_that_goes_keeps_the_days_the_village_was_told_of(posted, day, plan, zhao):
    plan.weekdays = [3]
    plan.save()
    replan_all([plan], by=zhao, today=SATURDAY, since=SATURDAY)
    day.refresh_from_db()
    assert day.status == "cancelled"


def test_only_ones_own_days_to_come(day, wang, sun, li):
    for user, word in ((wang, "工作范围"), (sun, "不办理公示")):
        with pytest.raises(NotAllowed, match=word):
            post(user, day)
    with pytest.raises(NotAllowed, match="工作范围"):
        post(li, day, now=TUESDAY + dt.timedelta(days=1))
    with pytest.raises(NotAllowed, match="至少勾选"):
        post(li)
