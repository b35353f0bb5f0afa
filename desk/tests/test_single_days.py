"""约访、带案下访 through the pages: set, begun on the day's page, and seen by nobody who should not."""

import datetime as dt

import pytest
from django.urls import reverse

from desk import actions
from grievances import actions as ledger
from grievances.models import Category, SettlementMethod, Source, TakenAlong
from liaison import clock
from liaison.errors import NotAllowed, Stale
from tests.filling import fill_in
from visits.models import Appointment, LiaisonSession, Visit

pytestmark = pytest.mark.django_db
NEW = "/sessions/new/"
FRIDAY = dt.date(2026, 11, 20)


@pytest.fixture
def lamp(li, shiqiao, household):
    """路灯不亮: an open matter of 石桥村."""
    return ledger.register(
        by=li, on=dt.date(2026, 11, 3), now=clock.now(), village=shiqiao, summary="路灯不亮",
        category=Category.objects.first(), kind="demand", source=Source.objects.first(),
        household=household,
    )  # fmt: skip


@pytest.fixture
def trip(li, feng, shiqiao, lamp):
    """李's team takes the matter along on Friday."""
    return actions.plan_single_day(
        by=li, now=clock.now(), kind="case_visit", team=li.team, village=shiqiao, on=FRIDAY,
        starts_at=dt.time(14), ends_at=dt.time(16), place="石桥村委会", matters=[lamp],
    )  # fmt: skip


def set_day(client, page=NEW, **said):
    """Fill in the page of a single day."""
    return fill_in(client, page, **{"on": "2026-11-20", **said})


def test_an_appointment_is_set_from_a_household_and_begun_on_its_day(
    signed_in, li, feng, household, time_machine
):
    client = signed_in(li)
    answer = set_day(client, f"{NEW}?village={household.village_id}&household={household.pk}")
    day = LiaisonSession.objects.get()
    assert (day.kind, day.place) == ("appointment", household.village.office)
    text = answer.content.decode()
    assert "石桥村重点约访" in text and "约访：" in text and "周大山" in text
    # On the day the row is begun: the lead only adds what was said
    time_machine.move_to(dt.datetime(2026, 11, 20, 9, tzinfo=dt.UTC), tick=False)
    client = signed_in(li)  # days later he signs in again
    fill_in(client, reverse("desk:day", args=[day.pk]), row__0__said="低保的事说清了")
    visit = Visit.objects.get()
    assert (visit.household, visit.mode, visit.said) == (household, "appointment", "低保的事说清了")
    page = client.get(reverse("desk:day", args=[day.pk])).content.decode()
    assert 'value="001 周大山"' not in page  # met already


def test_an_appointment_without_a_household_is_refused_and_kept(signed_in, li, feng):
    client = signed_in(li)
    page = client.get(NEW)
    assert page.status_code == 200  # his only village is taken without asking
    with pytest.raises(AssertionError, match="约访哪一户"):
        set_day(client, kind="appointment", place="村口榕树下")
    assert not LiaisonSession.objects.exists()


def test_the_office_is_asked_for_the_village_first(signed_in, zhao, li, wang, shiqiao, heping):
    client = signed_in(zhao)
    assert "先选村" in client.get(NEW).content.decode()
    assert "请从列表里选择" in client.get(NEW, {"village": "999999"}).content.decode()
    set_day(client, f"{NEW}?village={heping.pk}", kind="talk")
    assert LiaisonSession.objects.get().team == wang.team


def test_a_matter_is_taken_along_and_shown_on_the_day(signed_in, li, zhao, lamp, shiqiao, feng):
    page = f"{NEW}?village={shiqiao.pk}&matter={lamp.number}"
    text = set_day(signed_in(li), page).content.decode()
    day = LiaisonSession.objects.get()
    assert day.kind == "case_visit"
    assert "石桥村带案下访" in text and lamp.number in text and "路灯不亮" in text
    assert TakenAlong.objects.get().by == li


def test_a_trip_without_a_matter_is_refused(signed_in, li, lamp, feng):
    with pytest.raises(AssertionError, match="带哪件诉求"):
        set_day(signed_in(li), kind="case_visit")
    assert not LiaisonSession.objects.exists() and not TakenAlong.objects.exists()


def test_matters_of_elsewhere_or_not_open_are_neither_offered_nor_taken(
    signed_in, li, wang, heping, trip, lamp, feng
):
    theirs = ledger.register(
        by=wang, on=dt.date(2026, 11, 3), now=clock.now(), village=heping, summary="水渠堵了",
        category=Category.objects.first(), kind="demand", source=Source.objects.first(),
        complainant="匿名",
    )  # fmt: skip
    url = reverse("desk:matters", args=[trip.pk])
    text = signed_in(li).get(url).content.decode()
    assert lamp.number in text and theirs.number not in text
    with pytest.raises(NotAllowed, match="石桥村还在办的诉求"):
        ledger.take_along(session=trip, grievance=theirs, by=li, now=clock.now())
    method = SettlementMethod.objects.first()
    ledger.settle_on_the_spot(
        grievance=lamp, by=li, on=dt.date(2026, 11, 17), now=clock.now(), version=lamp.version,
        settlement=method.settlement, method=method, words="换了灯",
    )  # fmt: skip
    other = actions.plan_single_day(
        by=li, now=clock.now(), kind="talk", team=li.team, village=trip.village, on=FRIDAY,
        starts_at=dt.time(16), ends_at=dt.time(17), place="石桥村委会",
    )  # fmt: skip
    page = reverse("desk:matters", args=[other.pk])
    assert lamp.number not in signed_in(li).get(page).content.decode()
    assert lamp.number in signed_in(li).get(url).content.decode()  # it is on that list


def test_the_list_is_changed_by_its_lead_and_by_one_page_at_a_time(
    signed_in, li, feng, trip, lamp, zhao
):
    url = reverse("desk:matters", args=[trip.pk])
    fill_in(signed_in(li), url, matters=[])
    assert not TakenAlong.objects.exists()
    trip.refresh_from_db()
    said = {"session": trip, "now": clock.now(), "matters": [lamp]}
    with pytest.raises(NotAllowed, match="责任人或镇驻点办定"):
        actions.set_matters(by=feng, version=trip.version, **said)
    with pytest.raises(Stale):
        actions.set_matters(by=zhao, version=1, **said)
    actions.set_matters(by=zhao, version=trip.version, **said)
    ledger.take_along(session=trip, grievance=lamp, by=li, now=clock.now())  # again: nothing more
    assert TakenAlong.objects.count() == 1


def test_who_reads_no_matters_sees_none_taken_along(signed_in, contact, sun, trip, lamp, wang):
    url = reverse("desk:day", args=[trip.pk])
    assert lamp.number in signed_in(sun).get(url).content.decode()
    text = signed_in(contact).get(url).content.decode()
    assert "石桥村带案下访" in text and lamp.number not in text and "路灯" not in text
    assert signed_in(wang).get(url).status_code == 404


def test_a_second_tap_sets_one_day(signed_in, li, feng):
    client = signed_in(li)
    page = client.get(NEW)
    for _ in range(2):
        fill_in(client, page, on="2026-11-20")
    assert LiaisonSession.objects.count() == 1


def test_a_contact_is_not_told_whom_a_day_is_for(signed_in, li, feng, household, contact):
    set_day(signed_in(li), f"{NEW}?village={household.village_id}&household={household.pk}")
    day = Appointment.objects.get().session
    text = signed_in(contact).get(reverse("desk:day", args=[day.pk])).content.decode()
    assert "石桥村重点约访" in text and "周大山" not in text
