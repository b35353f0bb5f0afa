"""A day called off after people were told of it: those same people are told that it is off."""

import datetime as dt

from django.urls import reverse

from cadres.models import Notice
from cadres.notices import Message, notify_many
from cadres.reminder_times import MOST_DAYS
from cadres.rhythm import day_in_words
from liaison import clock

from .models import LeaveRequest, LiaisonSession
from .planning import subject_of

REACH = dt.timedelta(days=MOST_DAYS + 1)  # nobody is reminded earlier


def tell_called_off(*, now) -> int:
    """Tell whoever was reminded of a cancelled day, or agreed to stand in on it, once; the new notices (条).

    Whether the office called it off or the plan changed; the reason stands on the day's page.
    """
    today = clock.local_date(now)
    days = LiaisonSession.objects.filter(status=LiaisonSession.Status.CANCELLED)
    days = list(days.within(today, today + REACH).select_related("village"))
    if not days:
        return 0
    of_subject = {subject_of(day): day for day in days}
    messages = {
        (day.pk, user.pk): _message(day, user, now) for day, user in _told(of_subject, days)
    }
    return notify_many(messages.values(), now=now)


def _told(of_subject, days):
    """(day, person) pairs, perhaps twice."""
    notices = Notice.objects.filter(
        kind="session_reminder", subject__in=of_subject, is_expired=False
    )
    for notice in notices.select_related("recipient"):
        yield of_subject[notice.subject], notice.recipient
    by_pk = {day.pk: day for day in days}
    leaves = LeaveRequest.objects.in_force().filter(session__in=by_pk).exclude(stand_in=None)
    for leave in leaves.select_related("stand_in"):
        yield by_pk[leave.session_id], leave.stand_in


def _message(day, user, now) -> Message:
    when = f"{day_in_words(day.on)}{day.starts_at:%H:%M}"
    return Message(
        recipient=user,
        kind="session_called_off",
        subject=subject_of(day),
        slot=f"{day.on}T{day.starts_at:%H%M}",
        title=f"驻点取消：{day_in_words(day.on)}{day.village}",
        text=f"原定{when}在{day.village}的驻点已取消，请不必前往。原因见驻点日页面。",
        url=reverse("desk:day", args=[day.pk]),
        due_at=now,
    )
