"""驻点日 ahead of time: made from the plans, and moved with them."""

import datetime as dt
from collections import Counter, defaultdict
from functools import cache

from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Now

from cadres.models import LiaisonPlan, Notice
from cadres.recurrence import days_of
from cadres.workcalendar import WorkCalendar
from liaison import audit

from .models import LiaisonSession
from .told_in_time import told_in_time

Status = LiaisonSession.Status

# What a day takes over from its plan.
_FACTS = (
    "township", "team", "village", "on", "moved_from", "turn", "starts_at", "ends_at", "place",
)  # fmt: skip
AHEAD = dt.timedelta(days=400)  # how far days are made; the calendar may end sooner
# Why a day was called off by nobody: it comes back when the plan names it again.
FELL_AWAY = "驻点安排自动调整"


@transaction.atomic
def plan_sessions(*, today, plan=None) -> int:
    """Make the days that are missing, up to AHEAD of today; safe to repeat and to run in parallel.

    Args:
        plan: this plan only; every plan of a team in use otherwise.
    Returns:
        How many days (驻点日) were made.
    """
    alive = LiaisonPlan.objects.alive(today).select_related("team", "village")
    plans = [plan] if plan else list(alive)
    calendar_of, taken = cache(WorkCalendar.load), _taken_days(plans, today)
    wanted = [
        (each, days_of(each, today, today + AHEAD, calendar_of(each.village.township_id)))
        for each in plans
    ]
    made = _make_missing(told_in_time(wanted, today=today, calendar_of=calendar_of), taken)
    pairs = zip(plans, made, strict=True)
    lines = [_line(each, Counter(made=count)) for each, count in pairs if count]
    audit.record_many(by=None, lines=lines)
    if not plan:
        _withdraw(today)
    return sum(made)


def _make_missing(wanted, taken) -> list[int]:
    """Store the days of (plan, days) pairs that have no session yet; how many of each plan."""
    missing = [
        [_session(plan, day) for day in days if not _originals(day) & taken[plan.pk]]
        for plan, days in wanted
    ]
    every = [session for sessions in missing for session in sessions]
    LiaisonSession.objects.bulk_create(every, batch_size=500, ignore_conflicts=True)
    return [len(sessions) for sessions in missing]


def _withdraw(today):
    """Days of a team put out of use fall away; what was written on stays."""
    coming = LiaisonSession.objects.filter(on__gt=today, status=Status.PLANNED, reason="")
    idle = coming.filter(team__is_active=False, plan__team__is_active=False)
    plans = LiaisonPlan.objects.filter(pk__in=idle.values("plan"))
    plans = list(plans.select_related("team", "village"))
    replan_all(plans, by=None, today=today, since=today)


@transaction.atomic
def replan_all(plans, *, by, today, since) -> list[Counter]:
    """After a change of plans or the calendar: days to come follow, what has happened stays.

    Only planned days after today that nobody has written on are touched. One that only moves keeps its
    row; one that falls away is deleted, or cancelled with a reason when its team was already told: that one
    is planned again when the plan names its day again.

    Returns:
        For each plan a Counter of "made", "changed", "dropped" days.
    """
    calendar_of, wanted = cache(WorkCalendar.load), []
    for plan in plans:
        calendar = calendar_of(plan.village.township_id)
        days = days_of(plan, since, today + AHEAD, calendar) if plan.team.is_active else ()
        wanted.append((plan, days))
    wanted = told_in_time(wanted, today=today, calendar_of=calendar_of)
    done = [_move(plan, days, today) for plan, days in wanted]
    taken = _taken_days(plans, since)
    for count, made in zip(done, _make_missing(wanted, taken), strict=True):
        count["made"] = made
    pairs = zip(plans, done, strict=True)
    audit.record_many(by=by, lines=[_line(plan, count) for plan, count in pairs if +count])
    return done


def _move(plan, days, today):
    """Days that stand follow their plan or fall away; how many did."""
    wanted = {day.moved_from or day.on: day for day in days}
    occupied = set(plan.sessions.values_list("on", flat=True))
    followed, dropped = [], []
    for session in _untouched(plan, today) if occupied else ():
        day = wanted.get(session.moved_from or session.on)
        is_off = session.status == Status.CANCELLED
        if not day or (day.on != session.on and day.on in occupied):
            dropped += [] if is_off else [session]
            continue
        session.status, session.reason = Status.PLANNED, ""
        if _follow(session, plan, day) or is_off:
            followed.append(session)
    _save_all(followed, (*_FACTS, "status", "reason"))
    _drop(plan, dropped)
    return Counter(changed=len(followed), dropped=len(dropped))


