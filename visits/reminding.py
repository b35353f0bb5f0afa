"""A liaison day announced to its team beforehand: each member, and each group, once an occasion."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

from django.urls import reverse

from cadres import heartbeat
from cadres.channels import MAIL, SMS
from cadres.models import GroupRobot
from cadres.notices import Message, notify_many
from cadres.reminder_times import Slot, slots_of
from cadres.reminding import ReminderTimes
from cadres.rhythm import day_in_words
from liaison import clock

from .models import LiaisonSession
from .planning import subject_of
from .sitting import expected_of

Status = LiaisonSession.Status


@dataclass(frozen=True)
class Occasion:
    """One day and one of the moments its team is told of it."""

    session: LiaisonSession
    slot: Slot


def remind(*, now) -> int:
    """Tell every team of its coming days, each offset once; returns the new notices (条).

    Due is what lies between its moment and the next one's (or the day's beginning), whenever the pass
    comes. What fell wholly between the last pass and this one came too late: it is kept, marked
    过期未发, and told to nobody.
    """
    last, times = heartbeat.last(heartbeat.REMIND) or now, ReminderTimes.load()
    occasions = _occasions(min(last, now), now, times)
    due = [each for each in occasions if each.slot.is_live(now) or each.slot.was_missed(last, now)]
    told = notify_many(_messages(due), now=now)
    heartbeat.beat(heartbeat.REMIND, now, next_due_at=_next(occasions, now, times))
    return told


def _occasions(since, now, times) -> list[Occasion]:
    """Those of the planned days from the date of a moment on that any offset reaches by now."""
    planned = LiaisonSession.objects.filter(status=Status.PLANNED)
    # One day more, so that the next moment to come is mostly among them.
    last_day = clock.local_date(now) + dt.timedelta(days=times.farthest + 1)
    days = planned.within(clock.local_date(since), last_day)
    days = days.select_related("team", "village").order_by("on", "pk")
    return [Occasion(session, slot) for session in days for slot in _slots(session, times)]


def _slots(session, times) -> list[Slot]:
    policy = times.of(session.township_id, session.on)
    return slots_of(policy.in_order(), session.on, session.starts_at)


def _next(occasions, now, times):
    """When somebody is to be told next; None when no day is planned."""
    coming = [each.slot.due_at for each in occasions if each.slot.due_at > now]
    if not coming:
        later = LiaisonSession.objects.filter(
            status=Status.PLANNED, on__gt=clock.local_date(now) + dt.timedelta(days=times.farthest)
        )
        first = later.order_by("on").first()
        coming = [slot.due_at for slot in _slots(first, times)] if first else []
    return min(coming, default=None)


def _messages(occasions) -> list[Message]:
    """To each member who is expected, and once to each group the day concerns."""
    sessions = {each.session.pk: each.session for each in occasions}
    expected = expected_of(sessions.values())
    robots = _robots({session.township_id for session in sessions.values()})
    return [
        _message(each, addressee)
        for each in occasions
        for addressee in (
            *expected[each.session.pk],
            *robots[each.session.township_id, None],
            *robots[each.session.township_id, each.session.team_id],
        )
    ]


def _robots(township_ids):
    """{(township id, team id, None for the whole township): its group robots}."""
    robots = defaultdict(list)
    if township_ids:
        for robot in GroupRobot.objects.filter(township__in=township_ids, is_active=True):
            robots[robot.township_id, robot.team_id].append(robot)
    return robots


def _message(occasion, addressee) -> Message:
    session, slot = occasion.session, occasion.slot
    day = day_in_words(session.on)
    return Message(
        recipient=addressee,
        kind="session_reminder",
        subject=subject_of(session),
        slot=slot.name,
        title=f"驻点提醒：{day}{session.village}",
        text=f"请于{day}{session.starts_at:%H:%M}到{session.place_told}驻点，{session.ends_at:%H:%M}结束。"
        f"团队：{session.team}。",
        url=reverse("desk:day", args=[session.pk]),
        due_at=slot.due_at,
        not_after=slot.not_after,
        channels=(MAIL, SMS) if slot.by_sms else (MAIL,),
    )
