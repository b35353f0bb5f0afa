"""A day of a rota: only those whose turn it is are expected, reminded and on the sheet; the recorder always is."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from cadres.actions import calendar
from cadres.actions.plans import make_plan
from cadres.models import Notice, Seat
from conftest import appoint
from visits.actions import confirm_held, record_attendance
from visits.attendance import SeatMark, may_write_up, seats_of
from visits.calling_off import tell_changes
from visits.confirming import remind_unconfirmed
from visits.models import LeaveRequest, LiaisonSession
from visits.reminding import remind
from visits.sitting import expected_of

SHANGHAI = ZoneInfo("Asia/Shanghai")
TODAY = dt.date(2026, 11, 21)
MONDAY, TUESDAY = dt.date(2026, 11, 23), dt.date(2026, 11, 24)


def at(day, hour):
    """A Shanghai moment of November 2026."""
    return dt.datetime(2026, 11, day, hour, tzinfo=SHANGHAI)


@pytest.fixture
def gao(li, qingshan):
    """高: a member beside 李; 马 keeps the records."""
    gao = appoint(qingshan, "gao", "高远", "cadre", title="团委书记")
    ma = appoint(qingshan, "ma", "马兰", "cadre", title="记录员")
    Seat.objects.create(team=li.team, post=gao.post, order=1)
    Seat.objects.create(team=li.team, post=ma.post, kind=Seat.Kind.ASSISTANT, order=2)
    return gao


@pytest.fixture
def rota(zhao, li, gao, shiqiao):
    """Every working day from Monday 23 November: 李 on Mondays, 高 on the others."""
    return make_plan(
        by=zhao, today=TODAY, team=li.team, village=shiqiao, place="", recurrence="rota",
        starts_at=dt.time(9), ends_at=dt.time(11, 30), holiday_rule="next", valid_from=MONDAY,
        valid_to=dt.date(2026, 12, 31), turns=[(1, li.post, 0), (2, gao.post, None)],
    )  # fmt: skip


def of(rota, on):
    """The rota's day."""
    return rota.sessions.get(on=on)


def names(people):
    """Their names in order of sign-in."""
    return sorted(person.display_name for person in people)


def test_whose_turn_it_is_and_who_never_rotates_are_expected(rota):
    days = [of(rota, MONDAY), of(rota, TUESDAY)]
    expected = expected_of(days)
    assert [names(expected[day.pk]) for day in days] == [["李明", "马兰"], ["马兰", "高远"]]


def test_nobody_else_is_reminded(rota):
    remind(now=at(23, 17))  # the evening before Tuesday
    tuesday = Notice.objects.filter(subject=f"session:{of(rota, TUESDAY).pk}")
    assert names({notice.recipient for notice in tuesday}) == ["马兰", "高远"]


def test_the_sheet_holds_their_seats_and_the_turn_confirms_it(rota, li, gao):
    day = of(rota, TUESDAY)
    assert [seat.person_name for seat in seats_of(day)] == ["高远", "马兰"]
    marks = [SeatMark(seat.post.pk, "present") for seat in seats_of(day)]
    record_attendance(session=day, by=gao, now=at(24, 12), marks=marks)
    assert confirm_held(session=day, by=gao, now=at(24, 12)).status == "held"


def test_the_one_whose_turn_it_is_confirms_and_the_others_of_the_team_may_still_write(
    rota, li, gao
):
    assert may_write_up(of(rota, TUESDAY), gao, at(24, 12))
    assert may_write_up(of(rota, TUESDAY), li, at(24, 12))


def test_ones_own_days_are_those_of_ones_turn(rota, li, gao):
    own = LiaisonSession.objects.sat_by(gao).within(MONDAY, dt.date(2026, 11, 30))
    assert [day.on.day for day in own.order_by("on")] == [24, 25, 26, 27]
    own = LiaisonSession.objects.sat_by(li).within(MONDAY, dt.date(2026, 11, 30))
    assert [day.on.day for day in own.order_by("on")] == [23, 30]


def test_an_unnamed_order_follows_the_seats(zhao, li, gao, rota, shiqiao):
    rota.turns.all().delete()
    assert names(expected_of([of(rota, TUESDAY)])[of(rota, TUESDAY).pk]) == ["马兰", "高远"]


def test_a_day_not_confirmed_waits_for_the_one_whose_turn_it_was(rota, li, gao):
    """李 leads the team; Tuesday was 高's."""
    tuesday = LiaisonSession.objects.filter(pk=of(rota, TUESDAY).pk)
    monday = LiaisonSession.objects.filter(pk=of(rota, MONDAY).pk)
    assert [tuesday.led_by(gao).exists(), tuesday.led_by(li).exists()] == [True, False]
    remind_unconfirmed(now=at(25, 12))
    told = Notice.objects.filter(kind="session_unconfirmed").values_list("recipient", "subject")
    assert set(told) == {
        (li.pk, f"session:{monday.get().pk}"), (gao.pk, f"session:{tuesday.get().pk}"),
    }  # fmt: skip
    assert [monday.led_by(gao).exists(), monday.led_by(li).exists()] == [False, True]


# --- 轮值调整 ----------------------------------------------------------------------------------


@pytest.fixture
def in_turn(zhao, li, gao, shiqiao):
    """Every working day from Monday 23 November: 李, 高, 李, 高 …"""
    return make_plan(
        by=zhao, today=TODAY, team=li.team, village=shiqiao, place="", recurrence="rota",
        starts_at=dt.time(9), ends_at=dt.time(11, 30), holiday_rule="skip", valid_from=MONDAY,
        valid_to=dt.date(2026, 12, 31), turns=[(1, li.post, None), (2, gao.post, None)],
    )  # fmt: skip


def heard(kind):
    """[(who, day of the month)] of what was told, in order."""
    rows = Notice.objects.filter(kind=kind).order_by("pk")
    return [(row.recipient.display_name, int(row.slot[8:10])) for row in rows]


def test_whose_turn_passed_to_another_is_told_so_and_told_when_it_comes_back(
    in_turn, zhao, qingshan, li, gao
):
    """A local day on Monday moves the turns on: Tuesday was 高's, and becomes 李's."""
    tuesday = of(in_turn, TUESDAY)
    assert names(expected_of([tuesday])[tuesday.pk]) == ["马兰", "高远"]
    remind(now=at(22, 17))  # two days before Tuesday, the evening before Monday
    sunday = dt.date(2026, 11, 22)
    day = calendar.set_local_day(
        township=qingshan, by=zhao, today=sunday, on=MONDAY, kind="holiday", name="庙会"
    )
    tuesday.refresh_from_db()
    assert names(expected_of([tuesday])[tuesday.pk]) == ["李明", "马兰"]
    tell_changes(now=at(22, 18))
    assert heard("session_turn_passed") == [("高远", 24)]
    assert tell_changes(now=at(22, 19)) == 0
    calendar.take_back_local_day(day=day, by=zhao, today=sunday)
    tell_changes(now=at(22, 20))
    assert ("高远", 24) in heard("session_on_again")
    assert tell_changes(now=at(22, 21)) == 0


def test_who_is_on_leave_on_his_turn_is_not_told_that_it_passed(in_turn, gao):
    remind(now=at(22, 17))
    LeaveRequest.objects.create(
        session=of(in_turn, TUESDAY), on=TUESDAY, person=gao, post=gao.post, person_name="高远",
        post_title="团委书记", kind="personal", state="approved", requested_at=at(20, 9),
    )  # fmt: skip
    assert tell_changes(now=at(22, 18)) == 0
