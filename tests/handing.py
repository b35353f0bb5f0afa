"""A post of 青山镇 changes hands on a Monday: who takes part, what hangs on the post, how it is ordered and seen."""

import datetime as dt

import pytest

from cadres import actions
from cadres.actions.handing import change_of
from cadres.handover import survey
from cadres.models import HouseholdLink, User
from cadres.roles import Role
from conftest import SINCE, appoint
from grievances.tests.conftest import moment
from visits.actions import log_visit
from visits.models import Attendance, LiaisonSession
from visits.planning import plan_sessions

MONDAY = dt.date(2026, 11, 23)
FRIDAY = dt.date(2026, 11, 27)
SATURDAY = dt.date(2026, 11, 28)
NOW = moment(MONDAY)


@pytest.fixture
def monday(time_machine):
    """It is Monday, 23 November 2026, ten o'clock."""
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def gao(qingshan):
    """高: a cadre with a post but no seat, who will follow 李."""
    return appoint(qingshan, "gao", "高远", Role.CADRE, title="团委书记")


@pytest.fixture
def deng(qingshan, minzheng):
    """邓: new at 民政办, no post yet."""
    return User.objects.create_user(
        "deng", "a-phrase-of-9", display_name="邓云", township=qingshan, must_change_password=False
    )


@pytest.fixture
def worked(plan, li, household, registered):
    """李 has worked in 石桥村: days planned, one written up, a visit, a matter, a household of his."""
    plan_sessions(today=MONDAY)
    held = LiaisonSession.objects.create(
        plan=plan, township=li.township, team=li.team, village=plan.village, on=dt.date(2026, 11, 17),
        starts_at=plan.starts_at, ends_at=plan.ends_at, place=plan.place, status="held",
    )  # fmt: skip
    Attendance.objects.create(
        session=held, post=li.post, person=li, person_name="李明", post_title="党委委员",
        mark="present",
    )  # fmt: skip
    log_visit(
        by=li, village=plan.village, household=household, mode="home", occurred_on=held.on, now=NOW
    )
    HouseholdLink.objects.create(
        village=plan.village, household=household, kind="cadre", post=li.post, since=SINCE
    )
    return registered


def again(user):
    """The same person at the next request."""
    return User.objects.get(pk=user.pk)


def hand_over(admin, user, successor=None, until=dt.date(2026, 11, 22), **more):
    """何 hands over somebody's post; by default he left yesterday."""
    return actions.hand_over_post(
        by=admin, holding=user.holdings.get(post=user.post), until=until, successor=successor,
        today=more.pop("today", MONDAY), now=more.pop("now", NOW), **more,
    )  # fmt: skip


def looked_at(admin, user, successor=None, until=dt.date(2026, 11, 22), since=None, today=MONDAY):
    """What the preview shows."""
    holding = user.holdings.get(post=user.post)
    change = change_of(holding, until, successor, since)
    return survey(change, holding=holding, reader=admin, today=today)


def said(shown, fate):
    """{title: count} of a preview."""
    return {item.title: item.count for item in shown.items if item.fate == fate}
