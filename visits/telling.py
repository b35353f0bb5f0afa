"""What people are told of liaison days, apart from the reminders. No villager and no illness is named."""

from django.urls import reverse

from cadres.notices import Message, notify_many
from cadres.rhythm import day_in_words

from .leading import leaders_of, offices_of
from .planning import subject_of
from .sitting import expected_of


def when_and_where(session) -> str:
    """「2026-11-24(周二)09:00–11:30到石桥村委会一楼」."""
    hours = f"{session.starts_at:%H:%M}–{session.ends_at:%H:%M}"
    return f"{day_in_words(session.on)}{hours}到{session.place_told}"


def tell_of_new_day(session, *, by, now) -> int:
    """Tell the team of a make-up day or a single one, whoever named it apart; returns the new notices (条)."""
    what = "补驻" if session.is_make_up else session.get_kind_display()
    made_up = f"，补{day_in_words(session.made_up_for.on)}的驻点" if session.is_make_up else ""
    text = f"请于{when_and_where(session)}{made_up}。团队：{session.team}。"
    people = [user for user in expected_of([session])[session.pk] if user.pk != by.pk]
    title = f"{what}：{day_in_words(session.on)}{session.village}"
    messages = [
        _message(user, session, "session_set", session.on.isoformat(), title, text, now)
        for user in people
    ]
    return notify_many(messages, now=now)


def tell_deciders(leave, *, deciders, now) -> int:
    """Tell who may decide that a request waits; no kind, no reason, no name: the page has them."""
    session = leave.session
    title = f"驻点日请假待批：{day_in_words(session.on)}{session.village}"
    text = f"{leave.post_title}申请{day_in_words(session.on)}{session.village}驻点日请假，请批准或写明不批准的原因。"
    return _about_leave(leave, deciders, "leave_requested", title, text, now)


def tell_asker(leave, *, now) -> int:
    """Tell who asked what became of it."""
    day = f"{day_in_words(leave.on)}{leave.session.village}"
    title = f"驻点日请假{leave.get_state_display()}：{day}"
    text = f"您{day}的驻点日请假{leave.get_state_display()}，批复见请假单。"
    return _about_leave(leave, [leave.person], "leave_decided", title, text, now)


def tell_stand_in(leave, *, now) -> int:
    """Tell the stand-in where and when, by which post; nothing of why."""
    session = leave.session
    title = f"请您代班：{day_in_words(session.on)}{session.village}"
    text = f"请于{when_and_where(session)}驻点，代{leave.post_title}。当天可打开本页填写。"
    message = _message(leave.stand_in, session, "stand_in", f"leave:{leave.pk}", title, text, now)
    return notify_many([message], now=now)


def tell_of_withdrawal(leave, *, people, now) -> int:
    """Tell decider and stand-in that he comes after all."""
    day = f"{day_in_words(leave.on)}{leave.session.village}"
    title = f"驻点日请假已撤回：{day}"
    text = f"{leave.post_title}撤回了{day}的驻点日请假，届时由本人驻点，不再需要代班。"
    messages = [
        _message(user, leave.session, "leave_withdrawn", f"leave:{leave.pk}", title, text, now)
        for user in people
    ]
    return notify_many(messages, now=now)


def tell_of_lapse(leave, *, now) -> int:
    """Tell the stand-in that whom he stood in for has left the post."""
    day = f"{day_in_words(leave.on)}{leave.session.village}"
    title = f"不用代班了：{day}"
    text = f"{leave.post_title}已换人或空缺，{day}的驻点不再需要您代班。"
    slot = f"leave:{leave.pk}"
    message = _message(leave.stand_in, leave.session, "leave_lapsed", slot, title, text, now)
    return notify_many([message], now=now)


def deciders_of(leave, on) -> list:
    """Who may decide a request: the team's lead; the office where he asks himself or there is none."""
    leaders = leaders_of([leave.session.team_id], on)[leave.session.team_id]
    if leaders and leave.person not in leaders:
        return leaders
    office = offices_of([leave.session.township_id], on)[leave.session.township_id]
    return [user for user in office if user != leave.person]


def _about_leave(leave, people, kind, title, text, now):
    url = reverse("visits:leave", args=[leave.pk])
    messages = [
        _message(user, leave.session, kind, f"leave:{leave.pk}", title, text, now, url)
        for user in people
    ]
    return notify_many(messages, now=now)


def _message(user, session, kind, slot, title, text, now, url=""):
    return Message(
        recipient=user,
        kind=kind,
        subject=subject_of(session),
        slot=slot,
        title=title,
        text=text,
        url=url or reverse("desk:day", args=[session.pk]),
        due_at=now,
    )
