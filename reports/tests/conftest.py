"""October 2026 in 石桥村 with every edge there is, and a quiet 和平村; looked at on 21 November."""

import datetime as dt
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
import time_machine

from grievances import actions
from grievances.models import Category, DeadlinePolicy, DeclineReason, Grievance, SettlementMethod
from grievances.models import Source as MatterSource
from villages.models import Household
from visits.models import LiaisonSession, Visit

SHANGHAI = ZoneInfo("Asia/Shanghai")
METHODS = {"substantive": "①实质办结", "interim": "⑤整合项目", "procedural": "③政策解答"}


def day(text):
    """「10-05」 of 2026."""
    return dt.date.fromisoformat(f"2026-{text}")


def moment(on, hour=10):
    """An hour of a local day, aware."""
    return dt.datetime.combine(on, dt.time(hour), tzinfo=SHANGHAI)


@pytest.fixture
def november():
    """It is noon of 21 November 2026."""
    with time_machine.travel(moment(day("11-21"), 12), tick=False):
        yield


@pytest.fixture
def ten_days(qingshan):
    """The township's own limit: ten 自然日 from the next day."""
    return DeadlinePolicy.objects.create(
        township=qingshan,
        name="本镇时限",
        category=Category.objects.get(name="道路交通"),
        source=MatterSource.objects.get(name="驻点日接待"),
        amount=10,
        unit="calendar_day",
    )


@pytest.fixture
def matter(ten_days, li, zhao, sun, minzheng):
    """``matter("10-05", settle="10-10", …)``: one matter led as far as the named days say, in this order."""

    def how(kind):
        method = SettlementMethod.objects.get(name=METHODS[kind])
        again = {"comes_back_on": day("12-30")} if method.comes_back else {}
        return {"settlement": kind, "method": method, "words": "办好了", **again}

    def lead(on, *, by=li, kind="substantive", said="satisfied", **days):
        row = actions.register(
            by=by, on=day(on), now=moment(day(on)), village=by.team.villages.get(),
            summary=f"{on}的事", category=ten_days.category, kind="demand", source=ten_days.source,
        )  # fmt: skip
        steps = {
            "decline": (zhao, {"reason": DeclineReason.objects.first(), "words": ""}),
            "settle_on_the_spot": (by, how(kind)),
            "accept": (zhao, {}),
            "assign": (zhao, {"department": minzheng}),
            "return_": (zhao, {"words": "不归我们管"}),
            "settle": (zhao, how(kind)),
            "answer": (li, {"mode": "oral"}),
            "verify": (sun, {"answer": said, "mode": "phone"}),
            "reopen": (zhao, {"words": "又坏了"}),
        }
        if not days.keys() & {"decline", "settle_on_the_spot"}:
            days["accept"] = on
        for name, (who, words) in steps.items():
            if name in days:
                when = {"on": day(days[name]), "now": moment(day(days[name]), 11)}
                row = getattr(actions, name)(grievance=row, by=who, version=None, **when, **words)
        return row

    return lead


@pytest.fixture
def october(matter, shiqiao, heping, li, wang, household):
    """Everything that can happen to a figure, once."""
    _matters(matter, wang)
    _sessions(li, shiqiao)
    _visits(li, shiqiao, household)
    _visit(wang, heping, heping.households.get(), "10-14")
    return SimpleNamespace(village=shiqiao, quiet=heping)


def _matters(matter, wang):
    matter("09-20", settle="10-08")  # carried over, late
    matter("10-02", settle="10-03", answer="10-03", verify="10-04", said="dissatisfied")
    matter("10-05", settle="10-10", answer="10-11", verify="10-13")
    matter(
        "10-06", settle="10-20", kind="procedural", answer="10-21", verify="10-22", said="basically"
    )
    matter("10-12", settle_on_the_spot="10-12")
    matter("10-13", decline="10-14")
    matter("10-14", settle="10-16", reopen="11-02")  # October has not settled it, from then on
    matter("10-15", assign="10-16", return_="10-17")
    undated = matter("10-20")
    Grievance.objects.filter(pk=undated.pk).update(due_at=None, due_on=None)
    matter("10-25", settle="11-03", answer="11-03")
    matter("10-26", settle="10-27", answer="10-27", verify="10-28", said="unreached")
    matter("11-18")
    matter("10-30", by=wang, settle_on_the_spot="10-30", kind="interim")


def _sessions(li, village):
    held, planned = LiaisonSession.Status.HELD, LiaisonSession.Status.PLANNED
    days = [
        ("10-01", LiaisonSession.Status.CANCELLED, None),
        ("10-06", LiaisonSession.Status.MISSED, None),
        ("10-13", held, None),
        ("10-27", held, day("10-20")),  # made up for
        ("10-30", planned, None),  # nobody wrote it up
        ("11-24", planned, None),
    ]
    for on, status, moved_from in days:
        LiaisonSession.objects.create(
            township=village.township,
            team=li.team,
            village=village,
            on=day(on),
            starts_at=dt.time(9),
            ends_at=dt.time(11),
            place=village.office,
            status=status,
            moved_from=moved_from,
            confirmed_at=dt.datetime(2026, 10, 30, 4, tzinfo=dt.UTC) if status == held else None,
        )


def _visits(li, village, household):
    def home(number, residence):
        group = household.group
        return Household.objects.create(
            township=village.township,
            village=village,
            group=group,
            number=number,
            residence=residence,
        )

    seasonal, away = home("002", "seasonal"), home("003", "away")
    later = home("004", "resident")
    home("005", "vacant")
    home("006", "cancelled")
    _visit(li, village, None, "10-13", mode="reception", persons=3)
    _visit(li, village, household, "10-13", mode="reception", persons=2)
    _visit(li, village, household, "10-13")
    _visit(li, village, household, "10-27", mode="evening", persons=4)
    _visit(li, village, household, "10-31", entered="11-05")  # back-dated
    _visit(li, village, seasonal, "10-28", mode="phone")
    _visit(li, village, away, "10-28", mode="phone")
    _visit(li, village, None, "10-28", mode="other")
    _visit(li, village, later, "11-03")


def _visit(by, village, household, on, *, entered=None, mode="home", persons=1):
    Visit.objects.create(
        township=village.township,
        village=village,
        household=household,
        mode=mode,
        persons=persons,
        occurred_on=day(on),
        entered_at=moment(day(entered or on)),
        entered_by=by,
    )
