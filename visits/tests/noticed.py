"""石桥村's Tuesday and the notice of it: what the tests of 公示 share."""

import datetime as dt

import pytest

from liaison import clock
from visits.actions import posting
from visits.models import LiaisonSession
from visits.posters import posters_of

TUESDAY = dt.date(2026, 11, 24)
SUNDAY, SATURDAY = dt.date(2026, 11, 22), dt.date(2026, 11, 21)


def at(day, hour=9):
    return dt.datetime.combine(day, dt.time(hour), tzinfo=clock.now().tzinfo)


def a_day(plan, on=TUESDAY, **more):
    facts = {
        "plan": plan, "township": plan.village.township, "team": plan.team, "village": plan.village,
        "on": on, "starts_at": plan.starts_at, "ends_at": plan.ends_at, "place": plan.place,
    }  # fmt: skip
    return LiaisonSession.objects.create(**facts | more)


@pytest.fixture
def day(plan):
    """石桥村's Tuesday."""
    return a_day(plan)


@pytest.fixture
def posted(day, li):
    """Its notice hangs since Sunday."""
    (notice,) = post(li, day)
    return notice


def post(by, *days, now=SUNDAY):
    wanted = {each.pk: each.version for each in days}
    return posting.mark_posted(by=by, sessions=wanted, now=at(now))


def poster_of(day, on=SUNDAY):
    day = LiaisonSession.objects.select_related("village__township", "township", "team").get(
        pk=day.pk
    )
    return posters_of([day], on)[0]
