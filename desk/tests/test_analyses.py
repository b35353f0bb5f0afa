"""A village without its monthly 民情分析会 is a 待办, where the township's own 例会安排 names one."""

import datetime as dt

import pytest
from django.urls import reverse

from cadres.models import StandingMeeting
from desk.todo import todos
from grievances import actions
from grievances.models import Meeting
from grievances.tests.conftest import moment
from tests.filling import fill_in

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 11, 25)  # 大瑶's practice would meet on the 20th, say
BEFORE = dt.date(2026, 11, 19)
LABEL = "未开民情分析会的村"


@pytest.fixture
def monthly(qingshan):
    """The 20th of each month, since October."""
    return StandingMeeting.objects.create(
        township=qingshan, name="村民情分析会", recurrence="monthly_day", month_days=[20], starts_at=dt.time(9),
        ends_at=dt.time(11), holiday_rule="keep", valid_from=dt.date(2026, 11, 1),
    )  # fmt: skip


def line(user, on=DAY):
    """The line of somebody's desk, if it is there."""
    return next((todo for todo in todos(user, on, moment(on)) if todo.label == LABEL), None)


def test_nobody_is_asked_where_the_practice_has_none(li, zhao, shiqiao):
    assert line(li) is None
    assert line(zhao) is None


def test_from_its_day_on_each_village_waits_for_its_minutes(
    signed_in, li, wang, zhao, chen, shiqiao, heping, monthly, time_machine
):
    time_machine.move_to(moment(DAY), tick=False)
    assert line(li, BEFORE) is None  # not before the day has come
    assert [line(user).count for user in (li, wang, zhao)] == [1, 1, 2]
    assert line(chen) is None
    page = signed_in(zhao).get(line(zhao).url)
    assert [row.name for row in page.context["rows"]] == ["石桥村", "和平村"]
    client = signed_in(li)
    page = client.get(reverse("meetings:missing"))
    assert [row.name for row in page.context["rows"]] == ["石桥村"]
    new = f"{reverse('meetings:new')}?kind=analysis&village={shiqiao.pk}"
    assert new.replace("&", "&amp;") in page.content.decode()
    fill_in(client, new, on=str(DAY))
    assert line(li).count == 1  # arranged is not held
    hold(li)
    assert line(li) is None
    assert line(zhao).count == 1
    # The next month begins anew on its own day.
    time_machine.move_to(moment(dt.date(2026, 12, 20)), tick=False)
    assert line(li, dt.date(2026, 12, 19)) is None
    assert line(li, dt.date(2026, 12, 20)).count == 1


def hold(user):
    """The minutes of the one meeting there is."""
    actions.hold_meeting(
        meeting=Meeting.objects.get(), by=user, now=moment(DAY, 17), version=None, attendees=[user],
        others="", minutes="三件事已分工", lines={},
    )  # fmt: skip
