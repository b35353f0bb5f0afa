"""How the tests take out a calendar feed and read it as a calendar program does."""

from zoneinfo import ZoneInfo

import icalendar
from django.test import Client

from cadres.actions import feeds as actions
from liaison import clock

SHANGHAI = ZoneInfo("Asia/Shanghai")


def issue(user, team=None):
    return actions.issue(by=user, now=clock.now(), team=team)


def fetch(token, **headers):
    """What a calendar program gets: it has no session."""
    return Client().get(f"/calendar/feeds/{token}.ics", **headers)


def events(answer):
    """{UID: event} as icalendar reads them."""
    assert answer.status_code == 200
    calendar = icalendar.Calendar.from_ical(answer.content)
    return {str(event["UID"]): event for event in calendar.walk("VEVENT")}
