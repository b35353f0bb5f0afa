"""A quarter without its 工作点评 is a 待办 of the office, where the township's own 例会安排 names one."""

import datetime as dt

import pytest
from django.urls import reverse

from cadres.models import StandingMeeting
from desk.todo import todos
from grievances import actions
from grievances.models import Meeting
from grievances.reviews import quarter_asked
from grievances.tests.conftest import moment

pytestmark = pytest.mark.django_db
ASKED = "工作点评待召开"
DECEMBER, JANUARY = dt.date(2026, 12, 1), dt.date(2027, 1, 15)


@pytest.fixture
def quarterly(qingshan):
    """大瑶's, in force since the summer."""
    return StandingMeeting.objects.create(
        township=qingshan, name="镇工作点评会", recurrence="days", days=["2026-12-31"], starts_at=dt.time(9),
        ends_at=dt.time(11), holiday_rule="keep", valid_from=dt.date(2026, 7, 1),
    )  # fmt: skip


def lines(user, on):
    """What the desk says of it."""
    found = [each for each in todos(user, on, moment(on)) if "工作点评" in each.label]
    return [(each.label, each.count, each.is_late) for each in found]


def hold(zhao, on):
    """Called and held."""
    meeting = actions.call_meeting(
        by=zhao, now=moment(on), township=zhao.township, kind="review", on=on
    )
    assert lines(zhao, on), "called is not held"
    actions.hold_meeting(
        meeting=meeting, by=zhao, now=moment(on, 17), version=None, attendees=[zhao], others="",
        minutes="三件事", lines={},
    )  # fmt: skip


@pytest.mark.parametrize(
    ("on", "start", "end"),
    [
        ("2026-12-01", "2026-10-01", "2026-12-31"),
        ("2026-11-30", "2026-07-01", "2026-09-30"),
        ("2027-01-15", "2026-10-01", "2026-12-31"),
        ("2026-03-31", "2026-01-01", "2026-03-31"),
        ("2026-06-30", "2026-04-01", "2026-06-30"),
    ],
)
def test_a_quarter_is_asked_for_in_its_last_month_and_after_it(on, start, end):
    asked = quarter_asked(dt.date.fromisoformat(on))
    assert [day.isoformat() for day in asked] == [start, end]


def test_nobody_is_asked_where_the_practice_has_none(zhao, monthly_only):
    assert lines(zhao, DECEMBER) == []


@pytest.fixture
def monthly_only(qingshan):
    """Another 例会 is none of this kind."""
    return StandingMeeting.objects.create(
        township=qingshan, name="村民情分析会", recurrence="monthly_day", month_days=[20], starts_at=dt.time(9),
        ends_at=dt.time(11), holiday_rule="keep", valid_from=dt.date(2026, 1, 1),
    )  # fmt: skip


def test_it_waits_for_the_office_alone_until_it_is_held(zhao, li, qian, quarterly):
    assert lines(zhao, DECEMBER) == [(ASKED, 1, False)]
    assert lines(zhao, JANUARY) == [(ASKED, 1, False)]
    assert lines(li, DECEMBER) == lines(qian, DECEMBER) == []
    hold(zhao, dt.date(2026, 12, 10))
    assert lines(zhao, dt.date(2026, 12, 11)) == lines(zhao, JANUARY) == []
    assert lines(zhao, dt.date(2027, 3, 1)) == [(ASKED, 1, False)]


def test_held_late_it_is_held(zhao, quarterly):
    hold(zhao, JANUARY)
    assert Meeting.objects.get().status == "held"
    assert lines(zhao, JANUARY) == []


def test_a_quarter_before_the_practice_began_is_not_asked_for(zhao, quarterly):
    assert lines(zhao, dt.date(2026, 7, 15)) == []


def test_the_line_leads_to_a_new_review(signed_in, zhao, quarterly):
    (todo,) = [each for each in todos(zhao, DECEMBER, moment(DECEMBER)) if each.label == ASKED]
    assert todo.url == f"{reverse('meetings:new')}?kind=review"
    page = signed_in(zhao).get(todo.url).content.decode()
    assert 'value="review" selected' in page or 'value="review" checked' in page
