"""/calendar/: a year in twelve months, words beside the colours, and the township's own days."""

import datetime as dt
import uuid

import pytest

from cadres.calendar_page import days_in, months_of
from cadres.models import CalendarDay
from liaison import clock
from visits.models import LiaisonSession
from visits.planning import plan_sessions

TODAY = dt.date(2026, 11, 21)
TUESDAY = dt.date(2026, 11, 24)


@pytest.fixture(autouse=True)
def _saturday(monkeypatch):
    """It is Saturday, 21 November 2026."""
    monkeypatch.setattr(clock, "today", lambda: TODAY)


@pytest.fixture
def planned(plan):
    """石桥村's plan with its days."""
    plan_sessions(today=TODAY)
    return plan


def cell(year, on):
    """The cell of one day."""
    weeks = months_of(year, days_in(year, None))[on.month - 1].weeks
    return next(each for week in weeks for each in week if each and each.on == on)


# --- The year ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("on", "kind", "word"),
    [
        (dt.date(2026, 2, 17), "holiday", "休"),
        (dt.date(2026, 2, 14), "extra", "班"),
        (dt.date(2026, 2, 8), "off", ""),
        (dt.date(2026, 2, 9), "work", ""),
    ],
)
def test_each_day_says_in_words_what_it_is(db, on, kind, word):
    found = cell(2026, on)
    assert (found.kind, found.word) == (kind, word)


def test_weeks_begin_on_monday_and_hold_every_day_once(db):
    months = months_of(2026, days_in(2026, None))
    for month in months:
        for week in month.weeks:
            assert all(each is None or each.on.weekday() == n for n, each in enumerate(week))
    days = [each.on for month in months for week in month.weeks for each in week if each]
    assert days == [dt.date(2026, 1, 1) + dt.timedelta(days=n) for n in range(365)]


def test_a_holiday_is_named_once_with_its_first_and_last_day(db):
    months = months_of(2026, days_in(2026, None))
    assert months[1].holidays == (("春节", dt.date(2026, 2, 15), dt.date(2026, 2, 23)),)
    assert months[2].holidays == ()


def test_the_year_shows_its_source_and_an_unpublished_one_says_so(signed_in, zhao):
    client = signed_in(zhao)
    assert "国务院办公厅关于2026年部分节假日安排的通知" in client.get("/calendar/").content.decode()
    assert "2027年工作日历未发布" in client.get("/calendar/?year=2027").content.decode()


@pytest.mark.parametrize("year", ["", "0", "99999999999999999999", "abc", "2003"])
def test_a_nonsense_year_shows_this_one(signed_in, zhao, year):
    answer = signed_in(zhao).get("/calendar/", {"year": year})
    assert answer.status_code == 200
    assert "2026年工作日历" in answer.content.decode()


def test_a_cadre_sees_the_days_of_his_own_village_only(signed_in, li, wang, planned):
    link = "on_from=2026-11-24"
    assert link in signed_in(li).get("/calendar/").content.decode()
    assert link not in signed_in(wang).get("/calendar/").content.decode()


def test_a_cancelled_day_is_not_counted(signed_in, zhao, planned):
    LiaisonSession.objects.filter(on=TUESDAY).update(status="cancelled")
    text = signed_in(zhao).get("/calendar/").content.decode()
    assert "on_from=2026-11-24" not in text
    assert "on_from=2026-12-01" in text


def test_the_year_costs_few_queries(signed_in, zhao, planned, django_assert_max_num_queries):
    client = signed_in(zhao)
    client.get("/calendar/")
    with django_assert_max_num_queries(12):
        client.get("/calendar/")


# --- Local days ----------------------------------------------------------------------------


@pytest.fixture
def filled():
    """Tuesday off for the fair."""
    return {
        "form_key": str(uuid.uuid4()),
        "on": "2026-11-24",
        "kind": "holiday",
        "name": "庙会",
        "seen": "",
    }


def test_what_would_move_is_shown_first_and_then_the_day_is_set(signed_in, zhao, planned, filled):
    client = signed_in(zhao)
    shown = client.post("/calendar/days/new/", filled)
    assert shown.status_code == 200
    assert "2026-11-25" in shown.content.decode()
    assert not CalendarDay.objects.exclude(township=None).exists()

    seen = shown.context["form"]["seen"].value()
    for _ in range(2):  # a double tap
        answer = client.post("/calendar/days/new/", filled | {"seen": seen})
        assert answer.status_code == 302
    assert CalendarDay.objects.exclude(township=None).count() == 1
    assert planned.sessions.filter(on=dt.date(2026, 11, 25), moved_from=TUESDAY).exists()
    assert "庙会" in client.get(answer.url).content.decode()


def test_a_day_that_moves_nothing_is_set_at_once(signed_in, zhao, filled):
    assert signed_in(zhao).post("/calendar/days/new/", filled).status_code == 302


def test_a_team_out_of_use_has_no_day_to_move(signed_in, zhao, planned, filled):
    planned.team.is_active = False
    planned.team.save()
    assert signed_in(zhao).post("/calendar/days/new/", filled).status_code == 302


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"on": "2026-11-21"}, "只能设定今天以后"),
        ({"on": "2026-11-29"}, "本来就是休息日"),
        ({"on": "2027-03-01"}, "2027年工作日历未发布"),
        ({"on": "99999-01-01"}, "输入一个有效的日期"),
        ({"kind": "feast"}, "请从列表中选择类型"),
        ({"name": ""}, "请填写名称"),
    ],
)
def test_a_day_that_cannot_be_set_is_refused(signed_in, zhao, filled, wrong, sentence):
    answer = signed_in(zhao).post("/calendar/days/new/", filled | wrong)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not CalendarDay.objects.exclude(township=None).exists()


def test_a_local_day_is_taken_back_after_its_moves_were_shown(signed_in, zhao, planned, qingshan):
    day = CalendarDay.objects.create(township=qingshan, on=TUESDAY, kind="holiday", name="庙会")
    client = signed_in(zhao)
    path = f"/calendar/days/{day.pk}/remove/"
    assert "2026-11-25" in client.get(path).content.decode()
    assert CalendarDay.objects.filter(pk=day.pk).exists()
    assert client.post(path).status_code == 302
    assert not CalendarDay.objects.filter(pk=day.pk).exists()
    assert client.post(path).status_code == 404


def test_another_townships_or_the_countrys_day_is_not_found(signed_in, zhao, elsewhere):
    foreign = CalendarDay.objects.create(
        township=elsewhere, on=TUESDAY, kind="holiday", name="庙会"
    )
    country = CalendarDay.objects.filter(township=None).first()
    client = signed_in(zhao)
    for day in (foreign, country):
        assert client.post(f"/calendar/days/{day.pk}/remove/").status_code == 404
    assert client.post(f"/calendar/days/{9**20}/remove/").status_code == 404


def test_a_cadre_sets_no_day(signed_in, li, filled):
    assert signed_in(li).post("/calendar/days/new/", filled).status_code == 403
