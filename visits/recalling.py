"""Reminders still on their way out when they no longer hold: the day moved or is off, or somebody is excused."""

import datetime as dt

from django.db.models import Q

from cadres.models import Delivery
from cadres.reminder_times import occasion_of

from .models import LiaisonSession
from .planning import subject_of
from .sitting import expected_of

KIND = "session_reminder"
REASON = "安排已变，不再发送"


def recall_reminders(*, now: dt.datetime) -> int:
    """Mark what would go out now and is not so any more; returns how many deliveries (条).

    A mail held over the quiet hours, or by a server that was down, would else send somebody to a day he
    need not come to. What is new is told by its own notice.
    """
    about = Q(notice__kind=KIND) | Q(group_notice__kind=KIND)
    waiting = Delivery.objects.due(now).filter(about).select_related("notice", "group_notice")
    waiting = list(waiting)
    if not waiting:
        return 0
    sessions = _sessions({each.told.subject for each in waiting})
    expected = {
        pk: {user.pk for user in users} for pk, users in expected_of(sessions.values()).items()
    }
    stale = [each.pk for each in waiting if not _holds(each, sessions, expected)]
    rows = Delivery.objects.due(now).filter(pk__in=stale)
    return rows.update(state="expired", lease_until=None, claim=None, reason=REASON)


def _sessions(subjects):
    """{subject: the day it names}, as far as it is still there."""
    pks = [int(subject.partition(":")[2]) for subject in subjects]
    return {subject_of(day): day for day in LiaisonSession.objects.filter(pk__in=pks)}


def _holds(delivery, sessions, expected) -> bool:
    told = delivery.told
    day = sessions.get(told.subject)
    if day is None or day.status != LiaisonSession.Status.PLANNED:
        return False
    if told.slot.partition("/")[0] != occasion_of(day.on, day.starts_at):
        return False
    return delivery.notice is None or told.recipient_id in expected[day.pk]
