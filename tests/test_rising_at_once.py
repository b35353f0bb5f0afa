"""Three passes over what is overdue in one moment: each rung is told once, and nobody is told of a matter twice."""

import datetime as dt

import pytest

from cadres.models import Notice
from desk.tests.at_once import at_once
from grievances.actions import rise_overdue
from grievances.models import Category, Grievance, OverdueRise, Source
from liaison import clock

pytestmark = pytest.mark.django_db(transaction=True)
MATTERS = 12


def test_three_schedulers_tell_each_rung_once(zhao, zhou, shiqiao):
    now = clock.now()
    due = now - dt.timedelta(days=12)
    Grievance.objects.bulk_create(
        Grievance(
            number=f"100-2026-{n:05}", township=shiqiao.township, village=shiqiao, summary="路灯不亮",
            category=Category.objects.first(), source=Source.objects.first(), status="in_hand",
            registered_on=due.date(), entered_at=now, due_at=due, due_on=clock.local_date(due),
        )
        for n in range(MATTERS)
    )  # fmt: skip
    stored, (rises, notices) = at_once(
        [lambda: rise_overdue(now=now)] * 3, lambda: (_rises(), _titles())
    )
    assert sorted(stored) == [0, 0, 3 * MATTERS]  # office from 1 and 5 days on, the leader from 10
    assert rises == 3 * MATTERS
    assert notices == {
        ("赵敏", "有12件诉求超期未结，请过问"),
        ("周明", "有12件诉求超期未结，请过问"),
    }


def _rises():
    return OverdueRise.objects.count()


def _titles():
    rows = Notice.objects.filter(kind="overdue_rise").values_list(
        "recipient__display_name", "title"
    )
    assert len(rows) == 2
    return set(rows)
