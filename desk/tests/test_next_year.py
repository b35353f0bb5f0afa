"""From November on the missing calendar of next year is told: on the calendar, on the plans, on the desk."""

import datetime as dt

import pytest

from cadres.models import CalendarYear
from cadres.workcalendar import year_wanted
from liaison import clock

WORDS = "2027年工作日历未发布"
NOTICE = "/settings/years/notice/"
PAGES = ("/calendar/", "/plans/")


@pytest.fixture
def on(monkeypatch):
    """``on("2026-11-01")``: it is that day."""

    def set_day(text):
        monkeypatch.setattr(clock, "today", lambda: dt.date.fromisoformat(text))

    return set_day


@pytest.mark.parametrize(
    ("day", "wanted"),
    [
        ("2026-10-31", None), ("2026-11-01", 2027), ("2026-12-31", 2027), ("2027-01-01", 2027),
        ("2027-03-01", 2027), ("2025-11-20", None),
    ],
)  # fmt: skip
def test_next_year_is_wanted_from_november_on_while_it_is_missing(db, day, wanted):
    assert year_wanted(dt.date.fromisoformat(day)) == wanted


def todo_of(client):
    return [todo for todo in client.get("/").context["todos"] if "工作日历" in todo.label]


def test_the_office_is_told_and_led_to_the_notice(signed_in, zhao, on):
    client = signed_in(zhao)
    on("2026-10-31")
    assert not todo_of(client)
    assert not any(WORDS in client.get(url).content.decode() for url in PAGES)
    on("2026-11-01")
    [todo] = todo_of(client)
    assert (todo.label, todo.url, todo.is_late) == ("2027年工作日历待发布", NOTICE, True)
    for url in PAGES:
        page = client.get(url).content.decode()
        assert WORDS in page
        assert NOTICE in page
    CalendarYear.objects.create(year=2027, source="通知")
    assert not todo_of(client)
    assert not any(WORDS in client.get(url).content.decode() for url in PAGES)


def test_a_year_that_has_begun_without_a_calendar_is_told_still(signed_in, zhao, on):
    client = signed_in(zhao)
    on("2027-01-04")
    assert [todo.label for todo in todo_of(client)] == ["2027年工作日历待发布"]
    for url in PAGES:
        assert client.get(url).content.decode().count(WORDS) == 1


def test_who_cannot_publish_is_not_sent_there(signed_in, zhao, qian, li, on):
    """Two townships: the administrator publishes, and has it among what waits."""
    on("2026-11-28")
    client = signed_in(zhao)
    assert [todo.url for todo in todo_of(client)] == ["/calendar/?year=2027"]
    page = client.get("/plans/").content.decode()
    assert WORDS in page
    assert NOTICE not in page
    client = signed_in(li)
    assert not todo_of(client)
    assert WORDS in client.get("/plans/").content.decode()


def test_the_administrator_has_it_among_what_waits(signed_in, admin, qian, on):
    on("2026-11-28")
    assert [todo.url for todo in todo_of(signed_in(admin))] == [NOTICE]
