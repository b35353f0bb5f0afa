"""例会安排: 庐阳's 调度会 on the 25th, 大瑶's monthly analysis; made, changed, never twice."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from cadres.actions.meetings import change_meeting, make_meeting
from cadres.meeting_reminding import remind_meetings
from cadres.models import Notice, StandingMeeting
from cadres.recurrence import days_of
from cadres.workcalendar import WorkCalendar
from liaison import clock
from liaison.errors import NotAllowed, Stale


@pytest.fixture(autouse=True)
def _saturday(monkeypatch):
    """It is Saturday, 21 November 2026."""
    monkeypatch.setattr(clock, "today", lambda: dt.date(2026, 11, 21))


@pytest.fixture
def filled():
    """The form as the clerk fills it: every 25th, 9:00-11:00."""
    return {
        "form_key": "2a3f5c4e-0000-4000-8000-000000000003", "name": "调度会", "place": "镇政府二楼",
        "rhythm": "每月25日上午9:00-11:00", "starts_at": "", "ends_at": "", "holiday_rule": "next",
        "valid_from": "2026-01-01", "valid_to": "",
    }  # fmt: skip


@pytest.fixture
def facts():
    """The same for the verb."""
    return {
        "name": "调度会", "place": "", "recurrence": "monthly_day", "month_days": [25],
        "starts_at": dt.time(9), "ends_at": dt.time(11), "valid_from": dt.date(2026, 1, 1),
    }  # fmt: skip


def test_the_clerk_makes_one_and_sees_when_it_comes_next(signed_in, zhao, filled):
    client = signed_in(zhao)
    for _ in range(2):  # a double tap
        assert client.post("/plans/meetings/new/", filled).status_code == 302
    meeting = StandingMeeting.objects.get()
    assert meeting.in_words() == "每月25日 09:00–11:00"
    page = client.get("/plans/meetings/").content.decode()
    assert "2026-11-25(周三)" in page
    days = days_of(meeting, dt.date(2026, 4, 1), dt.date(2026, 5, 31), WorkCalendar.load())
    assert [day.on for day in days] == [dt.date(2026, 4, 27), dt.date(2026, 5, 25)]


@pytest.mark.parametrize(
    ("town", "name", "said"),
    [
        ("大瑶镇", "镇工作点评会", "大瑶镇工作点评会"),
        ("大瑶镇", "大瑶镇调度会", "大瑶镇调度会"),
        ("大瑶镇", "镇长办公会", "大瑶镇镇长办公会"),
        ("双岗街道", "街道调度会", "双岗街道调度会"),
        ("双岗街道", "镇村联席会", "双岗街道镇村联席会"),
        ("青山镇", "调度会", "青山镇调度会"),
    ],
)
def test_a_heading_says_the_township_once(qingshan, town, name, said):
    qingshan.name = town
    assert StandingMeeting(township=qingshan, name=name).full_name == said


def test_one_whose_named_days_have_passed_says_so(signed_in, zhao, qingshan, facts):
    days = {"recurrence": "days", "month_days": [], "days": ["2026-03-25", "2026-06-25"]}
    make_meeting(by=zhao, township=qingshan, **(facts | days))
    page = signed_in(zhao).get("/plans/meetings/").content.decode()
    assert "指定2026年3月25日、6月25日" in page
    assert "指定的日期已过" in page


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"rhythm": "面议"}, "没有看懂"),
        ({"rhythm": "每个工作日轮值上午9:00-11:00"}, "例会请写成"),
        ({"name": ""}, "请填写会议名称"),
        ({"valid_to": "2025-12-31"}, "截止日期不能早于生效日期"),
    ],
)
def test_what_is_no_meeting_is_refused(signed_in, zhao, filled, wrong, sentence):
    answer = signed_in(zhao).post("/plans/meetings/new/", filled | wrong)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not StandingMeeting.objects.exists()


def test_the_same_meeting_is_not_made_twice(zhao, qingshan, facts):
    make_meeting(by=zhao, township=qingshan, **facts)
    with pytest.raises(NotAllowed, match="已有调度会"):
        make_meeting(by=zhao, township=qingshan, **facts)
    make_meeting(by=zhao, township=qingshan, **(facts | {"name": "点评会"}))


def test_only_the_office_of_the_township_decides(li, zhao, qian, qingshan, facts):
    for stranger in (li, qian):
        with pytest.raises(NotAllowed):
            make_meeting(by=stranger, township=qingshan, **facts)
    meeting = make_meeting(by=zhao, township=qingshan, **facts)
    with pytest.raises(StandingMeeting.DoesNotExist):
        change_meeting(meeting=meeting, by=qian, version=1, place="别处")


def test_a_change_is_stored_and_a_stale_one_shown(signed_in, zhao, qingshan, facts, filled):
    meeting = make_meeting(by=zhao, township=qingshan, **facts)
    with pytest.raises(Stale):
        change_meeting(meeting=meeting, by=zhao, version=7, place="三楼")
    client = signed_in(zhao)
    assert "每月25日" in client.get(f"/plans/meetings/{meeting.pk}/").content.decode()
    change = filled | {"version": 1, "rhythm": "每月第一个周一上午9:00-11:00"}
    assert client.post(f"/plans/meetings/{meeting.pk}/", change).status_code == 302
    late = client.post(f"/plans/meetings/{meeting.pk}/", change | {"rhythm": "每月3日9:00-11:00"})
    assert late.status_code == 409
    assert "每月第一个周一" in late.content.decode()


# --- Reminders ------------------------------------------------------------------------------


def told():
    """(who, slot) of every reminder of a meeting."""
    rows = Notice.objects.filter(kind="meeting_reminder", is_expired=False)
    return sorted(rows.values_list("recipient__username", "slot"))


def at(day, hour, minute=0):
    """A Shanghai moment of November 2026."""
    return dt.datetime(2026, 11, day, hour, minute, tzinfo=ZoneInfo("Asia/Shanghai"))


def test_the_office_and_the_leaders_are_told_once_an_occasion(
    zhao, zhou, li, qian, qingshan, facts
):
    make_meeting(by=zhao, township=qingshan, **facts)
    for minute in (0, 1, 2):
        remind_meetings(now=at(23, 17, minute))
    assert told() == [("zhao", "2026-11-25T0900/2.1"), ("zhou", "2026-11-25T0900/2.1")]
    remind_meetings(now=at(24, 17))
    assert len(told()) == 4
    assert Notice.objects.first().title == "会议提醒：2026-11-25(周三)调度会"


def test_a_meeting_that_is_over_reminds_nobody(zhao, qingshan, facts):
    make_meeting(by=zhao, township=qingshan, **facts, valid_to=dt.date(2026, 11, 20))
    remind_meetings(now=at(23, 17))
    assert told() == []
