"""Two people do the same in one moment: one is served, the other told; never a fault, never two rows."""

import datetime as dt

import pytest

from cadres.actions.calendar import set_local_day
from cadres.actions.plans import make_plan
from cadres.models import CalendarDay, LiaisonPlan
from desk.tests.at_once import at_once
from liaison.errors import NotAllowed
from villages.actions import add_household, edit_household
from villages.models import Household

pytestmark = pytest.mark.django_db(transaction=True)
TODAY = dt.date(2026, 11, 21)
NOW = dt.datetime(2026, 11, 21, 2, tzinfo=dt.UTC)


def told(verb, **facts):
    """A call that answers "done", or the sentence it was refused with."""

    def call():
        try:
            verb(**facts)
        except NotAllowed as refusal:
            return str(refusal)
        return "done"

    return call


def one_is_told(results, words):
    """One was served; the others read why not."""
    refused = [said for said in results if said != "done"]
    assert len(refused) == len(results) - 1
    assert all(words in said for said in refused)


def test_two_new_households_of_one_number(li, shiqiao):
    head = {"name": "赵大山", "id_number": "", "sex": "", "birth_date": None, "phones": []}
    facts = {"group": shiqiao.groups.get(), "number": "77", "address": "", "residence": "resident"}
    calls = [told(add_household, by=li, head=head, now=NOW, **facts)] * 3
    results, count = at_once(calls, Household.objects.filter(number="77").count)
    one_is_told(results, "户编号")
    assert count == 1


def test_two_households_given_one_number(li, household):
    second = Household.objects.create(
        township=household.township, village=household.village, group=household.group, number="002"
    )
    calls = [
        told(edit_household, household=row, by=li, version=row.version, number="77")
        for row in (household, second)
    ]
    results, count = at_once(calls, Household.objects.filter(number="77").count)
    one_is_told(results, "户编号")
    assert count == 1


def test_one_plan_made_by_two_clerks(li, zhao, shiqiao):
    facts = {
        "team": li.team, "village": shiqiao, "place": "", "recurrence": "weekly",
        "weekdays": [1], "starts_at": dt.time(9), "ends_at": dt.time(11), "holiday_rule": "keep",
        "valid_from": dt.date(2026, 11, 1), "valid_to": dt.date(2026, 12, 31),
    }  # fmt: skip
    calls = [told(make_plan, by=zhao, today=TODAY, **facts)] * 2
    results, count = at_once(calls, LiaisonPlan.objects.count)
    one_is_told(results, "已有相同周期")
    assert count == 1


def test_one_local_day_set_by_two_clerks(zhao, qingshan):
    local = CalendarDay.objects.filter(township=qingshan)
    facts = {"on": dt.date(2026, 12, 16), "kind": "holiday", "name": "镇庆"}
    calls = [told(set_local_day, township=qingshan, by=zhao, today=TODAY, **facts)] * 2
    results, count = at_once(calls, local.count)
    one_is_told(results, "2026-12-16")
    assert count == 1
