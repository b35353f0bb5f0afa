"""The day's sheet: filled in, and the day confirmed."""

from django.db import transaction

from liaison import clock
from liaison.errors import NotAllowed
from liaison.versions import claim
from visits.attendance import may_write_up, seats_of
from visits.models import Attendance, LiaisonSession

from ._shared import mine, note, save


@transaction.atomic
def record_attendance(*, session, by, now, marks) -> LiaisonSession:
    """Write the day's sheet: one line a seat, person and post named as of that day.

    Args:
        marks: SeatMark for every seat of the team; a line already written keeps its names.
    Returns:
        The session; its version is counted up when the sheet changed.
    Raises:
        NotAllowed: not one of the team, a day to come, a seat without a mark or not of this team.
    """
    session = _to_write_up(session, by, now)
    wanted = {mark.post_id: mark for mark in marks}
    seats = {seat.post.pk: seat for seat in seats_of(session)}
    if foreign := wanted.keys() - seats.keys():
        raise NotAllowed(f"有{len(foreign)}个席位不属于{session.team}，请重新打开页面后再填。")
    if missing := [seats[pk] for pk in seats if pk not in wanted]:
        names = "、".join(seat.person_name or seat.post_title for seat in missing)
        raise NotAllowed(f"请为{names}选择到、假、公、代、缺中的一项。")
    changes = [_mark_seat(session, seat, wanted[pk]) for pk, seat in seats.items()]
    if any(changes):
        save(session)
        note(session, by, "填写考勤", *_before_and_after(filter(None, changes)))
    return session


@transaction.atomic
def confirm_held(*, session, by, now, version=None) -> LiaisonSession:
    """The day was held. Said once; saying it again changes nothing.

    A cancelled or missed day that took place after all is a fact, and is taken as one.

    Raises:
        NotAllowed: not one of the team, or a day to come.
        Stale: the day was changed since ``version``.
    """
    session = _to_write_up(session, by, now, version)
    if session.status == LiaisonSession.Status.HELD:
        return session
    before = session.get_status_display()
    session.status = LiaisonSession.Status.HELD
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
        raise NotAllowed(f"{session.on:%Y年%m月%d日}还没有到，请在驻点当天或以后填写。")
    return session


def _mark_seat(session, seat, wanted):
    """Write one line; returns (who, before, after) in words, or None when it said so already."""
    stand_in = wanted.stand_in.strip() if wanted.mark == Attendance.Mark.STAND_IN else ""
    if wanted.mark not in Attendance.Mark.values:
        raise NotAllowed("考勤只有到、假、公、代、缺五种，请重新选择。")
    if wanted.mark == Attendance.Mark.STAND_IN and not stand_in:
        raise NotAllowed(f"{seat.person_name or seat.post_title}由谁代班，请填写代班人姓名。")
    line = seat.line or Attendance(
        session=session,
        post=seat.post,
        person=seat.person,
        person_name=seat.person_name,
        post_title=seat.post.title,
    )
    before = _mark_in_words(line)
    if seat.line and (line.mark, line.stand_in) == (wanted.mark, stand_in):
        return None
    line.mark, line.stand_in = wanted.mark, stand_in
    line.save()
    return f"{seat.post_title} {seat.person_name}".strip(), before, _mark_in_words(line)


def _mark_in_words(line):
    return f"{line.get_mark_display()} {line.stand_in}".strip()


def _before_and_after(changes):
    changes = list(changes)
    return (
        {who: before for who, before, _ in changes if before},
        {who: after for who, _, after in changes},
    )
