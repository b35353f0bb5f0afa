"""What may be written down of a liaison day, and by whom."""

import datetime as dt

import pytest

from cadres.models import Holding, Seat
from conftest import appoint
from liaison import clock
from liaison.errors import NotAllowed, Stale
from liaison.models import AuditEntry
from visits import actions
from visits.attendance import SeatMark
from visits.models import Attendance, LiaisonSession

pytestmark = pytest.mark.django_db


@pytest.fixture
def sheet(day, li, feng):
    """``sheet(li="leave", by=feng)``: the day's sheet, everybody 到 unless said otherwise."""

    def write(*, by=li, stand_in="", kind="personal", marks=None, reason="", **said):
        people = {"li": li, "feng": feng}
        marks = marks or [
            SeatMark(user.post.pk, said.get(name, "present"), stand_in, kind)
            for name, user in people.items()
        ]
        return actions.record_attendance(
            session=day, by=by, now=clock.now(), marks=marks, reason=reason
        )

    return write


# --- 考勤 ------------------------------------------------------------------------------------


def test_every_seat_has_one_line_named_as_of_the_day(sheet, day, li):
    sheet(feng="stand_in", stand_in="赵代班")
    first, second = day.attendance.all()
    assert (first.person, first.person_name, first.post_title, first.mark) == (
        li,
        "李明",
        "党委委员",
        "present",
    )
    assert (second.get_mark_display(), second.stand_in) == ("代", "赵代班")


def test_a_successor_changes_no_line_written_before(sheet, day, li, feng, qingshan):
    sheet()
    Holding.objects.filter(user=feng).update(until=day.on)
    new = appoint(qingshan, "hao", "郝新", "cadre", title="别的岗位")
    Holding.objects.create(user=new, post=feng.post, since=day.on + dt.timedelta(days=1))
    sheet(feng="leave")
    line = Attendance.objects.get(post=feng.post)
    assert (line.person_name, line.mark) == ("冯兰", "leave")


def test_the_holder_of_that_day_is_named_not_today_s(sheet, day, feng, qingshan):
    LiaisonSession.objects.update(on="2026-11-10")
    day.refresh_from_db()
    Holding.objects.filter(user=feng).update(until="2026-11-12")
    new = appoint(qingshan, "hao", "郝新", "cadre", title="别的岗位")
    Holding.objects.create(user=new, post=feng.post, since="2026-11-13")
    sheet()
    assert Attendance.objects.get(post=feng.post).person_name == "冯兰"


def test_a_vacant_seat_has_a_line_too(sheet, day, feng):
    Holding.objects.filter(user=feng).update(until="2026-11-01")
    sheet(feng="absent")
    line = Attendance.objects.get(post=feng.post)
    assert (line.person, line.person_name, line.post_title) == (None, "", "驻村干部")


def test_saying_the_same_twice_writes_and_counts_nothing(sheet, day):
    assert sheet().version == 2
    before = AuditEntry.objects.count()
    assert sheet().version == 2
    assert AuditEntry.objects.count() == before


def test_a_change_says_before_and_after(sheet):
    sheet()
    sheet(feng="leave", kind="official")
    line = AuditEntry.objects.filter(action="填写考勤").latest("pk")
    assert (line.before, line.after) == ({"驻村干部 冯兰": "到"}, {"驻村干部 冯兰": "假(公假)"})


def test_leave_says_which_kind_and_nothing_else_does(sheet, day, feng):
    for kind in ("", "休假"):
        with pytest.raises(NotAllowed, match="事假、病假还是公假"):
            sheet(feng="leave", kind=kind)
    sheet(feng="leave", kind="sick")
    assert Attendance.objects.get(post=feng.post).in_words() == "假(病假)"
    sheet(feng="absent", kind="sick")
    assert Attendance.objects.get(post=feng.post).leave_kind == ""


