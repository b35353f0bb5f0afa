"""The evening before, each member has one reminder: in the site and by mail, and never twice."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cadres.delivering import deliver_due
from cadres.models import Delivery, Holding, LiaisonPlan, Notice, Seat
from conftest import SINCE, appoint
from visits.planning import plan_sessions
from visits.reminding import remind

from .reminding import EVENING, TUESDAY, at, gao, session, told

__all__ = ["gao", "session"]  # fixtures, asked for by name


def test_each_member_is_told_once_in_the_site_and_by_mail(session, li, gao, wang, mailoutbox):
    assert remind(now=EVENING) == 2
    assert deliver_due(EVENING)["sent"] == 2
    assert told() == ["gao", "li"]
    assert sorted(mail.to[0] for mail in mailoutbox) == ["gao@example.test", "li@example.test"]
    notice = Notice.objects.get(recipient=li)
    assert notice.title == "驻点提醒：2026-11-24(周二)石桥村"
    assert "09:00到石桥村委会一楼驻点，11:30结束" in mailoutbox[0].body
    assert notice.url == f"/sessions/{session.pk}/"


def test_a_second_pass_tells_nobody_again(session, li, mailoutbox):
    for minute in range(3):
        remind(now=at(23, 17, minute))
        deliver_due(at(23, 17, minute))
    assert told() == ["li"]
    assert len(mailoutbox) == 1


@pytest.mark.parametrize(
    ("moment", "count"),
    [
        (at(22, 16, 59), 0),  # more than two days before
        (at(22, 17, 0), 1),
        (at(23, 16, 59), 1),
        (at(23, 17, 0), 1),
        (at(23, 23, 59), 1),
        (at(24, 7, 30), 1),
        (at(24, 8, 59), 1),  # the scheduler was down all night
        (at(24, 9, 0), 0),  # the day has begun
        (at(25, 17, 0), 0),
    ],
)
def test_a_first_pass_tells_once_until_the_day_begins(session, li, moment, count):
    assert remind(now=moment) == count


def test_a_late_scheduler_catches_up_once(session, li, mailoutbox):
    remind(now=at(24, 8, 30))
    deliver_due(at(24, 8, 30))
    remind(now=at(24, 8, 31))
    deliver_due(at(24, 8, 31))
    assert len(mailoutbox) == 1


def test_a_mail_that_waited_past_the_beginning_is_not_sent(session, li, mailoutbox):
    remind(now=EVENING)
    assert deliver_due(at(24, 9, 0))["expired"] == 1
    assert not mailoutbox
    assert Delivery.objects.get().state == "expired"
    assert told() == ["li"]


def test_the_successor_is_told_not_the_predecessor(session, li, qingshan, gao):
    Holding.objects.filter(user=li).update(until=dt.date(2026, 11, 23))
    Holding.objects.create(user=gao, post=li.post, since=TUESDAY)
    remind(now=EVENING)
    assert told() == ["gao"]  # one notice, though he sits in two seats


def test_nobody_is_told_of_a_cancelled_or_held_day(session, li):
    for status in ("cancelled", "held", "missed"):
        type(session).objects.filter(pk=session.pk).update(status=status)
        assert remind(now=EVENING) == 0


def test_somebody_without_an_address_is_told_in_the_site(session, li, mailoutbox):
    li.email = ""
    li.save()
    remind(now=EVENING)
    assert told() == ["li"]
    assert not Delivery.objects.exists()


def test_a_deactivated_account_is_not_told(session, li):
    li.is_active = False
    li.save()
    assert remind(now=EVENING) == 0


def test_one_member_who_joins_at_night_is_told_at_the_next_pass(session, li, qingshan):
    remind(now=EVENING)
    late = appoint(qingshan, "gao", "高远", "cadre", title="团委书记")
    Seat.objects.create(team=li.team, post=late.post)
    assert Holding.objects.get(user=late).since == SINCE
    assert remind(now=at(23, 20)) == 1
    assert told() == ["gao", "li"]


def test_a_moved_day_is_announced_again_for_its_new_date(session, li):
    remind(now=EVENING)
    type(session).objects.filter(pk=session.pk).update(on=dt.date(2026, 11, 25))
    assert remind(now=at(24, 17)) == 1
    assert told() == ["li", "li"]


def queries_of_reminding():
    """How many queries one pass takes that tells somebody."""
    with CaptureQueriesContext(connection) as captured:
        assert remind(now=EVENING)
    Notice.objects.all().delete()
    return len(captured)


def test_more_teams_cost_no_more_queries(session, li, wang, heping):
    one = queries_of_reminding()
    LiaisonPlan.objects.create(
        team=wang.team, village=heping, place="和平村委会", weekdays=[1],
        starts_at=dt.time(9), ends_at=dt.time(11), valid_from=SINCE,
    )  # fmt: skip
    plan_sessions(today=dt.date(2026, 11, 21))
    assert queries_of_reminding() == one
