"""Which matters a meeting should go through, and why: escalated, 督办, overdue, recurring, promised and late."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q

from cadres.workcalendar import WorkCalendar

from .models import Grievance, Supervision
from .models.states import AWAITED, OPEN
from .treating import treated_at

MOST = 200  # matters proposed at once


@dataclass(frozen=True)
class Proposed:
    """One matter and why it is proposed: 「超期12天、重办1次」."""

    matter: Grievance
    why: str


def proposed(user, *, township_id, village_id=None, on, now) -> list[Proposed]:
    """Matters of a place to be talked over on a day, in administrative order, each once; a few queries.

    Args:
        user: only what he may see. village_id: of one village alone. on: the day of the meeting.
        now: the moment overdue is compared with.
    """
    seen = Grievance.objects.visible_to(user).filter(township=township_id)
    if village_id:
        seen = seen.filter(village=village_id)
    wanted = seen.filter(_wanted(on, now)).select_related("village", "department", "rung__standing")
    rows = wanted.defer("phone", "detail", "result").order_by("village__code", "due_at", "pk")
    rows = list(rows.prefetch_related("supervisions", "repeats")[:MOST])
    treated = _treated(township_id, rows, on)
    return [Proposed(row, "、".join(_reasons(row, on, now, treated))[:60]) for row in rows]


def _treated(township_id, rows, on) -> dict[int, str]:
    """{rung: 「拟于11月25日调度会研究」} of the rungs on which some of them wait; no query where none does."""
    rungs = {row.rung_id: row.rung for row in rows if row.status == "escalated" and row.rung}
    if not any(rung.standing_id or rung.meets_on for rung in rungs.values()):
        return {}
    calendar = WorkCalendar.load(township_id)
    found = {pk: treated_at(rung, on, calendar) for pk, rung in rungs.items()}
    return {pk: str(each) for pk, each in found.items() if each and each.on}


def _wanted(on, now) -> Q:
    """Open and escalated, under 督办, overdue, opened again or asked again; or promised by a day before ``on``."""
    supervised = Exists(Supervision.objects.in_force().filter(grievance=OuterRef("pk")))
    asked_again = Exists(Grievance.objects.filter(repeat_of=OuterRef("pk")))
    comes_again = Q(reopened_count__gt=0) | Q(repeat_of__isnull=False) | Q(asked_again)
    wanted = Q(status="escalated") | Q(due_at__lt=now) | Q(supervised) | comes_again
    return Q(wanted, status__in=OPEN) | Q(promise_due_on__lt=on, status__in=AWAITED)


def _reasons(matter, on, now, treated):
    if matter.status == "escalated":
        yield matter.get_status_display()
        if matter.rung_id in treated:
            yield treated[matter.rung_id]
    for supervision in matter.supervisions.all():
        if supervision.is_in_force:
            yield str(supervision)
    if matter.is_overdue(now):
        yield f"超期{max(1, (on - matter.due_on).days)}天"
    if matter.reopened_count:
        yield f"重办{matter.reopened_count}次"
    if matter.repeat_of_id or matter.repeats.all():
        yield "重复反映"
    if matter.promise_is_late(on):
        yield f"答应{matter.promise_due_on:%m-%d}前办，未办"
