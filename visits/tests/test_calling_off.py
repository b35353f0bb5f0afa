"""A day called off, moved or on again: whoever was told of it is told so, once; nobody else hears of it."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from cadres.actions import calendar
from cadres.models import GroupNotice, GroupRobot, LiaisonPlan, Notice
from visits.actions import cancel_session, plan_single
from visits.calling_off import tell_changes
from visits.models import LeaveRequest
from visits.planning import plan_sessions
from visits.reminding import remind

TUESDAY = dt.date(2026, 11, 24)


def at(day, hour):
    """A Shanghai moment of November 2026."""
    return dt.datetime(2026, 11, day, hour, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture
def session(plan):
    """石桥村's Tuesday, planned."""
    plan_sessions(today=dt.date(2026, 11, 21))
    return plan.sessions.get(on=TUESDAY)


def called_off(session, zhao, now):
    """The office cancels it."""
    session.refresh_from_db()
    return cancel_session(session=session, by=zhao, now=now, version=session.version, reason="防汛")


def told(kind="session_called_off"):
    """Who was told that a day is off, moved or on again."""
    rows = Notice.objects.filter(kind=kind).order_by("pk")
    return list(rows.values_list("recipient__username", flat=True))


def local_holiday(zhao, qingshan, on=TUESDAY):
    """The township takes a day off, as of Sunday evening."""
    return calendar.set_local_day(
        township=qingshan, by=zhao, today=dt.date(2026, 11, 22), on=on, kind="holiday", name="庙会"
    )


def follow(session, rule):
    """The plan's holiday rule."""
    LiaisonPlan.objects.filter(pk=session.plan_id).update(holiday_rule=rule)


def test_who_was_reminded_is_told_once(session, li, wang, zhao):
    remind(now=at(22, 17))
    called_off(session, zhao, at(23, 9))
    assert tell_changes(now=at(23, 9)) == 1
    assert tell_changes(now=at(23, 10)) == 0
    assert told() == ["li"]
    text = Notice.objects.get(kind="session_called_off").text
    assert "防汛" not in text
    assert "已取消" in text


def test_nobody_is_told_of_a_day_nobody_knew_of(session, li, zhao):
    called_off(session, zhao, at(21, 9))
    assert tell_changes(now=at(21, 9)) == 0


def test_a_day_that_stands_or_is_past_tells_nothing(session, li, zhao):
    remind(now=at(22, 17))
    assert tell_changes(now=at(23, 9)) == 0
    called_off(session, zhao, at(23, 9))
    assert tell_changes(now=at(25, 9)) == 0


def test_who_was_told_of_a_single_day_learns_that_it_is_off(li, zhao, shiqiao):
    day = plan_single(
        by=zhao, now=at(21, 9), kind="reception", team=li.team, village=shiqiao, on=TUESDAY,
        starts_at=dt.time(14), ends_at=dt.time(16), place="文化广场",
    )  # fmt: skip
    called_off(day, zhao, at(21, 10))
    assert tell_changes(now=at(21, 10)) == 1
    assert told() == ["li"]


def test_a_group_that_was_reminded_learns_that_the_day_is_off(session, li, zhao, qingshan):
    robot = GroupRobot.objects.create(
        township=qingshan, kind="wecom", name="驻点群", address="http://127.0.0.1:9/hook?key=1"
    )
    remind(now=at(22, 17))
    called_off(session, zhao, at(23, 9))
    assert tell_changes(now=at(23, 9)) == 2
    assert tell_changes(now=at(23, 10)) == 0
    assert GroupNotice.objects.get(kind="session_called_off").robot == robot


def test_who_was_reminded_of_a_day_that_moves_learns_which_day_is_off(session, li, zhao, qingshan):
    follow(session, "make_up")
    remind(now=at(22, 17))
    local_holiday(zhao, qingshan)
    assert tell_changes(now=at(22, 18)) == 1
    assert tell_changes(now=at(22, 19)) == 0
    text = Notice.objects.get(kind="session_moved").text
    assert "原定2026-11-24(周二)在石桥村的驻点改期" in text
    assert "2026-11-28(周六)09:00" in text


def test_a_day_that_moves_before_anybody_was_told_is_told_by_its_reminder_alone(
    session, li, zhao, qingshan
):
    follow(session, "make_up")
    local_holiday(zhao, qingshan)
    assert tell_changes(now=at(22, 18)) == 0


def test_a_day_moved_and_moved_home_is_told_each_time(session, li, zhao, qingshan):
    follow(session, "make_up")
    remind(now=at(22, 17))
    for hour in (18, 20):
        day = local_holiday(zhao, qingshan)
        assert tell_changes(now=at(22, hour)) == 1
        calendar.take_back_local_day(day=day, by=zhao, today=dt.date(2026, 11, 22))
        assert tell_changes(now=at(22, hour + 1)) == 1
    texts = Notice.objects.filter(kind="session_moved").values_list("text", flat=True)
    assert len(texts) == 4
    assert sum("改为2026-11-24(周二)" in text for text in texts) == 2


def test_a_day_on_again_is_told_to_whoever_heard_that_it_is_off(session, li, zhao, qingshan):
    follow(session, "skip")
    remind(now=at(22, 17))
    for hour in (18, 20):
        day = local_holiday(zhao, qingshan)
        assert tell_changes(now=at(22, hour)) == 1
        calendar.take_back_local_day(day=day, by=zhao, today=dt.date(2026, 11, 22))
        assert tell_changes(now=at(22, hour + 1)) == 1
    assert (told(), told("session_on_again")) == (["li"] * 2, ["li"] * 2)


def test_whose_leave_a_moved_day_ends_learns_it_with_his_stand_in(
    session, li, wang, zhao, qingshan
):
    LeaveRequest.objects.create(
        session=session, on=TUESDAY, person=li, post=li.post, person_name="李", post_title="书记",
        kind="personal", state="approved", stand_in=wang, requested_at=at(20, 9),
    )  # fmt: skip
    follow(session, "make_up")
    local_holiday(zhao, qingshan)
    assert tell_changes(now=at(22, 18)) == 2
    assert sorted(told("session_moved")) == ["li", "wang"]
    texts = Notice.objects.filter(kind="session_moved").values_list("text", flat=True)
    assert all("请假和代班不再适用" in text for text in texts)