@transaction.atomic
def withdraw(plan) -> int:
    """Remove the planned days of a plan that never was, past ones too; returns how many.

    Days somebody has written on, asked leave for or was told of, stay.
    """
    days = list(_untouched(plan, dt.date.min).filter(status=Status.PLANNED))
    told = {session.pk for session in _told(days)}
    gone = [session.pk for session in days if session.pk not in told]
    return plan.sessions.filter(pk__in=gone).delete()[0]


def subject_of(session) -> str:
    """What notices about a day name as their subject: "session:12"."""
    return f"session:{session.pk}"


def _session(plan, day):
    return LiaisonSession(plan=plan, **_facts(plan, day))


def _facts(plan, day):
    """What a day takes over from its plan."""
    return {
        "township_id": plan.village.township_id,
        "team_id": plan.team_id,
        "village_id": plan.village_id,
        "on": day.on,
        "moved_from": day.moved_from,
        "turn": day.turn,
        "starts_at": plan.starts_at,
        "ends_at": plan.ends_at,
        "place": plan.place,
    }


def _originals(day):
    return {day.on, day.moved_from} - {None}


def _taken_days(plans, since) -> dict[int, set]:
    """{plan id: days it has a session on, or had one moved from}: neither is made again."""
    taken = defaultdict(set)
    sessions = LiaisonSession.objects.filter(plan__in=plans, on__gte=since - dt.timedelta(days=31))
    for plan_id, *days in sessions.values_list("plan_id", "on", "moved_from"):
        taken[plan_id] |= {day for day in days if day}
    return taken


def _untouched(plan, today):
    """Days after today without attendance, visits or a word from the office: planned, or fallen away.

    A make-up day was announced by name: no plan moves or drops it, nor a day that one makes up for.
    """
    planned = Q(status=Status.PLANNED, reason="")
    made_up = plan.sessions.exclude(made_up_for=None).values("made_up_for")
    fallen = Q(status=Status.CANCELLED, reason=FELL_AWAY) & ~Q(pk__in=made_up)
    return (
        plan.sessions.select_for_update(of=("self",))
        .filter(planned | fallen, on__gt=today, made_up_for=None)
        .exclude(pk__in=plan.sessions.filter(attendance__isnull=False).values("pk"))
        .exclude(pk__in=plan.sessions.filter(visits__isnull=False).values("pk"))
        .order_by("on")
    )


def _follow(session, plan, day) -> bool:
    """Bring one day in line with its plan; whether anything changed. Saved by the caller."""
    facts = _facts(plan, day)
    if all(getattr(session, name) == value for name, value in facts.items()):
        return False
    for name, value in facts.items():
        setattr(session, name, value)
    return True


def _drop(plan, sessions):
    """Days that fall away."""
    told = _told(sessions)
    for session in told:
        session.status, session.reason = Status.CANCELLED, FELL_AWAY
    _save_all(told, ("status", "reason"))
    gone = {session.pk for session in sessions} - {session.pk for session in told}
    plan.sessions.filter(pk__in=gone).delete()


def _told(sessions):
    """Those of some days that somebody was told of or asked leave for, or that a public notice speaks of."""
    subjects = {subject_of(session): session.pk for session in sessions}
    told = Notice.objects.filter(subject__in=subjects).values_list("subject", flat=True)
    days = LiaisonSession.objects.filter(pk__in=[*subjects.values()])
    spoken_of = days.filter(Q(notices__isnull=False) | Q(leaves__isnull=False))
    pks = {*map(subjects.get, told), *spoken_of.values_list("pk", flat=True)}
    return [session for session in sessions if session.pk in pks]


def _save_all(sessions, names):
    for session in sessions:
        session.version += 1
    LiaisonSession.objects.bulk_update(sessions, [*names, "version"], batch_size=100)
    # bulk_update() writes no auto_now; calendar programs must hear of the change all the same.
    pks = [session.pk for session in sessions]
    LiaisonSession.objects.filter(pk__in=pks).update(changed_at=Now())


def _line(plan, done):
    words = {"made": "新增", "changed": "改动", "dropped": "取消"}
    return {
        "action": "排定驻点日",
        "subject": plan,
        "after": {words[key]: f"{count}天" for key, count in done.items() if count},
        "township_id": plan.village.township_id,
    }
