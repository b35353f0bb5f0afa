"""What of a practice does not fit a plan one to one, as demo/schemes/README.md says it."""

import datetime as dt

import pytest

from cadres.imports.times import read_time
from cadres.models import LiaisonPlan
from demo.scheme import Scheme, load
from visits.models import LiaisonSession

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 21)
TUESDAY, WEDNESDAY = 1, 2


def put_on(township, key):
    """The plans of a practice on a township, since the beginning of the month."""
    load(Scheme.read(key), township, since=dt.date(2026, 11, 1), today=TODAY)
    return list(LiaisonPlan.objects.order_by("village__code"))


def test_morning_and_afternoon_of_yingzai_are_one_day_from_the_first_hour_to_the_last(
    shiqiao, qingshan
):
    (said,) = Scheme.read("yingzai").plans
    assert len(read_time(said["rhythm"]).spans) == 2
    (plan,) = put_on(qingshan, "yingzai")
    assert (plan.starts_at, plan.ends_at) == (dt.time(9), dt.time(17, 30))
    days = list(LiaisonSession.objects.filter(on__month=11).values_list("on", flat=True))
    assert days == sorted(set(days)) != []
    assert {day.weekday() for day in days} == {TUESDAY}


def test_the_citys_wednesday_is_no_plan_of_a_township_of_laizhou(shiqiao, qingshan, zhou, li):
    (plan,) = put_on(qingshan, "laizhou")
    own = {weekday for _, _, weekday in plan.rota_turns()}
    assert WEDNESDAY not in own
    assert Scheme.read("laizhou").meetings == []