def test_a_stand_in_of_the_township_keeps_his_account(sheet, day, li, feng, wang):
    marks = [SeatMark(li.post.pk, "present")]
    sheet(marks=[*marks, SeatMark(feng.post.pk, "stand_in", "", "", wang)])
    line = Attendance.objects.get(post=feng.post)
    assert (line.stand_in, line.stand_in_person, line.in_words()) == ("王强", wang, "代(王强)")
    sheet(marks=[*marks, SeatMark(feng.post.pk, "stand_in", "村医老张")])
    line.refresh_from_db()
    assert (line.stand_in, line.stand_in_person) == ("村医老张", None)


def test_an_older_sheet_without_a_kind_stands_until_its_line_is_changed(sheet, day, li, feng):
    sheet()
    Attendance.objects.filter(post=feng.post).update(mark="leave")  # as older sheets had it
    marks = [SeatMark(li.post.pk, "absent"), SeatMark(feng.post.pk, "leave")]
    sheet(marks=marks)
    assert {line.in_words() for line in day.attendance.all()} == {"缺", "假"}


# --- 确认后的更正 ------------------------------------------------------------------------------


def test_a_confirmed_sheet_is_put_right_with_a_reason_by_its_lead(sheet, day, li, feng, zhao):
    sheet()
    actions.confirm_held(session=day, by=li, now=clock.now())
    sheet()  # the same again changes nothing, and needs no reason
    with pytest.raises(NotAllowed, match="写明更正原因"):
        sheet(feng="leave")
    with pytest.raises(NotAllowed, match="责任人或镇驻点办"):
        sheet(by=feng, feng="leave", reason="写错了")
    sheet(feng="leave", reason="当天请了假")
    line = AuditEntry.objects.filter(action="更正考勤").get()
    assert line.before == {"驻村干部 冯兰": "到"}
    assert line.after == {"驻村干部 冯兰": "假(事假)", "更正原因": "当天请了假"}
    sheet(by=zhao, reason="核对签到表")
    assert Attendance.objects.get(post=feng.post).mark == "present"


def test_a_member_writes_the_day_up_and_its_lead_confirms_it(sheet, day, li, feng):
    sheet(by=feng)
    actions.write_up(session=day, by=feng, now=clock.now())
    day.refresh_from_db()
    assert (day.status, day.confirmed_at) == ("held", None)
    assert list(LiaisonSession.objects.held()) == [day]
    with pytest.raises(NotAllowed, match="责任人确认"):
        actions.confirm_held(session=day, by=feng, now=clock.now())
    sheet(by=feng, feng="absent")  # not confirmed yet: no reason asked
    assert actions.confirm_held(session=day, by=li, now=clock.now()).confirmed_by == li


def test_the_team_and_the_office_write_it_and_nobody_else(
    sheet, zhao, feng, sun, contact, qingshan, shiqiao
):
    other = appoint(qingshan, "tong", "童远", "cadre", title="别组成员", village=shiqiao)
    for outsider in (other, sun, contact):
        with pytest.raises(NotAllowed, match="成员或镇驻点办填写"):
            sheet(by=outsider)
    assert not Attendance.objects.exists()
    sheet(by=zhao)
    sheet(by=feng, feng="leave")


def test_an_office_of_elsewhere_gives_no_say_here(sheet, day, qingshan, shiqiao, elsewhere):
    """She reads 石桥村 as its contact, and runs liaison days in 白水镇 only."""
    both = appoint(qingshan, "liang", "梁双", "contact", title="石桥村代表", village=shiqiao)
    other = appoint(elsewhere, "liang2", "梁双二", "office", title="白水镇干事")
    other.holdings.update(user=both)
    with pytest.raises(NotAllowed, match="成员或镇驻点办填写"):
        sheet(by=both)
    with pytest.raises(NotAllowed, match="镇驻点办调整"):
        actions.cancel_session(session=day, by=both, now=clock.now(), version=1, reason="防汛")


