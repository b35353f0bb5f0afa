"""定点接访、重点约访、带案下访、谈心谈话: single days outside the plans."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from cadres.models import Notice
from liaison import clock
from liaison.errors import NotAllowed
from visits import actions
from visits.feeds import calendar_file, rows_of
from visits.models import Appointment, LiaisonSession
from visits.reminding import remind

pytestmark = pytest.mark.django_db
SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.fixture
def single(li, feng, shiqiao):
    """``single(kind=…)``: 李 sets Friday afternoon in 石桥村."""

    def sets(**said):
        usual = {
            "by": li, "now": clock.now(), "kind": "reception", "team": li.team, "village": shiqiao,
            "on": dt.date(2026, 11, 20), "starts_at": dt.time(14), "ends_at": dt.time(16),
            "place": "石桥村委会",
        }  # fmt: skip
        return actions.plan_single(**(usual | said))

    return sets


def test_it_is_set_told_and_reminded_of_but_not_due(single, feng):
    day = single()
    assert (day.plan, day.status, day.usual_mode) == (None, "planned", "reception")
    assert Notice.objects.get(kind="session_set").recipient == feng
    assert not LiaisonSession.objects.due(day.on).exists()
    assert list(LiaisonSession.objects.apart()) == [day]


def test_one_more_fixed_day_is_due(single):
    day = single(kind="regular")
    assert list(LiaisonSession.objects.due(day.on)) == [day]


def test_an_appointment_names_a_household_of_the_village(single, household, heping):
    with pytest.raises(NotAllowed, match="约访哪一户"):
        single(kind="appointment")
    with pytest.raises(NotAllowed, match="不在石桥村"):
        single(kind="appointment", household=heping.households.get())
    day = single(kind="appointment", household=household)
    assert Appointment.objects.get(session=day).household == household
    assert day.usual_mode == "appointment"
    assert "周大山" not in Notice.objects.get().text


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"on": dt.date(2026, 11, 16)}, "已经过去"),
        ({"on": dt.date(2028, 1, 1)}, "年份"),
        ({"ends_at": dt.time(14)}, "结束时间要晚于"),
        ({"place": " "}, "填写地点"),
        ({"kind": "party"}, "选择形式"),
    ],
)
def test_a_slip_is_a_sentence(single, said, sentence):
    with pytest.raises(NotAllowed, match=sentence):
        single(**said)
    assert not LiaisonSession.objects.exists()


def test_the_lead_and_the_office_set_it_and_nobody_else(single, feng, wang, zhao, heping, sun):
    with pytest.raises(NotAllowed, match="责任人或镇驻点办办理"):
        single(by=feng)
    for outsider in (wang, sun):
        with pytest.raises(NotAllowed, match="不是您负责的村"):
            single(by=outsider)
    with pytest.raises(NotAllowed, match="不联系和平村"):
        single(by=zhao, village=heping)
    assert single(by=zhao).village.name == "石桥村"


def test_a_team_is_not_in_two_places_at_once(single):
    single()
    with pytest.raises(NotAllowed, match="错开时间"):
        single(starts_at=dt.time(15), ends_at=dt.time(17))
    assert single(starts_at=dt.time(16), ends_at=dt.time(17))


def test_a_contact_learns_of_the_day_but_not_of_whom(single, household, contact):
    day = single(kind="appointment", household=household)
    assert list(LiaisonSession.objects.visible_to(contact)) == [day]
    assert not Appointment.objects.visible_to(contact).exists()


def test_whose_door_it_is_leaves_the_house_by_no_notice_and_no_calendar(single, household, feng):
    day = single(kind="appointment", household=household, place="第1组周大山家")
    open_day = single(kind="reception", place="文化广场", starts_at=dt.time(9), ends_at=dt.time(11))
    remind(now=dt.datetime.combine(day.on, dt.time(7, 40), tzinfo=SHANGHAI))
    said = {f"{each.kind} {each.subject}": each.text for each in Notice.objects.all()}
    assert len(said) == 4
    for kind in ("session_set", "session_reminder"):
        assert "14:00" in said[f"{kind} session:{day.pk}"]
        assert "到石桥村" in said[f"{kind} session:{day.pk}"]
        assert "到文化广场" in said[f"{kind} session:{open_day.pk}"]
    rows = rows_of(LiaisonSession.objects.all(), day.on)
    calendar = calendar_file("驻点", rows, lambda row: "http://testserver/").decode()
    assert "LOCATION:文化广场" in calendar
    assert "周大山" not in calendar + "".join(said.values())
