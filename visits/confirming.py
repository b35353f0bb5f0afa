"""A liaison day nobody confirmed: first its lead is told, then the office, once each."""

import datetime as dt
from collections import Counter

from django.urls import reverse

from cadres.notices import Message, notify_many
from cadres.rhythm import day_in_words
from liaison import clock

from .leading import leaders_of_days, offices_of
from .models import LiaisonSession
from .planning import subject_of
from .rules import days_to_confirm, days_to_escalate

# A scheduler that was down, or a house just set up: days longer ago stand on the lists, nobody is told.
REACH = dt.timedelta(days=30)


def remind_unconfirmed(*, now) -> Counter:
    """Tell leads and offices of days not confirmed in time; safe to repeat and to run in parallel.

    A day is due at its lead so many days after its end (责任人确认期限), at the office so many later.

    Returns:
        A Counter of "lead" and "office": new notices (条).
    """
    today = clock.local_date(now)
    at_lead = _late(now, days_to_confirm(today))
    leaders = leaders_of_days(at_lead, today)
    at_office = _late(now, days_to_escalate(today))
    offices = offices_of({session.township_id for session in at_office}, today)
    told = Counter(
        lead=_tell(at_lead, lambda session: leaders[session.pk], "lead", now),
        office=_tell(at_office, lambda session: offices[session.township_id], "office", now),
    )
    return +told


def _late(now, days):
    since = clock.local_date(now) - REACH
    rows = LiaisonSession.objects.unconfirmed_for(now, days).filter(on__gte=since)
    return list(rows.select_related("village", "team").order_by("on", "pk"))


def _tell(sessions, who, slot, now):
    messages = [_message(each, user, slot, now) for each in sessions for user in who(each)]
    return notify_many(messages, now=now)


def _message(session, user, slot, now):
    day = f"{day_in_words(session.on)}{session.village}"
    what = "还没有确认" if session.status == LiaisonSession.Status.HELD else "还没有填写"
    ask = "请打开本页核对考勤并保存。" if slot == "lead" else "请提醒团队责任人，或代为确认。"
    return Message(
        recipient=user,
        kind="session_unconfirmed",
        subject=subject_of(session),
        slot=f"{slot}:{session.on}",
        title=f"驻点日待确认：{day}",
        text=f"{day}的驻点日{what}。{ask}团队：{session.team}。",
        url=reverse("desk:day", args=[session.pk]),
        due_at=now,
    )