def test_another_village_s_lead_does_not_even_see_it(sheet, wang):
    with pytest.raises(NotAllowed, match="不在您负责的村"):
        sheet(by=wang)


def test_a_sheet_with_a_gap_or_a_foreign_seat_is_refused(sheet, li, feng, zhao, day):
    mine = SeatMark(li.post.pk, "present")
    with pytest.raises(NotAllowed, match="请为冯兰选择"):
        sheet(marks=[mine])
    with pytest.raises(NotAllowed, match="不属于"):
        sheet(marks=[mine, SeatMark(feng.post.pk, "present"), SeatMark(zhao.post.pk, "present")])
    with pytest.raises(NotAllowed, match="代班人姓名"):
        sheet(feng="stand_in")
    with pytest.raises(NotAllowed, match="到、假、代、缺"):
        sheet(feng="迟到")
    assert not Attendance.objects.exists()
    assert not AuditEntry.objects.exists()


def test_a_post_that_left_the_team_keeps_its_line(sheet, day, feng, li):
    sheet()
    Seat.objects.filter(post=feng.post).delete()
    sheet(by=li, feng="leave")
    assert Attendance.objects.get(post=feng.post).mark == "leave"


# --- 确认、取消、未驻点 -----------------------------------------------------------------------


def test_a_day_is_confirmed_once(day, li, feng):
    held = actions.confirm_held(session=day, by=li, now=clock.now(), version=1)
    assert (held.status, held.confirmed_by, held.version) == ("held", li, 2)
    again = actions.confirm_held(session=day, by=feng, now=clock.now(), version=2)
    assert (again.confirmed_by, again.version) == (li, 2)


def test_a_stale_confirmation_is_refused(day, li):
    actions.confirm_held(session=day, by=li, now=clock.now(), version=1)
    with pytest.raises(Stale):
        actions.confirm_held(session=day, by=li, now=clock.now(), version=1)


def test_a_day_to_come_is_not_confirmed(day, li):
    LiaisonSession.objects.update(on="2026-11-24")
    with pytest.raises(NotAllowed, match="2026年11月24日还没有到"):
        actions.confirm_held(session=day, by=li, now=clock.now(), version=1)


def test_the_office_cancels_with_a_reason(day, zhao, li):
    with pytest.raises(NotAllowed, match="镇驻点办调整"):
        actions.cancel_session(session=day, by=li, now=clock.now(), version=1, reason="防汛")
    with pytest.raises(NotAllowed, match="写明原因"):
        actions.cancel_session(session=day, by=zhao, now=clock.now(), version=1, reason=" ")
    off = actions.cancel_session(session=day, by=zhao, now=clock.now(), version=1, reason="防汛")
    assert (off.status, off.reason) == ("cancelled", "防汛")


def test_a_cancelled_day_that_took_place_is_held_and_cannot_be_called_off(day, zhao, li):
    actions.cancel_session(session=day, by=zhao, now=clock.now(), version=1, reason="春节")
    held = actions.confirm_held(session=day, by=li, now=clock.now(), version=2)
    assert held.status == "held"
    with pytest.raises(NotAllowed, match="已经驻点"):
        actions.cancel_session(session=held, by=zhao, now=clock.now(), version=3, reason="错了")


def test_a_missed_day_is_noted_only_when_it_is_over(day, zhao):
    with pytest.raises(NotAllowed, match="还没有过完"):
        actions.mark_missed(session=day, by=zhao, now=clock.now(), version=1, reason="下村救灾")
    later = clock.now() + dt.timedelta(days=1)
    missed = actions.mark_missed(session=day, by=zhao, now=later, version=1, reason="下村救灾")
    assert missed.status == "missed"
    assert list(LiaisonSession.objects.due(day.on)) == [day]


def test_another_township_s_office_touches_nothing(day, qian):
    with pytest.raises(NotAllowed, match="不在您负责的村"):
        actions.cancel_session(session=day, by=qian, now=clock.now(), version=1, reason="防汛")
