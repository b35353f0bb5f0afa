"""超期提醒: each rung is told once of each due day that was missed, by day, and in one digest."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cadres.models import Notice
from grievances.actions import rise_overdue
from grievances.models import Grievance, OverdueRise, Rung, Status

from .conftest import DAY, moment

DUE = DAY + dt.timedelta(days=3)


def after(days, hour=10):
    """An hour of the day so many days past the due day."""
    return moment(DUE + dt.timedelta(days=days), hour)


def told(user):
    """What somebody was told of overdue matters, the oldest first."""
    return list(Notice.objects.filter(recipient=user, kind="overdue_rise").order_by("pk"))


@pytest.fixture
def late(matter_at):
    """A matter in hand that was due on DUE."""
    matter = matter_at("in_hand")
    matter.due_on, matter.due_at = DUE, moment(DUE, 23)
    matter.save()
    return matter


def copies(matter, count):
    """The same matter again, so many times, with numbers of their own."""
    for n in range(count):
        matter.pk, matter.number = None, f"100-2026-9{n:03}"
        matter._state.adding = True
        matter.save()


# The general ladder: office from 1 and 5 days on, leaders from 10 and 20.
@pytest.mark.parametrize(
    ("days", "office", "leaders"), [(0, 0, 0), (1, 1, 0), (5, 2, 0), (10, 2, 1), (25, 2, 2)]
)
def test_a_rung_is_told_when_its_day_has_come(late, zhao, zhou, days, office, leaders):
    rise_overdue(now=after(days))
    by_role = [rise.rung.role for rise in late.rises.select_related("rung")]
    assert (by_role.count("office"), by_role.count("leader")) == (office, leaders)
    # However many rungs: one notice for each.
    assert (len(told(zhao)), len(told(zhou))) == (min(office, 1), min(leaders, 1))


def test_each_rung_once_for_each_due_day_however_often_it_runs(late, zhao, zhou):
    assert rise_overdue(now=after(1)) == 1
    assert rise_overdue(now=after(1, 11)) == rise_overdue(now=after(4)) == 0
    assert rise_overdue(now=after(5)) == 1
    assert len(told(zhao)) == 2
    assert [step.by_name for step in late.steps.filter(act="rise")] == ["系统", "系统"]
    late.refresh_from_db()
    late.due_on, late.due_at = DUE + dt.timedelta(days=9), moment(DUE + dt.timedelta(days=9), 23)
    late.save()
    assert rise_overdue(now=after(9)) == 0
    assert rise_overdue(now=after(10)) == 1  # one day past the day it was put off to


def test_three_days_of_outage_are_one_digest_that_links_to_exactly_its_rows(
    late, signed_in, zhao, chen, registered
):
    copies(late, 4)
    rise_overdue(now=after(4))
    (notice,) = told(zhao)
    assert "5件" in notice.title
    assert not any(word in notice.title + notice.text for word in ("路灯", "周大山", "1540000"))
    Grievance.objects.filter(number="100-2026-9000").update(number="100-2026-8000")
    page = signed_in(zhao).get(notice.url)
    assert page.context["page"].total == 5
    assert signed_in(zhao).get(notice.url.replace("risen=", "risen=0")).context["page"].total == 0


def test_a_single_matter_is_named_by_its_number(late, zhao):
    rise_overdue(now=after(1))
    (notice,) = told(zhao)
    assert late.number in notice.title
    assert notice.url == reverse("grievances:detail", args=[late.number])


@pytest.mark.parametrize(("hour", "told_hour"), [(0, 7), (23, 7), (6, 7), (7, 7), (12, 12)])
def test_nobody_is_told_at_night(late, zhao, hour, told_hour):
    rise_overdue(now=after(2, hour))
    (notice,) = told(zhao)
    local = notice.due_at.astimezone(after(0).tzinfo)
    assert (local.hour, local.date() - DUE) == (
        told_hour,
        dt.timedelta(days=3 if hour == 23 else 2),
    )
    assert late.rises.get().told_at == notice.due_at


def test_what_stands_still_or_is_done_does_not_rise(late, act):
    Grievance.objects.filter(pk=late.pk).update(status="suspended")
    assert rise_overdue(now=after(9)) == 0
    Grievance.objects.filter(pk=late.pk).update(status=Status.IN_HAND)
    act("settle", late)
    assert rise_overdue(now=after(9)) == 0
    act("reopen", late)
    Grievance.objects.filter(pk=late.pk).update(due_on=DUE, due_at=moment(DUE))
    assert rise_overdue(now=after(9)) == 2


def test_a_townships_own_ladder_replaces_the_general_one(late, qingshan, zhao, zhou):
    Rung.objects.create(
        township=qingshan, order=1, name="书记过问", role="office", post=zhou.post, overdue_days=3
    )
    assert rise_overdue(now=after(2)) == 0
    assert rise_overdue(now=after(30)) == 1
    assert (len(told(zhou)), told(zhao)) == (1, [])
    assert late.rises.get().told == "周明"


def test_a_rung_nobody_stands_on_waits_for_somebody(late, qingshan, zhao):
    zhao.holdings.update(until=DAY)
    assert rise_overdue(now=after(2)) == 0
    zhao.holdings.update(until=None)
    assert rise_overdue(now=after(3)) == 1


def test_the_page_says_which_rung_was_told_whom_and_when(late, signed_in, zhao):
    rise_overdue(now=after(6))
    page = signed_in(zhao).get(reverse("grievances:detail", args=[late.number])).content.decode()
    assert "超期提醒：部门协调" in page
    assert "2026-11-26 10:00" in page
    assert "已提醒“部门协调”：赵敏" in page


def test_more_matters_cost_no_more_statements(late, zhao, zhou):
    def statements(now):
        with CaptureQueriesContext(connection) as asked:
            rise_overdue(now=now)
        return len([q for q in asked if "SAVEPOINT" not in q["sql"]])

    few = statements(after(1))
    copies(late, 30)
    assert statements(after(2)) <= few
    assert OverdueRise.objects.count() == 31
    # A pass that finds nothing: the ladder, the townships, the question.
    assert statements(after(2, 11)) == 3
