"""驻点日请假: asked for, decided, withdrawn; and who stands in."""

from django.db import IntegrityError, transaction

from cadres.models import Holding, Seat, User
from liaison import audit, clock
from liaison.errors import NotAllowed
from liaison.versions import claim
from visits.leading import leaders_of
from visits.models import LeaveKind, LeaveRequest, LiaisonSession
from visits.posting import people_changed
from visits.standing_in import free_for, is_stand_in
from visits.telling import (
    deciders_of,
    tell_asker,
    tell_deciders,
    tell_of_lapse,
    tell_of_withdrawal,
    tell_stand_in,
)

from ._shared import mine

State = LeaveRequest.State


@transaction.atomic
def ask_leave(*, session, by, now, kind, words="", stand_in=None) -> LeaveRequest:
    """One of the team cannot come on a day; who decides is told.

    Args:
        kind: LeaveKind. words: a sentence, if he likes.
        stand_in: a User free that day (standing_in.free_for), or None.
    Raises:
        NotAllowed: no seat in the team that day, a day past or not planned, asked already, or a stand-in
            who is not free.
    """
    mine(LiaisonSession, session, by)
    _check_open(session, now)
    if kind not in LeaveKind.values:
        raise NotAllowed("请选择事假、病假或公假。")
    leave = LeaveRequest(
        session=session, on=session.on, person=by, post=_seat_of(session, by).post,
        person_name=by.display_name, kind=kind, words=words.strip()[:200], requested_at=now,
    )  # fmt: skip
    leave.post_title = leave.post.title
    if is_stand_in(session, by):
        raise NotAllowed("您这一天已答应代班，请先与请假人和责任人商量换人。")
    _name_stand_in(leave, stand_in)
    _store(leave)
    _note(leave, by, "申请驻点日请假", {}, {"代班人": leave.stand_in_name or "未提出"})
    tell_deciders(leave, deciders=deciders_of(leave, clock.local_date(now)), now=now)
    return leave


@transaction.atomic
def approve_leave(*, leave, by, now, version, stand_in=None, words="") -> LeaveRequest:
    """He need not come; ``stand_in`` (None: nobody) is told and may write that day up.

    A notice that hangs already names him: the day is to be announced anew.

    Raises:
        NotAllowed: not his to decide, decided already, the day moved, called off or written up, or a
            stand-in who is not free any more.
        Stale: the request was changed since ``version``.
    """
    leave = _to_decide(leave, by, now, version)
    _name_stand_in(leave, stand_in)
    _decide(leave, State.APPROVED, by, now, words)
    told = {"状态": leave.get_state_display(), "代班人": leave.stand_in_name or "无"}
    _note(leave, by, "批准驻点日请假", {"状态": State.REQUESTED.label}, told)
    people_changed(leave.session)
    tell_asker(leave, now=now)
    if leave.stand_in:
        tell_stand_in(leave, now=now)
    return leave


@transaction.atomic
def refuse_leave(*, leave, by, now, version, words) -> LeaveRequest:
    """He must come; ``words`` say why.

    Raises:
        NotAllowed: not his to decide, decided already, or no reason.
        Stale: the request was changed since ``version``.
    """
    leave = _to_decide(leave, by, now, version)
    if not words.strip():
        raise NotAllowed("不批准请写明原因，本人要看。")
    _decide(leave, State.REFUSED, by, now, words)
    told = {"状态": leave.get_state_display()}
    _note(leave, by, "不批准驻点日请假", {"状态": State.REQUESTED.label}, told)
    tell_asker(leave, now=now)
    return leave


@transaction.atomic
def withdraw_leave(*, leave, by, now, version) -> LeaveRequest:
    """Who asked comes after all; who decided and the stand-in are told.

    Raises:
        NotAllowed: another's request, one not alive any more, or a day past or written up.
        Stale: the request was changed since ``version``.
    """
    leave = _claim(leave, by, version)
    if leave.person_id != by.pk:
        raise NotAllowed("请假由本人撤回；要改由谁代班，请与本人商量。")
    if leave.state not in (State.REQUESTED, State.APPROVED):
        raise NotAllowed(f"这份请假{leave.get_state_display()}，不用再撤回。")
    _check_open(leave.session, now)
    before, was_approved = leave.get_state_display(), leave.state == State.APPROVED
    leave.state = State.WITHDRAWN
    _save(leave)
    _note(leave, by, "撤回驻点日请假", {"状态": before}, {"状态": leave.get_state_display()})
    if was_approved:
        people_changed(leave.session)
        people = {user for user in (leave.decided_by, leave.stand_in) if user}
        tell_of_withdrawal(leave, people=people, now=now)
    return leave


