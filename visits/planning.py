"""驻点日 ahead of time: made from the plans, and moved with them."""

import datetime as dt
from collections import Counter, defaultdict
from functools import cache

from django.db import transaction

from cadres.models import LiaisonPlan, Notice
from cadres.recurrence import days_of
from cadres.workcalendar import WorkCalendar
from liaison import audit

from .models import LiaisonSession

Status = LiaisonSession.Status

AHEAD = dt.timedelta(days=400)  # how far days are made; the calendar may end sooner


@transaction.atomic
def plan_sessions(*, today, plan=None, since=None) -> int:
    """Make the days that are missing, up to AHEAD of today; safe to repeat and to run in parallel.

    Args:
        plan: this plan only; every plan of a team in use otherwise.
        since: the first day to make; today when not said.
    Returns:
        How many days (驻点日) were made.
    """
    since = since or today
    plans = [plan] if plan else LiaisonPlan.objects.alive(since).select_related("team", "village")
    calendar_of, taken = cache(WorkCalendar.load), _taken_days(plans, since)
    made = 0
    for each in plans:
        days = days_of(each, since, today + AHEAD, calendar_of(each.village.township_id))
        missing = [_session(each, day) for day in days if not _originals(day) & taken[each.pk]]
        LiaisonSession.objects.bulk_create(missing, batch_size=500, ignore_conflicts=True)
        if missing and not plan:
            _note(each, None, Counter(made=len(missing)))
        made += len(missing)
    if not plan:
        _withdraw(today)
    return made


def _withdraw(today):
    """Days of a team put out of use fall away; what was written on stays."""
    coming = LiaisonSession.objects.filter(on__gt=today, status=Status.PLANNED, reason="")
    idle = coming.filter(team__is_active=False, plan__team__is_active=False)
    for plan in LiaisonPlan.objects.filter(pk__in=idle.values("plan")).select_related(
        "team", "village"
    ):
        replan(plan, by=None, today=today, since=today)


@transaction.atomic
def replan(plan, *, by, today, since) -> Counter:
    """After a change of the plan or the calendar: days to come follow, what has happened stays.

    Only planned days after today that nobody has written on are touched. One that only moves keeps its
    row; one that falls away is deleted, or cancelled with a reason when its team was already told.

    Returns:
        A Counter of "made", "changed", "dropped" days.
    """
    done = Counter()
    calendar = WorkCalendar.load(plan.village.township_id)
    days = days_of(plan, since, today + AHEAD, calendar) if plan.team.is_active else ()
    wanted = {day.moved_from or day.on: day for day in days}
    occupied = set(plan.sessions.values_list("on", flat=True))
    for session in _untouched(plan, today):
        day = wanted.get(session.moved_from or session.on)
        if day and (day.on == session.on or day.on not in occupied):
            done["changed"] += _follow(session, plan, day)
        else:
            _drop(session)
            done["dropped"] += 1
    if plan.team.is_active:
        done["made"] = plan_sessions(today=today, plan=plan, since=since)
    if +done:
        _note(plan, by, done)
    return done


@transaction.atomic
def withdraw(plan) -> int:
    """Remove the planned days of a plan that never was, past ones too; returns how many.

    Days somebody has written on, or was told of, stay.
    """
    days = list(_untouched(plan, dt.date.min))
    told = Notice.objects.filter(subject__in=[subject_of(session) for session in days])
    told = set(told.values_list("subject", flat=True))
    gone = [session.pk for session in days if subject_of(session) not in told]
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
    """Planned days after today without attendance, visits or a word from the office."""
    return (
        plan.sessions.select_for_update(of=("self",))
        .filter(on__gt=today, status=Status.PLANNED, reason="")
        .exclude(pk__in=plan.sessions.filter(attendance__isnull=False).values("pk"))
        .exclude(pk__in=plan.sessions.filter(visits__isnull=False).values("pk"))
        .order_by("on")
    )


def _follow(session, plan, day) -> bool:
    """Bring one day in line with its plan; whether anything changed."""
    facts = _facts(plan, day)
    if all(getattr(session, name) == value for name, value in facts.items()):
        return False
    for name, value in facts.items():
        setattr(session, name, value)
    session.version += 1
    session.save()
    return True


def _drop(session):
    told = Notice.objects.filter(subject=subject_of(session)).exists()
    if told or session.notices.exists():
        session.status, session.reason = Status.CANCELLED, "驻点安排已调整"
        session.version += 1
        session.save(update_fields=["status", "reason", "version"])
    else:
        session.delete()


def _note(plan, by, done):
    words = {"made": "新增", "changed": "改动", "dropped": "取消"}
    audit.record(
        by=by,
        action="排定驻点日",
        subject=plan,
        after={words[key]: f"{count}天" for key, count in done.items() if count},
        township_id=plan.village.township_id,
    )
