"""Giving a matter its due date, with the policy row and version it came from."""

from functools import cache

from django.db import transaction

from cadres.workcalendar import WorkCalendar
from grievances.deadlines import (
    as_it_went,
    limit_of,
    moment_of,
    policy_for,
)
from grievances.ladder import level_of
from grievances.models import Grievance
from grievances.models.states import STARTING
from grievances.routing import route_of
from liaison import audit


def set_deadline(matter, start) -> str:
    """Set (not save) policy and due date for a clock that starts at a moment.

    Returns:
        What the history says of it, 「工作日历未发布」 included; without a policy row, that.
    A routing rule that fits and names a time limit goes before the general table.
    """
    policy = policy_of(matter)
    if policy is None:
        return "没有适用的办理时限。"
    due = due_of(matter, policy, start, WorkCalendar.load(matter.township_id))
    matter.policy, matter.policy_version = policy, policy.version
    matter.due_at, matter.due_on, matter.due_unit = due.due_at, due.due_on, policy.unit
    if due.due_on is None:
        return f"办理时限：{policy}。{due.why_unknown}"
    return f"办理时限：{policy}，应于{due.due_on}前办结。"


def policy_of(matter):
    """The row that says now when a matter is due, by the rules and limits of the rung it stands on; or None."""
    level = level_of(matter)
    row = policy_for(
        township_id=matter.township_id, category_id=matter.category_id, source_id=matter.source_id,
        is_urgent=matter.is_urgent, kind=matter.kind, level=level,
    )  # fmt: skip
    return limit_of(route_of(matter), row, level)


def granted_to(matter):
    """More time approved in the matter's present round, oldest first; none for one not stored yet."""
    if matter.pk is None:
        return ()
    rows = matter.extensions.filter(state="approved", round=matter.reopened_count)
    return rows.order_by("pk")


def clear_deadline(matter) -> None:
    """Take (not save) policy and due date away."""
    matter.policy = matter.policy_version = matter.due_at = matter.due_on = None
    matter.due_unit = ""


def due_of(matter, policy, start, calendar):
    """The Due of a matter under a policy: from a start, with what was granted, past every rest that ended since."""
    rests = ()
    if matter.pk:
        ended = matter.suspensions.filter(stopped_at__gte=start, resumed_at__isnull=False)
        rests = ended.order_by("pk").values_list("stopped_at", "resumed_at")
    return as_it_went(policy, start, granted_to(matter), rests, calendar)


def clock_start(matter):
    """The moment a matter's clock starts: its registration, or its last 重办 or 重新受理; the end of that day
    when typed later."""
    again = matter.pk and matter.steps.filter(act__in=STARTING).order_by("pk").last()
    if again:
        return moment_of(again.on, again.entered_at)
    return moment_of(matter.registered_on, matter.entered_at)


@transaction.atomic
def date_undated(*, now) -> int:
    """Give open matters their date once the work calendar they waited for is published.

    The policy row and version noted at acceptance stay; a row changed since then dates nothing, so
    the matter waits for the office. Called by ``run_due``; safe to repeat.

    Returns:
        How many matters (件) got a date.
    """
    calendar_of, dated = cache(WorkCalendar.load), 0
    waiting = Grievance.every.open().filter(due_at=None).exclude(policy=None)
    for matter in waiting.select_related("policy").select_for_update(of=("self",)):
        calendar = calendar_of(matter.township_id)
        due = due_of(matter, matter.policy, clock_start(matter), calendar)
        if due.due_at is None or matter.policy.version != matter.policy_version:
            continue
        matter.due_at, matter.due_on = due.due_at, due.due_on
        matter.version += 1
        matter.save(update_fields=["due_at", "due_on", "version"])
        after = {"应办结日": due.due_on.isoformat(), "依据": "工作日历已发布"}
        audit.record(
            by=None, action="补定时限", subject=matter, after=after, township_id=matter.township_id
        )
        dated += 1
    return dated
