"""A day called off, moved or on again, or a turn of a rota that passed to somebody else, after people were told of
it: those same people, and groups, are told so.

What counts is the last word each has had of a day; where it no longer holds, there is a new one.
"""

import datetime as dt
from dataclasses import dataclass, replace

from django.urls import reverse

from cadres.models import GroupNotice, GroupRobot, Notice, User
from cadres.notices import Message, notify_many
from cadres.reminder_times import MOST_DAYS
from cadres.rhythm import day_in_words
from liaison import clock

from .models import LeaveRequest, LiaisonSession
from .planning import subject_of
from .sitting import expected_of
from .telling import when_and_where

Status = LiaisonSession.Status
# Nobody is reminded earlier than MOST_DAYS; a holiday moves a day by less than a month.
REACH = dt.timedelta(days=MOST_DAYS + 1 + 31)
OFF, MOVED, AGAIN = "session_called_off", "session_moved", "session_on_again"
PASSED = "session_turn_passed"
WORDS = ("session_reminder", "session_set", OFF, MOVED, AGAIN, PASSED)
LEAVE_IS_OVER = "原来那一天的请假和代班不再适用。"


@dataclass(frozen=True)
class _Word:
    """The last somebody heard of a day: that it is on that date, off, or no turn of his. ``pk`` of the notice, 0 of
    a leave."""

    on: str  # 2026-11-24
    kind: str = ""
    pk: int = 0
    by_leave: bool = False


def tell_changes(*, now) -> int:
    """Tell who knows of a day that it is off, moved, on again or no turn of his; each once a change. New notices (条).

    Whether the office, the plan or the calendar changed it; a reason stands on the day's page alone. Stands
    before the reminders: the new date's own would else be the last word, and the old date stay in the diary.
    """
    today = clock.local_date(now)
    days = LiaisonSession.objects.filter(status__in=(Status.PLANNED, Status.CANCELLED))
    days = {each.pk: each for each in days.within(today, today + REACH).select_related("village")}
    messages = []
    for addressees, words in ((User, _people(days)), (GroupRobot, _groups(days))):
        passed = _passed(days, words) if addressees is User else ()
        stale = {
            key: said
            for key, word in words.items()
            if (said := _said(days[key[0]], word, key in passed))
        }
        found = addressees.objects.in_bulk({to for _, to in stale})
        messages += [
            _message(days[pk], found[to], *said, words[pk, to], now)
            for (pk, to), said in stale.items()
        ]
    return notify_many(messages, now=now)


def _people(days):
    """{(day's id, person's id): _Word}: what a leave says, unless he was told something himself."""
    leaves = LeaveRequest.objects.filter(session__in=days, state=LeaveRequest.State.APPROVED)
    by_leave = {}
    for session, on, *people in leaves.values_list("session", "on", "person", "stand_in"):
        # Who is excused need not be told that a day is off.
        off = days[session].status == Status.CANCELLED
        for person in filter(None, people[1:] if off else people):
            by_leave[session, person] = _Word(str(on), by_leave=True)
    told = _last(Notice, "recipient", days)
    return by_leave | {key: replace(word, by_leave=key in by_leave) for key, word in told.items()}


def _groups(days):
    return _last(GroupNotice, "robot", days)


def _last(model, to, days):
    """{(day's id, addressee's id): _Word} of what stands in a table."""
    subjects = {subject_of(day): pk for pk, day in days.items()}
    rows = model.objects.filter(kind__in=WORDS, subject__in=subjects, is_expired=False)
    rows = rows.order_by("pk").values_list("pk", "subject", to, "kind", "slot")
    return {
        (subjects[subject], addressee): _Word(slot[:10], kind, pk)
        for pk, subject, addressee, kind, slot in rows
    }


def _passed(days, words) -> set:
    """Of those who heard of a rota's day, whose turn it is no more: a day off before it moves the turns on.

    Who is on leave asked for it, and is told nothing.
    """
    heard = {pk for pk, _ in words}
    rota = [day for pk, day in days.items() if pk in heard and day.turn is not None]
    rota = [day for day in rota if day.status == Status.PLANNED]
    expected = {pk: {each.pk for each in found} for pk, found in expected_of(rota).items()}
    leaves = LeaveRequest.objects.in_force().filter(session__in=rota)
    excused = set(leaves.values_list("session", "person"))
    return {
        key for key in words if key[0] in expected and key[1] not in expected[key[0]]
    } - excused  # fmt: skip


def _said(day, word, is_passed):
    """(kind, what, text) for whom the word no longer holds, else None."""
    told = f"原定{day_in_words(dt.date.fromisoformat(word.on))}在{day.village}的驻点"
    if day.status == Status.CANCELLED:
        off = f"{told}已取消，请不必前往。原因见驻点日页面。"
        return None if word.kind in (OFF, PASSED) else (OFF, "驻点取消", off)
    if is_passed:
        text = f"{told}轮值有调整，改由其他同志值守，请不必前往。"
        return None if word.kind in (OFF, PASSED) else (PASSED, "轮值调整", text)
    if word.kind == PASSED:
        return AGAIN, "轮值照常", f"轮值又轮到您：请于{when_and_where(day)}驻点。"
    if word.kind == OFF:
        return AGAIN, "驻点照常", f"取消过的驻点恢复：请于{when_and_where(day)}驻点。"
    if word.on == str(day.on):
        return None
    text = f"{told}改期，那一天请不必前往；改为{when_and_where(day)}。"
    return MOVED, "驻点改期", text + (LEAVE_IS_OVER if word.by_leave else "")


def _message(day, addressee, kind, what, text, word, now) -> Message:
    return Message(
        recipient=addressee,
        kind=kind,
        subject=subject_of(day),
        slot=f"{day.on}<{word.pk}",  # once after each word
        title=f"{what}：{day_in_words(day.on)}{day.village}",
        text=text,
        url=reverse("desk:day", args=[day.pk]),
        due_at=now,
    )
