"""A matter of 石桥村 at any state, led there by the people who would."""

import datetime as dt
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest

from cadres.models import Department, Notice
from cadres.roles import Role
from conftest import appoint
from grievances import actions
from grievances.models import (
    Category,
    DeclineReason,
    RoutingRule,
    Rung,
    SettlementMethod,
    Source,
    SuspendReason,
)

SHANGHAI = ZoneInfo("Asia/Shanghai")
DAY = dt.date(2026, 11, 17)  # a Tuesday, 石桥村's liaison day
LATER = DAY + dt.timedelta(days=1)
EARLIER = DAY - dt.timedelta(days=1)


def moment(on, hour=10):
    """An hour of a local day, aware."""
    return dt.datetime.combine(on, dt.time(hour), tzinfo=SHANGHAI)


def done(**more):
    """What a settlement takes: 实质性, ①."""
    method = SettlementMethod.objects.get(name="①实质办结")
    return {"settlement": "substantive", "method": method, "words": "路灯已修好", **more}


def rung(name):
    """One of the general ladder."""
    return Rung.objects.get(name=name)


def resting():
    """等待资金, 90 自然日."""
    return SuspendReason.objects.get(name="等待资金")


def history(matter):
    return [step.act for step in matter.steps.all()]


def told(person):
    """Titles of a person's notices, oldest first."""
    return [notice.title for notice in Notice.objects.filter(recipient=person).order_by("pk")]


@pytest.fixture
def facts(shiqiao):
    """What a registration takes."""
    return {
        "village": shiqiao,
        "summary": "村口路灯不亮",
        "category": Category.objects.get(name="道路交通"),
        "kind": "demand",
        "source": Source.objects.get(name="驻点日接待"),
        "complainant": "周大山",
        "phone": "15400001234",
    }


@pytest.fixture
def registered(li, facts):
    """李 wrote it down on the liaison day."""
    return actions.register(by=li, on=DAY, now=moment(DAY), **facts)


@pytest.fixture
def shuili(qingshan):
    """水利站, another unit."""
    return Department.objects.create(township=qingshan, name="水利站")


@pytest.fixture
def he(qingshan, shuili):
    """贺: handler at 水利站."""
    return appoint(qingshan, "heshui", "贺水", Role.HANDLER, title="水利站站长", department=shuili)


@pytest.fixture
def act(zhao, chen, sun, li, zhou, minzheng, shuili):
    """``act("accept", matter)``: the usual person does the usual thing, each on DAY at eleven."""
    usual = {
        "accept": (zhao, dict),
        "decline": (zhao, lambda: {"reason": DeclineReason.objects.first()}),
        "readmit": (zhao, lambda: {"words": "补充了新的情况"}),
        "assign": (zhao, lambda: {"department": minzheng}),
        "take_in_hand": (chen, dict),
        "return_": (chen, lambda: {"words": "不归我们管"}),
        "settle": (chen, done),
        "settle_on_the_spot": (li, done),
        "answer": (li, lambda: {"mode": "oral"}),
        "check": (sun, lambda: {"kind": "on_site", "words": "到现场看过，路灯亮着"}),
        "verify": (sun, lambda: {"answer": "satisfied", "mode": "phone"}),
        "close_out": (zhao, dict),
        "reopen": (zhao, lambda: {"words": "路灯又坏了"}),
        "transfer": (zhao, lambda: {"department": shuili, "words": "属于水利站"}),
        "forward": (zhao, lambda: {"organ": "县供电公司"}),
        "take_back": (zhao, lambda: {"words": "改由镇里办"}),
        "escalate": (chen, lambda: {"words": "要协调资金"}),
        "send_down": (zhou, lambda: {"words": "同意，列入计划"}),
        "call_up": (zhou, lambda: {"rung": rung("统筹调度"), "words": "重点协调"}),
        "suspend": (zhao, lambda: {"reason": resting(), "until": DAY + dt.timedelta(days=30)}),
        "resume": (chen, dict),
        "assist": (chen, lambda: {"department": shuili, "words": "请提供水位资料"}),
        "merge": (zhao, lambda: {"words": "同一盏灯"}),
        "separate": (zhao, lambda: {"words": "不是同一盏灯"}),
        "tell_joined": (li, lambda: {"mode": "phone"}),
        "tell_merged": (li, lambda: {"mode": "phone"}),
        "link_repeat": (li, dict),
        "unlink_repeat": (li, lambda: {"words": "是另一件事"}),
        "mark": (zhao, lambda: {"is_urgent": False, "is_legacy": True, "words": "前任留下的"}),
    }

    def do(name, matter, *, by=None, on=DAY, now=None, version=None, **words):
        person, defaults = usual[name]
        given = {"on": on, "now": now or moment(DAY, 11), "version": version}
        verb = getattr(actions, name)
        return verb(grievance=matter, by=by or person, **{**defaults(), **given, **words})

    return do


PATH = ["accept", "assign", "take_in_hand", "settle", "answer", "verify", "close_out"]


@pytest.fixture
def matter_at(registered, act):
    """``matter_at("settled")``: the matter, led to a state by the usual way."""

    def lead(status):
        matter = registered
        if status == "declined":
            return act("decline", matter)
        if status == "returned":
            return act("return_", lead("assigned"))
        for name in PATH:
            if matter.status == status:
                return matter
            matter = act(name, matter)
        assert matter.status == status
        return matter

    return lead


@pytest.fixture
def people(li, wang, zhao, chen, sun, zhou, contact, county, admin, auditor, qian):
    """The cast by name."""
    return SimpleNamespace(**locals())


@pytest.fixture
def to_minzheng(qingshan, minzheng, chen):
    """道路交通 goes to 民政办, to the holder of 陈's post."""
    return RoutingRule.objects.create(
        township=qingshan, name="路归民政办", category=Category.objects.get(name="道路交通"),
        department=minzheng, post=chen.post,
    )  # fmt: skip


@pytest.fixture
def new(li, facts):
    """``new(summary=…)``: another matter of 石桥村."""

    def make(**more):
        by = more.pop("by", li)
        return actions.register(by=by, on=DAY, now=moment(DAY), **facts | more)

    return make


@pytest.fixture
def time_machine_now():
    """It is three in the afternoon of DAY, and the clock goes on."""
    import time_machine

    with time_machine.travel(moment(DAY, 15), tick=True):
        yield


@pytest.fixture
def _today():
    import time_machine

    with time_machine.travel(moment(dt.date(2026, 12, 20), 15), tick=True):
        yield


@pytest.fixture
def several(_today, li, zhao, wang, heping, facts, act, minzheng):
    """One matter in each of these situations, by name."""
    days = iter(range(1, 30))

    def new(**more):
        on = dt.date(2026, 11, next(days))
        by = wang if more.get("village") else li
        return actions.register(by=by, on=on, now=moment(on), **facts | more)

    def settled(matter, on, **words):
        return act("settle_on_the_spot", matter, on=on, now=moment(on), **words)

    late = act("assign", act("accept", new(summary="迟办的事")))
    return {
        "waiting": new(summary="等受理的事", village=heping),
        "declined": act("decline", new(summary="不归镇里管的事")),
        "spot": settled(new(summary="当场办好的事"), dt.date(2026, 11, 28)),
        "urgent": new(summary="急事", is_urgent=True, kind="dispute"),
        "late": act(
            "settle", act("take_in_hand", late), on=dt.date(2026, 12, 15), now=moment(dt.date(2026, 12, 15))
        ),
    }  # fmt: skip


@pytest.fixture
def township(shiqiao, heping):
    """青山镇 with both its villages."""
    return shiqiao.township
