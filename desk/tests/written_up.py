"""石桥村's day, written up: what the tests of its papers print."""

import datetime as dt

import pytest

from grievances import actions as ledger
from grievances.models import Category, SettlementMethod, Source
from visits import actions as field
from visits.attendance import SeatMark

NOW = dt.datetime(2026, 11, 17, 12, tzinfo=dt.UTC)
WORDS = "路灯坏了<一个多月> & 没人修\n老人夜里不敢出门"
PHONE = "15400001234"


def register(li, visit, summary, **more):
    return ledger.register(
        by=li, on=visit.occurred_on, now=NOW, village=visit.village, summary=summary,
        category=Category.objects.get(name="道路交通"), source=Source.objects.get(name="驻点日接待"),
        household=visit.household, visit=visit, **{"kind": "demand", **more},
    )  # fmt: skip


@pytest.fixture
def written_up(day, li, feng, neighbours, shiqiao):
    """The day as it was: 李 there, 冯 ill; one came with a matter, one without, two were visited, one twice."""
    marks = [SeatMark(li.post.pk, "present"), SeatMark(feng.post.pk, "leave", leave_kind="sick")]
    field.record_attendance(session=day, by=li, now=NOW, marks=marks)
    homes = {home.number: home for home in shiqiao.households.all()}

    def met(line, mode, home="", **more):
        return field.log_visit(
            by=li, now=NOW, occurred_on=day.on, village=shiqiao, mode=mode, session=day, line=line,
            household=homes.get(home), **more,
        )  # fmt: skip

    lamp = met(1, "reception", "001", persons=2, said=WORDS)
    register(li, lamp, "村口路灯不亮", phone=PHONE)
    met(2, "reception", visitor="匿名", nothing_asked=True)
    door = met(3, "home", "003", said="身体还好")
    register(li, door, "建议修桥", kind="suggestion")
    again = met(4, "phone", "003")
    asked = register(li, again, "问低保", kind="inquiry")
    ledger.settle_on_the_spot(
        grievance=asked, by=li, on=day.on, now=NOW, settlement="procedural", version=asked.version,
        method=SettlementMethod.objects.get(name="③政策解答"), words="已说明条件",
    )  # fmt: skip
    met(5, "evening", "004", nothing_asked=True)
    field.confirm_held(session=day, by=li, now=NOW)
    day.refresh_from_db()
    return day
