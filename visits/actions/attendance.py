"""The day's sheet: filled in, confirmed once, and put right afterwards with a reason."""

from django.db import transaction

from liaison import clock
from liaison.dates import in_chinese
from liaison.errors import NotAllowed
from liaison.versions import claim
from visits.attendance import may_confirm, may_write_up, seats_of
from visits.models import Attendance, LeaveKind, LiaisonSession

from ._shared import mine, note, save

Status = LiaisonSession.Status


@transaction.atomic
def record_attendance(*, session, by, now, marks, reason="") -> LiaisonSession:
    """Write the day's sheet: one line a seat, person and post named as of that day.

    Args:
        marks: SeatMark for every seat of the team; a line already written keeps its names.
        reason: why a confirmed sheet is put right (更正原因); not asked before.
    Returns:
        The session; its version is counted up when the sheet changed.
    Raises:
        NotAllowed: not one of the team, a day to come, a seat without a mark or not of this team; or the
            sheet is confirmed and there is no reason, or he is neither its lead nor the office.
    """
    session = _to_write_up(session, by, now)
    wanted = {mark.post_id: mark.tidy() for mark in marks}
    seats = {seat.post.pk: seat for seat in seats_of(session)}
    _check_marks(session, wanted, seats)
    changed = [pk for pk, seat in seats.items() if not seat.line or seat.expected() != wanted[pk]]
    if not changed:
        return session
    amends = session.is_confirmed
    if amends:
        _check_amendment(session, by, now, reason)
    changes = [_mark_seat(session, seats[pk], wanted[pk]) for pk in changed]
    save(session)
    before = {who: was for who, was, _ in changes if was}
    after = {who: said for who, _, said in changes}
    more = {"更正原因": reason.strip()[:200]} if amends else {}
    note(session, by, "更正考勤" if amends else "填写考勤", before, after | more)
    return session


@transaction.atomic
def write_up(*, session, by, now) -> LiaisonSession:
    """The day took place, one of those who were there says; its lead confirms it (confirm_held).

    Raises:
        NotAllowed: not one of the team, or a day to come.
    """
    session = _to_write_up(session, by, now)
    if session.status == Status.HELD:
        return session
    before = session.get_status_display()
    session.status = Status.HELD
    save(session, "status")
    note(session, by, "登记驻点", {"状态": before}, {"状态": session.get_status_display()})
    return session


@transaction.atomic
def confirm_held(*, session, by, now, version=None) -> LiaisonSession:
    """The day was held and its sheet is right, its lead or the office says. Said once; again changes nothing.

    A cancelled or missed day that took place after all is a fact, and is taken as one.

    Raises:
        NotAllowed: neither the lead nor the office, or a day to come.
        Stale: the day was changed since ``version``.
    """
    session = _to_write_up(session, by, now, version)
    if session.status == Status.HELD and session.is_confirmed:
        return session
    if not may_confirm(session, by, now):
        raise NotAllowed(f"考勤由{session.team}的责任人确认，您填写后请他确认。")
    before = session.get_status_display()
    session.status = Status.HELD
    session.confirmed_by, session.confirmed_at = by, now
    save(session, "status", "confirmed_by", "confirmed_at")
    note(session, by, "确认驻点", {"状态": before}, {"状态": session.get_status_display()})
    return session


def _to_write_up(session, by, now, version=None):
    """The day's row, locked, if this person may write it up by now."""
    session = claim(mine(LiaisonSession, session, by), session.pk, version)
    if not may_write_up(session, by, now):
        raise NotAllowed(f"考勤由{session.team}的成员或镇驻点办填写，请联系他们。")
    if session.on > clock.local_date(now):
        raise NotAllowed(f"{in_chinese(session.on)}还没有到，请在驻点当天或以后填写。")
    return session


def _check_marks(session, wanted, seats):
    """Every seat once, each with one of the marks and what belongs to it."""
    if foreign := wanted.keys() - seats.keys():
        raise NotAllowed(f"有{len(foreign)}个席位不属于{session.team}，请重新打开页面后再填。")
    if missing := [seats[pk] for pk in seats if pk not in wanted]:
        names = "、".join(seat.person_name or seat.post_title for seat in missing)
        raise NotAllowed(f"请为{names}选择到、假、代、缺中的一项。")
    for pk, mark in wanted.items():
        who = seats[pk].person_name or seats[pk].post_title
        if mark.mark not in Attendance.Mark.values:
            raise NotAllowed("考勤只有到、假、代、缺四种，请重新选择。")
        if mark.mark == Attendance.Mark.STAND_IN and not mark.stand_in:
            raise NotAllowed(f"{who}由谁代班，请填写代班人姓名。")
        same = seats[pk].line and seats[pk].expected() == mark  # older sheets said no kind
        if (
            mark.mark == Attendance.Mark.LEAVE
            and not same
            and mark.leave_kind not in LeaveKind.values
        ):
            raise NotAllowed(f"{who}请的是事假、病假还是公假，请选择。")


def _check_amendment(session, by, now, reason):
    if not may_confirm(session, by, now):
        raise NotAllowed(f"考勤已确认，要更正请找{session.team}的责任人或镇驻点办。")
    if not reason.strip():
        raise NotAllowed("考勤已确认，要更正请写明更正原因。")


def _mark_seat(session, seat, wanted):
    """Write one line; returns (who, before, after) in words."""
    line = seat.line or Attendance(
        session=session,
        post=seat.post,
        person=seat.person,
        person_name=seat.person_name,
        post_title=seat.post.title,
    )
    before = line.in_words() if seat.line else ""
    line.mark, line.leave_kind = wanted.mark, wanted.leave_kind
    line.stand_in, line.stand_in_person = wanted.stand_in, wanted.stand_in_person
    line.save()
    return f"{seat.post_title} {seat.person_name}".strip(), before, line.in_words()
