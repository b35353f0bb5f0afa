"""A liaison day announced to its team beforehand, each member once."""

import datetime as dt

from django.urls import reverse
from django.utils import timezone

from cadres.notices import Message, notify_many
from liaison import clock

from .models import LiaisonSession
from .planning import subject_of
from .sitting import expected_of

Status = LiaisonSession.Status

# When a liaison day is announced to its team: from 17:00 of the day before until it begins.
REMIND_DAYS_BEFORE = 1
REMIND_FROM = dt.time(17)


def remind(*, now) -> int:
    """Tell every member of a team once that tomorrow is its liaison day; returns the new notices (条).

    A scheduler that was down catches up until the day begins; afterwards nothing is sent.
    """
    due = [
        each for each in _coming(clock.local_date(now)) if _remind_from(each) <= now < _begins(each)
    ]
    expected = expected_of(due)
    messages = [_reminder(session, user) for session in due for user in expected[session.pk]]
    return notify_many(messages, now=now)


def _coming(today):
    planned = LiaisonSession.objects.filter(status=Status.PLANNED)
    days = planned.within(today, today + dt.timedelta(days=REMIND_DAYS_BEFORE))
    return days.select_related("team", "village").order_by("on", "pk")


def _begins(session):
    return _local(session.on, session.starts_at)


def _remind_from(session):
    return _local(session.on - dt.timedelta(days=REMIND_DAYS_BEFORE), REMIND_FROM)


def _local(day, hour):
    return dt.datetime.combine(day, hour, tzinfo=timezone.get_default_timezone())


def _reminder(session, user) -> Message:
    day = f"{session.on:%Y-%m-%d}(周{'一二三四五六日'[session.on.weekday()]})"
    return Message(
        recipient=user,
        kind="session_reminder",
        subject=subject_of(session),
        slot=session.on.isoformat(),
        title=f"驻点提醒：{day}{session.village}",
        text=f"请于{day}{session.starts_at:%H:%M}到{session.place}驻点，{session.ends_at:%H:%M}结束。"
        f"团队：{session.team}。",
        url=reverse("desk:day", args=[session.pk]),
        due_at=_remind_from(session),
        not_after=_begins(session),
    )
