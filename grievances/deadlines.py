"""When a matter is due: a pure function of policy, start and calendar.

自然日 and 工作日 run side by side in one office, so every date keeps its unit.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Protocol

from django.db.models import Q
from django.utils import timezone

from cadres.workcalendar import CalendarNotPublished

from .ladder import begins_at
from .models import DeadlinePolicy

Unit = DeadlinePolicy.Unit
Start = DeadlinePolicy.Start


class Calendar(Protocol):
    """What a deadline asks of the work calendar (cadres.workcalendar.WorkCalendar)."""

    def is_workday(self, day: dt.date) -> bool:
        """Whether offices work on a day; raises CalendarNotPublished."""

    def add_workdays(self, day: dt.date, n: int) -> dt.date:
        """The n-th working day after a day; raises CalendarNotPublished."""


@dataclass(frozen=True)
class Due:
    """A due moment and its local day; both None, with a sentence why, when it cannot be known."""

    due_at: dt.datetime | None
    due_on: dt.date | None
    why_unknown: str = ""


def deadline(policy, start: dt.datetime, calendar: Calendar) -> Due:
    """When a matter that began at ``start`` is due under a policy.

    Hours run from the moment. Days run to the last moment of the local due day: with 当日起算 the
    day of ``start`` is the first day (if it is one), with 次日起算 the day after it.

    Args:
        policy: has ``amount``, ``unit`` (小时, 自然日, 工作日) and ``start``.
        start: an aware moment.
        calendar: asked for 工作日 only.
    Returns:
        Due; without a date and with 「…工作日历未发布…」 when a year it needs is not published.
    """
    if policy.unit == Unit.HOUR:
        due_at = start + dt.timedelta(hours=policy.amount)
        return Due(due_at, timezone.localtime(due_at).date())
    first = timezone.localtime(start).date()
    # The day from which the count goes: the first counted day is the next one that qualifies.
    before = first if policy.start == Start.NEXT_DAY else first - dt.timedelta(days=1)
    if policy.unit == Unit.CALENDAR_DAY:
        due_on = before + dt.timedelta(days=policy.amount)
    else:
        try:
            due_on = calendar.add_workdays(before, policy.amount)
        except CalendarNotPublished as unknown:
            return Due(None, None, str(unknown))
    return Due(end_of(due_on), due_on)


def resumed(due: Due, unit: str, stopped: dt.datetime, again: dt.datetime, calendar) -> Due:
    """When a matter is due whose clock stood still from ``stopped`` until ``again``.

    What was left when it stopped is counted on from the day it goes on, in the deadline's own unit: hours
    to the moment, 自然日 and 工作日 by days. With nothing left (stopped on the due day) it is due on the day
    it goes on, or the next working day. It never becomes earlier than it was.

    Args:
        due: the date before the rest; one that is not known stays unknown.
        unit: DeadlinePolicy.Unit.
        calendar: asked for 工作日 only.
    """
    if due.due_at is None:
        return due
    if unit == Unit.HOUR:
        due_at = due.due_at + (again - stopped)
        return Due(due_at, timezone.localtime(due_at).date())
    first, last = (timezone.localtime(moment).date() for moment in (stopped, again))
    if first == last:
        return due
    if unit != Unit.WORKDAY:
        due_on = due.due_on + (last - first)
        return Due(end_of(due_on), due_on)
    try:
        due_on = _workdays_on(last, _workdays_between(first, due.due_on, calendar), calendar)
    except CalendarNotPublished as unknown:
        return Due(None, None, str(unknown))
    return Due(end_of(due_on), due_on) if due_on > due.due_on else due


def _workdays_on(day, left, calendar):
    if left == 0 and not calendar.is_workday(day):
        return calendar.next_workday(day)
    return calendar.add_workdays(day, left)


def _workdays_between(day, end, calendar):
    """Working days after a day up to and with another; 0 when that is not later."""
    days = (day + dt.timedelta(days=n) for n in range(1, (end - day).days + 1))
    return sum(calendar.is_workday(each) for each in days)


def end_of(day: dt.date) -> dt.datetime:
    """The last moment of a local day, aware, in UTC."""
    last = dt.datetime.combine(day, dt.time.max, tzinfo=timezone.get_default_timezone())
    return last.astimezone(dt.UTC)


def moment_of(on: dt.date, now: dt.datetime) -> dt.datetime:
    """The moment that stands for a day: now, if it is today; else the end of that day, its hour being unknown."""
    return now if timezone.localtime(now).date() == on else end_of(on)


def remaining(grievance, now: dt.datetime, calendar: Calendar) -> str:
    """How long there is left in the unit of the matter's own deadline: 「还剩3个工作日」, 「已超期2天」.

    Empty for a matter without a date, no longer open or resting. A late matter is told in calendar days.
    """
    if grievance.due_at is None or not grievance.is_open or grievance.is_suspended:
        return ""
    left, today = grievance.due_at - now, timezone.localtime(now).date()
    if left < dt.timedelta(0):
        days = (today - grievance.due_on).days
        return (
            f"已超期{days}天"
            if days
            else f"已超期{max(1, round(-left.total_seconds() / 3600))}小时"
        )
    if grievance.due_unit == Unit.HOUR:
        hours = int(left.total_seconds() // 3600)
        return f"还剩{hours}小时" if hours else "还剩不足1小时"
    if grievance.due_on == today:
        return "今日到期"
    if grievance.due_unit != Unit.WORKDAY:
        return f"还剩{(grievance.due_on - today).days}个自然日"
    return _workdays_left(today, grievance.due_on, calendar)


def _workdays_left(today, due_on, calendar):
    try:
        return f"还剩{_workdays_between(today, due_on, calendar)}个工作日"
    except CalendarNotPublished:
        return ""


def extended(due_at: dt.datetime, amount: int, unit: str, calendar: Calendar) -> Due:
    """A due moment moved on by so many 小时, 自然日 or 工作日 of the matter's own unit.

    Returns:
        Due; without a date and with 「…工作日历未发布…」 when a year it needs is not published.
    """
    due_on = timezone.localtime(due_at).date()
    if unit == Unit.HOUR:
        moved = due_at + dt.timedelta(hours=amount)
        return Due(moved, timezone.localtime(moved).date())
    if unit == Unit.CALENDAR_DAY:
        due_on += dt.timedelta(days=amount)
    else:
        try:
            due_on = calendar.add_workdays(due_on, amount)
        except CalendarNotPublished as unknown:
            return Due(None, None, str(unknown))
    return Due(end_of(due_on), due_on)


def as_it_went(policy, start: dt.datetime, extensions, rests, calendar: Calendar) -> Due:
    """A date worked out anew from a start, past every rest and with what was granted, in the order they came.

    Args:
        policy: as for ``deadline``.
        extensions: approved ones; those from before the start, or in another unit than the row's, do not count.
        rests: (stopped, again) pairs of aware moments since the start. Of one day, a rest that ended goes
            before what was granted.
    """
    due, begun = deadline(policy, start, calendar), timezone.localtime(start).date()
    came = [(timezone.localtime(rest[1]).date(), 0, at, rest) for at, rest in enumerate(rests)]
    since = (more for more in extensions if more.decided_on >= begun)
    came += [(more.decided_on, 1, at, more) for at, more in enumerate(since)]
    for _, is_more, _, what in sorted(came, key=lambda each: each[:3]):
        if not is_more:
            due = resumed(due, policy.unit, *what, calendar)
        elif due.due_at is not None and what.unit == policy.unit:
            due = extended(due.due_at, what.granted, what.unit, calendar)
    return due


def policy_for(
    *,
    township_id: int,
    category_id: int,
    source_id: int,
    is_urgent: bool,
    kind: str = "",
    level: int | None = None,
    rows=None,
    begins=begins_at,
) -> DeadlinePolicy | None:
    """The most exact active policy row for a matter, or None when no row fits.

    In this order: a row for urgent matters (it fits no other) goes before an ordinary one, then a row
    of the level, then one of the category, then one of the kind (性质), then one of the source; of rows equally exact a
    township's own goes before the general one, so that setting one's own 一般事项 does not push 信访 or
    加急 aside; of two alike the newer.

    Args:
        level: place of the rung it stands on; None: the lowest, where every matter begins.
        rows: the active rows, where many matters are asked about; read when not given.
        begins: gives the place of a township's lowest rung; asked only where a row names a level.
    """
    if rows is None:
        rows = DeadlinePolicy.objects.filter(
            Q(township=None) | Q(township=township_id), is_active=True
        )
    wanted = (township_id, category_id, source_id, kind)
    fits = [row for row in rows if _fits(row, *wanted) and (is_urgent or not row.urgent)]
    if any(row.level is not None for row in fits):
        stands = begins(township_id) if level is None else level
        fits = [row for row in fits if row.level in (None, stands)]
    return max(fits, key=_exactness, default=None)


def limit_of(routed, policy, level) -> DeadlinePolicy | None:
    """Of a routing rule's own limit and the table's row the one that counts: the rule's, as the narrower.

    But where a matter has climbed, a row of its level goes before the limit of a rule that names none.

    Args:
        routed: the Route that fits, or None. policy: what ``policy_for`` gives.
        level: as for ``policy_for``.
    """
    own = routed and routed.policy
    climbed = level is not None and policy and policy.level is not None
    return policy if climbed and routed and routed.rule.level is None else own or policy


def _fits(policy, township_id, category_id, source_id, kind):
    return (
        policy.township_id in (None, township_id)
        and policy.category_id in (None, category_id)
        and policy.source_id in (None, source_id)
        and policy.kind in ("", kind)
    )


def _exactness(policy):
    own, category, source = (
        key is not None for key in (policy.township_id, policy.category_id, policy.source_id)
    )
    return (
        policy.urgent,
        policy.level is not None,
        category,
        bool(policy.kind),
        source,
        own,
        policy.pk,
    )
