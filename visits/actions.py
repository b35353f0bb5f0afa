"""What happens on a liaison day and between two of them: the verbs.

Nothing is refused for its hour, its place or its lateness: the day it happened and the moment it was
typed are both kept. Only a day that has not come yet is refused.
"""

from django.db import transaction

from liaison import audit, clock
from liaison.errors import NotAllowed
from liaison.versions import claim
from villages.models import Village

from .attendance import manages, may_write_up, seats_of
from .models import Attendance, LiaisonSession, Visit

MOST_PERSONS = 9999  # 人次 in one line; more is a slip of the finger
SAYS = {
    "mode": "方式",
    "household": "户编号",
    "visitor": "来访人",
    "persons": "人数",
    "said": "反映情况",
    "nothing_asked": "无诉求",
    "occurred_on": "发生日期",
}
UNSAID = ("visitor", "said")  # a villager's name and words stay out of the trail


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
        _save(session)
        _note(session, by, "填写考勤", *_before_and_after(filter(None, changes)))
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
    _save(session, "status", "confirmed_by", "confirmed_at")
    _note(session, by, "确认驻点", {"状态": before}, {"状态": session.get_status_display()})
    return session


@transaction.atomic
def cancel_session(*, session, by, now, version, reason) -> LiaisonSession:
    """The office takes a day off the plan, saying why.

    Raises:
        NotAllowed: not the office, no reason, or the day was already held.
        Stale: the day was changed since ``version``.
    """
    return _call_off(session, by, version, LiaisonSession.Status.CANCELLED, reason, "取消驻点日")


@transaction.atomic
def mark_missed(*, session, by, now, version, reason="") -> LiaisonSession:
    """The office notes that a past day was not held; it stays due and counts as not held.

    Raises:
        NotAllowed: not the office, the day is not over, or it was already held.
        Stale: the day was changed since ``version``.
    """
    if session.on >= clock.local_date(now):
        raise NotAllowed("这一天还没有过完，过后仍未驻点再标记。")
    status = LiaisonSession.Status.MISSED
    return _call_off(session, by, version, status, reason or "未说明", "标记未驻点")


@transaction.atomic
def log_visit(
    *,
    by,
    now,
    occurred_on,
    village,
    mode,
    session=None,
    household=None,
    visitor="",
    persons=1,
    said="",
    nothing_asked=False,
    line=0,
) -> Visit:
    """Write down one reception, door or call.

    Args:
        occurred_on: the day it happened; any day up to today.
        persons: 人次.
        household: of ``village``; or else ``visitor``, the name somebody gave, 匿名 included.
        line: its place on the page it was written on.
    Raises:
        NotAllowed: a day to come, a foreign village, another village's household, nobody named.
    """
    visit = Visit(
        session=session,
        township=village.township,
        village=village,
        household=household,
        visitor=visitor.strip(),
        mode=mode,
        persons=persons,
        said=said.strip(),
        nothing_asked=nothing_asked,
        occurred_on=occurred_on,
        entered_at=now,
        entered_by=by,
        line=line,
    )
    _check_visit(visit, by, now)
    visit.save()
    _note(visit, by, "登记走访", {}, _told(visit, SAYS))
    return visit


@transaction.atomic
def change_visit(*, visit, by, now, version, **changes) -> Visit:
    """Put right what was written of a visit: mode, household, visitor, persons, said, day.

    A visit written on a liaison day keeps that day.

    Raises:
        NotAllowed: as log_visit, and for a day other than the session's.
        Stale: the visit was changed since ``version``.
    """
    visit = claim(_mine(Visit, visit, by), visit.pk, version)
    before = _told(visit, changes)
    for name in SAYS:
        setattr(visit, name, changes.get(name, getattr(visit, name)))
    _check_visit(visit, by, now)
    _save(visit, *SAYS)
    _note(visit, by, "修改走访", before, _told(visit, changes))
    return visit


# --- What they share ----------------------------------------------------------------------


def _mine(model, row, by):
    """The rows of the person's territory, if this one is among them."""
    rows = model.objects.visible_to(by)
    if not rows.filter(pk=row.pk).exists():
        raise NotAllowed("这条记录不在您负责的村，请核对后再填。")
    return rows


def _to_write_up(session, by, now, version=None):
    """The day's row, locked, if this person may write it up by now."""
    session = claim(_mine(LiaisonSession, session, by), session.pk, version)
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


def _call_off(session, by, version, status, reason, act):
    rows = _mine(LiaisonSession, session, by)
    if not manages(session, by):
        raise NotAllowed("驻点日由镇驻点办调整，请联系他们。")
    session = claim(rows, session.pk, version)
    if session.status == LiaisonSession.Status.HELD:
        raise NotAllowed("这一天已经驻点并有记录，不能再改成取消或未驻点。")
    if not reason.strip():
        raise NotAllowed("请写明原因，公示和统计都要用到。")
    before = session.get_status_display()
    session.status, session.reason = status, reason.strip()[:200]
    _save(session, "status", "reason")
    after = {"状态": session.get_status_display(), "原因": session.reason}
    _note(session, by, act, {"状态": before}, after)
    return session


def _check_visit(visit, by, now):
    """Every reason to refuse a visit, each with what to do."""
    if not by.has_perm("visits.log"):
        raise NotAllowed("您的岗位不登记走访，请联系驻点干部或镇驻点办。")
    places = Village.objects.visible_to(by, "visits.log")
    if not places.filter(pk=visit.village_id).exists():
        raise NotAllowed(f"{visit.village}不是您负责的村，请核对后再填。")
    if visit.household and visit.household.village_id != visit.village_id:
        raise NotAllowed(f"{visit.household}不在{visit.village}，请重新选择。")
    if visit.session and visit.session.village_id != visit.village_id:
        raise NotAllowed(f"这个驻点日不在{visit.village}，请重新打开页面。")
    if visit.session and visit.session.on != visit.occurred_on:
        raise NotAllowed("驻点日当天的记录不能改到别的日期，请另外登记一次走访。")
    if visit.occurred_on > clock.local_date(now):
        raise NotAllowed("发生日期在今天以后，请改成实际发生的日期。")
    if visit.mode not in Visit.Mode.values:
        raise NotAllowed("请从列表里选择接触方式。")
    if not (visit.household or visit.visitor):
        raise NotAllowed("请填写走访的户或来访人；不愿留名的写“匿名”。")
    if not 1 <= visit.persons <= MOST_PERSONS:
        raise NotAllowed(f"人数请填1至{MOST_PERSONS}。")


def _told(visit, names):
    """What a visit says, for the trail; a villager's name and words are told as changed, not repeated."""
    told = {}
    for name in names:
        value = getattr(visit, name)
        if name in UNSAID:
            value = f"({len(value)}字)" if value else ""
        elif name == "mode":
            value = visit.get_mode_display()
        elif name == "household":
            value = value.number if value else ""
        elif name == "nothing_asked":
            value = "是" if value else "否"
        told[SAYS[name]] = value if isinstance(value, int) else str(value)
    return told


def _save(row, *fields):
    row.version += 1
    row.save(update_fields=[*fields, "version"])


def _note(row, by, act, before, after):
    label = f"{row.village} {row.on}" if isinstance(row, LiaisonSession) else f"{row.village} {row}"
    audit.record(
        by=by,
        action=act,
        subject=row,
        label=label,
        before=before,
        after=after,
        township_id=row.township_id,
    )
