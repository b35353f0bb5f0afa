"""走访单: what stands on it, and in which order."""

import datetime as dt

import pytest

from conftest import appoint
from desk.sheets.content import draft_sheets
from liaison import clock
from villages.models import TagHolding
from visits import actions
from visits.models import Appointment, ContactPolicy, SessionPolicy

from .printed import Kind, evening_before, reached

__all__ = ["evening_before", "reached"]  # fixtures, asked for by name


def named(sheet):
    """What stands at each number of one part."""
    return [line.household.number for line in sheet.lines if line.kind == Kind.HOUSEHOLD]


@pytest.mark.usefixtures("evening_before")
def test_first_those_never_reached_then_the_longest_ago_in_the_order_of_walking(
    day, li, neighbours, reached
):
    reached("001", dt.date(2026, 11, 10))
    reached("004", dt.date(2026, 3, 1))
    reached("002", dt.date(2026, 11, 3), mode="reception")  # he came to us: nobody knocked
    SessionPolicy.objects.create(
        township=day.township, since=dt.date(2026, 1, 1), sheet_households=4
    )
    sheet = draft_sheets([day], li)[0]
    assert named(sheet) == ["002", "003", "004", "005"]
    why = {line.household.number: line.why for line in sheet.lines if line.household}
    assert why["002"] == "还没有走访到过"
    assert why["004"] == "261天没有走访，上次2026-03-01"


@pytest.mark.usefixtures("evening_before")
def test_a_household_in_need_comes_when_its_interval_is_over_and_its_tag_is_not_named(
    day, li, neighbours, shiqiao, reached
):
    policy = ContactPolicy.objects.filter(tag__sensitive=True, days__lte=60).first()
    for number in ("001", "002", "003", "004"):
        reached(number, dt.date(2026, 11, 15) - dt.timedelta(days=150))
    reached("005", dt.date(2026, 11, 16) - dt.timedelta(days=policy.days))
    home = shiqiao.households.get(number="005")
    person = home.residents.create(township=day.township, village=shiqiao, name="王秀英")
    TagHolding.objects.create(resident=person, tag=policy.tag)
    SessionPolicy.objects.create(
        township=day.township, since=dt.date(2026, 1, 1), sheet_households=1
    )
    (line,) = [line for line in draft_sheets([day], li)[0].lines if line.household]
    assert (line.household, line.why[:3]) == (home, "重点户")
    assert policy.tag.name not in line.why


def test_who_was_seen_on_the_day_itself_is_not_called_on_again(day, li, neighbours, reached):
    reached("001", day.on)
    reached("002", day.on - dt.timedelta(days=1))
    sheet = draft_sheets([day], li)[0]
    assert named(sheet) == ["002", "003", "004", "005"]
    assert sheet.lines[0].why == "1天没有走访，上次2026-11-16"


@pytest.mark.usefixtures("evening_before")
def test_an_appointment_goes_before_all_others(day, li, neighbours, reached, household):
    for number in ("001", "002", "003", "004", "005"):
        reached(number, dt.date(2026, 11, 10))
    Appointment.objects.create(session=day, household=household)
    SessionPolicy.objects.create(
        township=day.township, since=dt.date(2026, 1, 1), sheet_households=1
    )
    sheet = draft_sheets([day], li)[0]
    assert [(line.household, line.why) for line in sheet.lines if line.household] == [
        (household, "约好今天见")
    ]


@pytest.mark.usefixtures("evening_before")
def test_a_household_away_or_empty_is_nobodys_errand(day, li, neighbours, shiqiao):
    shiqiao.households.filter(number="003").update(residence="away")
    shiqiao.households.filter(number="005").update(residence="vacant")
    assert named(draft_sheets([day], li)[0]) == ["001", "002", "004"]


@pytest.mark.parametrize(
    ("status", "kind", "why"),
    [
        ("in_hand", Kind.MATTER, "办理中，民政办；应于"),
        ("settled", Kind.CALL_BACK, "待答复"),
        ("answered", Kind.CALL_BACK, "已答复，待回访"),
    ],
)
@pytest.mark.usefixtures("evening_before")
def test_what_was_asked_stands_there_until_it_is_told(day, li, matter_at, status, kind, why):
    matter = matter_at(status)
    sheet = draft_sheets([day], li)[0]
    line = next(line for line in sheet.lines if line.matter)
    assert (line.matter, line.kind) == (matter.number, kind)
    assert why in line.why


@pytest.mark.usefixtures("evening_before")
def test_what_was_promised_stands_before_what_is_due(day, li, matter_at):
    matter = matter_at("in_hand")
    type(matter).objects.filter(pk=matter.pk).update(
        promise="清渠" * 60, promise_due_on=dt.date(2026, 11, 24)
    )
    line = next(line for line in draft_sheets([day], li)[0].lines if line.matter)
    assert line.why.startswith("答应11-24前：清渠清渠")
    assert "…；办理中，民政办；应于" in line.why
    assert len(line.why) <= 120


@pytest.mark.usefixtures("evening_before")
def test_of_what_rests_the_team_tells_no_day_that_will_move(day, li, matter_at):
    matter = matter_at("in_hand")
    type(matter).objects.filter(pk=matter.pk).update(status="suspended")
    line = next(line for line in draft_sheets([day], li)[0].lines if line.matter)
    assert line.why == "挂起，民政办"


@pytest.mark.usefixtures("evening_before")
def test_who_is_away_and_who_stands_in_is_named_without_why(day, li, feng, qingshan):
    sub = appoint(qingshan, "sub", "何代", "cadre")
    leave = actions.ask_leave(
        session=day, by=feng, now=clock.now(), kind="sick", stand_in=sub, words=""
    )
    actions.approve_leave(leave=leave, by=li, now=clock.now(), version=leave.version, stand_in=sub)
    people = draft_sheets([day], li)[0].people
    assert people.sitting == ["李明 责任人", "何代(代冯兰) 成员"]
    assert people.away == ["冯兰请假，何代代"]
