"""A matter of 石桥村 at any state, led there by the people who would."""

import datetime as dt
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest

from grievances import actions
from grievances.models import Category, DeclineReason, SettlementMethod, Source

SHANGHAI = ZoneInfo("Asia/Shanghai")
DAY = dt.date(2026, 11, 17)  # a Tuesday, 石桥村's liaison day


def moment(on, hour=10):
    """An hour of a local day, aware."""
    return dt.datetime.combine(on, dt.time(hour), tzinfo=SHANGHAI)


def done(**more):
    """What a settlement takes: 实质性, ①."""
    method = SettlementMethod.objects.get(name="①实质办结")
    return {"settlement": "substantive", "method": method, "words": "路灯已修好", **more}


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
def act(zhao, chen, sun, li, minzheng):
    """``act("accept", matter)``: the usual person does the usual thing, each on DAY at eleven."""
    usual = {
        "accept": (zhao, dict),
        "decline": (zhao, lambda: {"reason": DeclineReason.objects.first()}),
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