@transaction.atomic
def lapse_leaves(*, person, post, since, by, now) -> list[int]:
    """He has left the post: his leave from a day on is void, and who would stand in is told. Returns their ids.

    Days on which he still sits in that team by another post keep theirs.
    """
    rows = own_leaves(person, post, since).select_for_update(of=("self",))
    lapsed = []
    for leave in rows.select_related("session__village", "stand_in").order_by("pk"):
        posts = Holding.objects.current(leave.on).filter(user=person).values("post")
        if Seat.objects.filter(team=leave.session.team_id, post__in=posts).exists():
            continue
        before, was_approved = leave.get_state_display(), leave.state == State.APPROVED
        leave.state = State.WITHDRAWN
        _save(leave)
        told = {"状态": leave.get_state_display(), "原因": "本人已离任"}
        _note(leave, by, "驻点日请假作废", {"状态": before}, told)
        lapsed.append(leave.pk)
        if was_approved:
            people_changed(leave.session)
        if was_approved and leave.stand_in:
            tell_of_lapse(leave, now=now)
    return lapsed


def own_leaves(person, post, since):
    """Requests alive that somebody made in a post, for days from one on."""
    return LeaveRequest.objects.alive().filter(person=person, post=post, on__gte=since)


def may_decide(leave, user) -> bool:
    """Whether this person decides a waiting request: lead or office, never one's own."""
    return LeaveRequest.objects.to_decide(user).filter(pk=leave.pk).exists()


# --- What they share ----------------------------------------------------------------------


def _claim(leave, by, version):
    rows = LeaveRequest.objects.visible_to(by).select_related("session")
    if not rows.filter(pk=leave.pk).exists():
        raise NotAllowed("这份请假不由您办理，请联系团队责任人或镇驻点办。")
    return claim(rows, leave.pk, version)


def _to_decide(leave, by, now, version):
    leave = _claim(leave, by, version)
    if not leave.is_waiting:
        raise NotAllowed(f"这份请假{leave.get_state_display()}，不用再批。")
    if leave.person_id == by.pk:
        raise NotAllowed("自己的请假不能自己批，请由责任人或镇驻点办批。")
    if leave.on != leave.session.on:
        raise NotAllowed("驻点日已改期，这份请假不再适用；需要请假的请本人重新申请。")
    _check_open(leave.session, now)
    if not may_decide(leave, by):
        of_lead = (
            leave.person in leaders_of([leave.session.team_id], leave.on)[leave.session.team_id]
        )
        who = "镇驻点办" if of_lead else f"{leave.session.team}的责任人或镇驻点办"
        raise NotAllowed(f"这份请假由{who}批，请联系他们。")
    return leave


def _check_open(session, now):
    """A day that is still to be: planned, and not past."""
    if session.status != LiaisonSession.Status.PLANNED:
        raise NotAllowed(
            f"这一天{session.get_status_display()}，不用再请假；考勤由责任人在当天的页面上确认。"
        )
    if session.on < clock.local_date(now):
        raise NotAllowed("这一天已经过去，请责任人在考勤里注明。")


def _seat_of(session, user):
    """The first of the team's seats this person holds on the day."""
    posts = Holding.objects.current(session.on).filter(user=user.pk).values("post")
    seat = Seat.objects.filter(team=session.team_id, post__in=posts).select_related("post").first()
    if seat is None:
        raise NotAllowed(f"您这一天不在{session.team}的席位上，不需要请假。")
    return seat


def _name_stand_in(leave, person):
    """Who stands in, if he is free: asked under his own lock, so that two requests cannot both have him."""
    leave.stand_in, leave.stand_in_name = person, ""
    if person is None:
        return
    User.objects.select_for_update(of=("self",)).get(pk=person.pk)
    free = free_for(leave.session, besides={leave.person_id}, leave=leave)
    if person.pk not in {candidate.person.pk for candidate in free}:
        raise NotAllowed(f"{person.display_name}那天另有驻点、请假或已安排代班，请另选一人。")
    leave.stand_in_name = person.display_name


def _store(leave):
    try:
        with transaction.atomic():
            leave.save(force_insert=True)
    except IntegrityError as twice:
        raise NotAllowed("您已为这一天请过假，请看“请假”里的那一份。") from twice


def _decide(leave, state, by, now, words):
    leave.state, leave.decided_by, leave.decided_at = state, by, now
    leave.decision = words.strip()[:200]
    _save(leave)


def _save(leave):
    leave.version += 1
    leave.save()


def _note(leave, by, act, before, after):
    """The trail says that and who, never why: an illness is nobody's business there."""
    audit.record(
        by=by, action=act, subject=leave, label=f"{leave.session.village} {leave}",
        before=before, after=after, township_id=leave.session.township_id,
    )  # fmt: skip
