"""The meeting of a rung: which 例会 treats what came there, on which day it next sits, and where that is said."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from cadres.models import StandingMeeting
from cadres.workcalendar import WorkCalendar
from grievances import actions
from grievances.agenda import proposed
from grievances.models import Meeting, Rung
from grievances.treating import treated_at
from liaison import clock
from tests.filling import fill_in

from .conftest import DAY, moment

pytestmark = pytest.mark.django_db


def text(answer):
    return answer.content.decode()


@pytest.fixture
def clock_at(monkeypatch):
    """It is the liaison day, at noon."""
    monkeypatch.setattr(clock, "now", lambda: moment(DAY, 12))
    monkeypatch.setattr(clock, "today", lambda: DAY)


@pytest.fixture
def own_ladder(zhao, qingshan):
    """The township has taken the ladder over; {name: rung}."""
    actions.adopt_general(model=Rung, by=zhao)
    return {rung.name: rung for rung in Rung.objects.filter(township=qingshan)}


@pytest.fixture
def on_the_25th(qingshan):
    """调度会 each 25th, put off where it is no working day."""
    return StandingMeeting.objects.create(
        township=qingshan, name="调度会", recurrence="monthly_day", month_days=[25],
        starts_at="09:00", ends_at="11:00", valid_from=dt.date(2026, 1, 1),
    )  # fmt: skip


@pytest.fixture
def dispatch(own_ladder, on_the_25th):
    """统筹调度 is treated by it."""
    rung = own_ladder["统筹调度"]
    rung.standing = on_the_25th
    rung.save()
    return rung


def called_up(matter, by, rung):
    """The office takes it there."""
    given = {"on": DAY, "now": moment(DAY, 11), "version": None}
    return actions.call_up(grievance=matter, by=by, rung=rung, words="重点协调", **given)


@pytest.mark.parametrize(
    ("on", "day"),
    [
        ("2026-11-17", "2026-11-25"),
        ("2026-11-25", "2026-11-25"),
        ("2026-11-26", "2026-12-25"),
        ("2026-07-20", "2026-07-27"),  # the 25th is a Saturday
    ],
)
def test_the_next_day_is_the_recurrence_s(dispatch, on, day):
    calendar = WorkCalendar.load(dispatch.township_id)
    found = treated_at(dispatch, dt.date.fromisoformat(on), calendar)
    assert (str(found.on), found.name) == (day, "调度会")
    by_day_of_month = Rung(name="一线办统筹", meets_on=25)
    assert treated_at(by_day_of_month, dt.date.fromisoformat(on), calendar).on == found.on


def test_the_named_meeting_goes_before_the_day_of_the_month(dispatch):
    dispatch.meets_on = 5
    assert str(treated_at(dispatch, DAY, WorkCalendar.load(None))) == "拟于11月25日调度会研究"
    nothing = Rung(name="现场办理")
    assert treated_at(nothing, DAY, WorkCalendar.load(None)) is None


def test_a_meeting_that_is_over_names_no_day(dispatch, on_the_25th):
    on_the_25th.valid_to = dt.date(2026, 10, 31)
    found = treated_at(dispatch, DAY, WorkCalendar.load(None))
    assert (found.name, found.on, str(found)) == ("调度会", None, "")


def test_what_climbed_there_says_when_on_its_page_and_on_the_agenda(
    signed_in, zhao, matter_at, dispatch, clock_at, qingshan
):
    matter = called_up(matter_at("in_hand"), zhao, dispatch)
    client, said = signed_in(zhao), "拟于11月25日调度会研究"
    assert said in text(client.get(f"/ledger/{matter.number}/"))
    (only,) = proposed(zhao, township_id=qingshan.pk, on=DAY, now=moment(DAY, 12))
    assert only.why == f"已呈报、{said}"
    meeting = actions.call_meeting(
        by=zhao, now=moment(DAY), township=qingshan, kind=Meeting.Kind.DISPATCH,
        village=None, on=dt.date(2026, 11, 25), place="", chaired_by=None, recorder=None, standing=None,
    )  # fmt: skip
    assert said in text(client.get(reverse("meetings:agenda", args=[meeting.pk])))
    actions.send_down(
        grievance=matter, by=zhao, on=DAY, now=moment(DAY, 12), version=None, words="同意"
    )
    assert said not in text(client.get(f"/ledger/{matter.number}/"))


def test_a_rung_without_a_meeting_promises_none(signed_in, zhao, matter_at, own_ladder, clock_at):
    matter = called_up(matter_at("in_hand"), zhao, own_ladder["统筹调度"])
    assert "拟于" not in text(signed_in(zhao).get(f"/ledger/{matter.number}/"))
    (only,) = proposed(zhao, township_id=zhao.township_id, on=DAY, now=moment(DAY, 12))
    assert only.why == "已呈报"


def test_the_office_names_it_at_the_rung_and_sees_the_next_day(
    signed_in, zhao, own_ladder, on_the_25th, clock_at
):
    client, rung = signed_in(zhao), own_ladder["统筹调度"]
    fill_in(client, reverse("settings:rungs_edit", args=[rung.pk]), standing=on_the_25th.pk)
    rung.refresh_from_db()
    assert rung.standing == on_the_25th
    page = text(client.get(reverse("settings:rungs")))
    assert "呈报到“统筹调度”的，由“调度会”研究，下次 2026-11-25" in page


def test_by_file_it_is_found_by_name_or_refused(signed_in, zhao, own_ladder, on_the_25th):
    client, url = signed_in(zhao), reverse("settings:rungs_import")

    def bring(name):
        rows = f"第几级,名称,负责角色,研究的例会\n4,统筹调度,镇领导,{name}\n"
        return fill_in(client, url, files={"file": SimpleUploadedFile("层级.csv", rows.encode())})

    assert "本镇“例会安排”里没有这个会议" in text(bring("没有的会"))
    fill_in(client, bring("调度会"), holding="payload")
    own_ladder["统筹调度"].refresh_from_db()
    assert own_ladder["统筹调度"].standing == on_the_25th
