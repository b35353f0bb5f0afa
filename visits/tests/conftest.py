"""A liaison day of 石桥村 on Tuesday 2026-11-17."""

import datetime as dt

import pytest

from cadres.models import Seat
from conftest import appoint
from tests.web_server import far_end  # noqa: F401 (for the reminders that go to one)
from visits.models import LiaisonSession
from visits.tests.leaving import ahead, ask, he  # noqa: F401

TUESDAY = dt.date(2026, 11, 17)


@pytest.fixture(autouse=True)
def _evening_of_the_day(time_machine):
    """It is the evening after: 20:00 in Shanghai."""
    time_machine.move_to(dt.datetime(2026, 11, 17, 12, tzinfo=dt.UTC), tick=False)


@pytest.fixture
def feng(qingshan, li):
    """冯: a member of 李's team."""
    user = appoint(qingshan, "feng", "冯兰", "cadre", title="驻村干部")
    Seat.objects.create(team=li.team, post=user.post, kind=Seat.Kind.MEMBER, order=1)
    return user


@pytest.fixture
def day(plan, feng, shiqiao):
    """The planned day of 李's team."""
    return LiaisonSession.objects.create(
        plan=plan,
        township=shiqiao.township,
        team=plan.team,
        village=shiqiao,
        on=TUESDAY,
        starts_at=plan.starts_at,
        ends_at=plan.ends_at,
        place=plan.place,
    )


@pytest.fixture
def neighbours(shiqiao, household):
    """Four more households of the group: 002 … 005."""
    heads = ("周小山", "吴桂香", "郑国强", "王秀英")
    sounds = ("zhouxiaoshan zxs", "wuguixiang wgx", "zhengguoqiang zgq", "wangxiuying wxy")
    for number, (head, sound) in enumerate(zip(heads, sounds, strict=True), 2):
        shiqiao.households.create(
            township=shiqiao.township,
            group=household.group,
            number=f"{number:03d}",
            head_name=head,
            head_pinyin=sound,
        )
