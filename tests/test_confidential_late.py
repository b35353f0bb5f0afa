"""A confidential matter that is late, or with nobody left: its own readers are told, and nobody else."""

import datetime as dt

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cadres.actions import carry_due, hand_over_post
from cadres.actions.handing import change_of
from cadres.handover import survey
from cadres.models import Holding, Notice, User
from grievances import actions
from grievances.actions.rising import rise_overdue
from grievances.actions.tending import tend_confidential
from grievances.models import Grievance, OverdueRise, SettlementMethod
from tests.confidential import late, quiet, reported
from tests.lived_in import DAY, NOW


def test_an_overdue_one_is_told_to_its_readers_alone_in_the_place_of_the_ladder(
    town, ladder, signed_in
):
    """On the days the ladder knows, one quiet notice a pass; the office and the rungs learn nothing."""
    matter, other = (late(reported(town, summary=str(n)), days=6) for n in range(2))
    told = {user: Notice.objects.filter(recipient=user).count() for user in (town.zhao, town.feng)}
    before = len(quiet(town.zhou))
    rise_overdue(now=NOW)
    assert tend_confidential(now=NOW) == 2
    assert quiet(town.zhou)[before:] == ["有2件需您办理的事项"]
    assert tend_confidential(now=NOW) == 0
    rises = OverdueRise.objects.filter(grievance=matter)
    assert {rise.to_whom for rise in rises} == {"知情人"}
    assert rises.count() == 2  # after one day and after five, at once
    assert {user: Notice.objects.filter(recipient=user).count() for user in told} == told
    page = signed_in(town.zhou).get(reverse("grievances:detail", args=[matter.number]))
    assert "超期满5天，已提醒知情人。" in page.content.decode()
    late(other, days=10)
    night = NOW.replace(hour=15)  # eleven at night here
    assert tend_confidential(now=night) == 1
    notice = Notice.objects.filter(recipient=town.zhou).order_by("pk").last()
    assert (notice.title, notice.due_at > night) == ("有一件需您办理的事项", True)
    assert not notice.deliveries.exclude(channel="site").exists()


def test_made_ordinary_again_the_rungs_are_told_of_it(town, ladder):
    matter = late(reported(town), days=2)
    tend_confidential(now=NOW)
    matter.refresh_from_db()
    actions.make_ordinary(
        grievance=matter, by=town.zhou, on=DAY, now=NOW, version=None, reason="已公开处理"
    )
    rise_overdue(now=NOW)
    assert [rise.to_whom for rise in OverdueRise.objects.filter(grievance=matter)] != ["知情人"]
    assert OverdueRise.objects.filter(grievance=matter).exists()


def test_it_does_not_go_to_who_takes_over_a_handlers_post_but_to_its_desk(town, minzheng, qingshan):
    """The keeper of accounts sees nothing of it on the handover; the successor sees no matter; the desk is told."""
    matter = reported(town)
    given = {"on": DAY, "now": NOW, "version": None, "by": town.zhou}
    actions.accept(grievance=matter, **given)
    deng = User.objects.create_user("deng", "a-phrase-of-9", display_name="邓云", township=qingshan)
    holding, yesterday = town.chen.holdings.get(), DAY - dt.timedelta(days=1)

    def seen():
        change = change_of(holding, yesterday, deng, None)
        return survey(change, holding=holding, reader=town.admin, today=DAY)

    plainly = seen()
    actions.assign(grievance=matter, department=minzheng, handler=town.chen, **given)
    assert seen() == plainly
    before = len(quiet(town.zhou))
    hand_over_post(
        holding=holding, successor=deng, by=town.admin, until=yesterday, today=DAY, now=NOW
    )
    carry_due(now=NOW)
    matter.refresh_from_db()
    assert matter.handler is None
    assert not Grievance.every.open_to(deng).filter(pk=matter.pk).exists()
    assert not Grievance.every.open_to(town.chen).filter(pk=matter.pk).exists()
    assert Grievance.every.open_to(town.zhou).filter(pk=matter.pk).exists()
    assert len(quiet(town.zhou)) == before + 1
    assert not quiet(deng)
    assert matter.steps.last().words == "承办人已交接岗位，由专办人办理或另行指定。"


def test_a_handler_whose_account_was_stopped_no_longer_holds_it(town, minzheng):
    matter = reported(town)
    given = {"on": DAY, "now": NOW, "version": None, "by": town.zhou}
    actions.accept(grievance=matter, **given)
    actions.assign(grievance=matter, department=minzheng, handler=town.chen, **given)
    assert tend_confidential(now=NOW) == 0
    town.chen.is_active = False
    town.chen.save()
    assert tend_confidential(now=NOW) == 1
    matter.refresh_from_db()
    assert matter.handler is None
    actions.settle(
        grievance=matter, settlement="substantive", words="已查",
        method=SettlementMethod.objects.get(name="①实质办结"), **given,
    )  # fmt: skip


def test_where_nobody_is_left_the_next_desk_has_it_and_nobody_else(town):
    """周's post falls vacant: 吕 is the next of the leaders; without any it waits for somebody."""
    matter = reported(town)
    actions.accept(grievance=matter, by=town.zhou, on=DAY, now=NOW, version=None)
    own = Holding.objects.filter(user__in=(town.zhou, town.lyu))
    own.update(until=DAY - dt.timedelta(days=1))
    assert tend_confidential(now=NOW) == 0
    town.lyu.holdings.update(until=None)
    assert tend_confidential(now=NOW) == 1
    assert tend_confidential(now=NOW) == 0
    again = type(town.lyu).objects.get(pk=town.lyu.pk)
    assert Grievance.every.naming(again).get() == matter
    assert quiet(town.lyu)
    assert not Grievance.every.naming(town.zhao).exists()


def test_a_tick_without_such_matters_asks_twice_and_many_cost_no_more(
    town, django_assert_num_queries
):
    with django_assert_num_queries(2):  # look-backs, and matters
        tend_confidential(now=NOW)
    reported(town)
    with CaptureQueriesContext(connection) as few:
        tend_confidential(now=NOW)
    for n in range(4):
        reported(town, summary=str(n))
    with django_assert_num_queries(len(few)):
        tend_confidential(now=NOW)
