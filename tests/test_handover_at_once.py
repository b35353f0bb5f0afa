"""Two clerks hand over one post in one moment: one is served, the other told."""

import datetime as dt

import pytest

from cadres.actions import carry_due, hand_over_post
from cadres.models import Handover
from cadres.roles import Role
from conftest import appoint
from desk.tests.at_once import at_once
from grievances.models import Category, Grievance, Source, Step
from liaison import clock
from tests.test_at_once import one_is_told, told

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_two_clerks_one_hands_over(admin, li, wang, qingshan):
    second = appoint(qingshan, "du", "杜江", Role.ADMIN, title="系统管理员二")
    gao = appoint(qingshan, "gao", "高远", Role.CADRE, title="团委书记")
    today, now = clock.today(), clock.now()
    facts = {"holding": li.holdings.get(), "until": today, "today": today, "now": now}
    calls = [
        told(hand_over_post, by=admin, successor=wang, **facts),
        told(hand_over_post, by=second, successor=gao, **facts),
    ]
    results, count = at_once(calls, Handover.objects.count)
    one_is_told(results, "交接已经办理")
    assert count == 1


def test_two_schedulers_carry_a_handover_once(admin, chen, minzheng, shiqiao):
    deng = appoint(
        shiqiao.township, "deng", "邓云", Role.HANDLER, title="干事", department=minzheng
    )
    today, now = clock.today(), clock.now()
    Grievance.objects.create(
        number="100-2026-00001", township=shiqiao.township, village=shiqiao, summary="路灯不亮",
        category=Category.objects.first(), source=Source.objects.first(), registered_on=today,
        entered_at=now, department=minzheng, handler=chen, status="in_hand",
    )  # fmt: skip
    hand_over_post(
        by=admin, holding=chen.holdings.get(), until=today, successor=deng, today=today, now=now
    )
    tomorrow = now + dt.timedelta(days=1)
    calls = [lambda: carry_due(now=tomorrow)] * 3
    results, steps = at_once(calls, Step.objects.filter(act="pass_on").count)
    assert sorted(results) == [0, 0, 1]
    assert steps == 1
