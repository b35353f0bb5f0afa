"""One act over several apps: a whole liaison day is written down, or nothing of it."""

from typing import NamedTuple

from django.db import transaction

from grievances import actions as ledger
from grievances.models import Grievance, TakenAlong
from liaison.errors import NotAllowed
from liaison.versions import claim
from visits import actions as field
from visits.attendance import may_confirm
from visits.models import LiaisonSession, Visit

from .entries import DONE_ON_THE_SPOT, category_of, method_of, source_of


class Made(NamedTuple):
    """What one row of the page became."""

    visit: Visit
    grievance: Grievance | None


@transaction.atomic
def save_liaison_day(*, session, by, now, version, marks, entries, amend_reason="") -> list[Made]:
    """Write down who sat there, who came and was visited, and what was asked; the day is held.

    Saved by the team's lead or the office, it is confirmed by the same act; saved by another of the team,
    it waits for them.

    Args:
        version: of the session, as the page showed it.
        marks: a SeatMark for every seat of the team; None leaves the sheet as it is.
        amend_reason: why a confirmed sheet is put right.
        entries: Entry for every filled row, in the order of the page; may be empty.
    Returns:
        A Made for each entry, in order; lines go on from those written before.
    Raises:
        Stale: the attendance or the state was changed since ``version``.
        NotAllowed: any refusal of the verbs below; nothing is stored then.
    """
    claim(LiaisonSession.objects.visible_to(by), session.pk, version)
    if marks is not None:
        session = field.record_attendance(
            session=session, by=by, now=now, marks=marks, reason=amend_reason
        )
    first = next_line(session)
    made = [_write_down(session, entry, line, by, now) for line, entry in enumerate(entries, first)]
    if may_confirm(session, by, now):
        field.confirm_held(session=session, by=by, now=now)
    else:
        field.write_up(session=session, by=by, now=now)
    return made


@transaction.atomic
def plan_single_day(*, by, now, matters=(), **day) -> LiaisonSession:
    """Set a single day outside the plans, with the matters taken along.

    Args:
        matters: open Grievance rows of the village; 带案下访 takes at least one.
        day: what visits.actions.plan_single takes.
    Raises:
        NotAllowed: any refusal of the verbs below; nothing is stored then.
    """
    if day["kind"] == LiaisonSession.Kind.CASE_VISIT and not matters:
        raise NotAllowed("带案下访要写明带哪件诉求，请至少选一件；还没有登记的，请先登记诉求。")
    session = field.plan_single(by=by, now=now, **day)
    for matter in matters:
        ledger.take_along(session=session, grievance=matter, by=by, now=now)
    return session


@transaction.atomic
def set_matters(*, session, by, now, version, matters) -> LiaisonSession:
    """The matters taken along are these: put on what is new, take off what is not among them.

    Raises:
        Stale: the day was changed since ``version``.
        NotAllowed: any refusal of the verbs below; nothing is stored then.
    """
    session = claim(LiaisonSession.objects.visible_to(by), session.pk, version)
    taken = TakenAlong.objects.visible_to(by).filter(session=session).select_related("grievance")
    for row in taken:
        if row.grievance not in matters:
            ledger.leave_behind(session=session, grievance=row.grievance, by=by, now=now)
    for matter in matters:
        ledger.take_along(session=session, grievance=matter, by=by, now=now)
    return session


def next_line(session) -> int:
    """The number of the day's next row; the session is locked by the caller."""
    last = session.visits.order_by("-line").values_list("line", flat=True).first()
    return (last or 0) + 1


def _write_down(session, entry, line, by, now):
    visit = field.log_visit(
        by=by,
        now=now,
        occurred_on=session.on,
        village=session.village,
        mode=entry.mode,
        session=session,
        household=entry.household,
        visitor=entry.visitor,
        persons=entry.persons,
        said=entry.said,
        nothing_asked=entry.nothing_asked,
        line=line,
    )
    return Made(visit, _register(visit, entry.matter, by, now) if entry.matter else None)


def _register(visit, matter, by, now):
    """The ledger row of what was asked at a visit, settled at once if it was."""
    grievance = ledger.register(
        by=by,
        on=visit.occurred_on,
        now=now,
        village=visit.village,
        summary=matter.summary,
        category=category_of(matter),
        kind=matter.kind,
        source=source_of(visit.mode),
        household=visit.household,
        visit=visit,
        complainant=visit.visitor,
        phone=matter.phone,
        persons=visit.persons,
        detail=visit.said,
        is_urgent=matter.is_urgent,
    )
    if not matter.on_the_spot:
        return grievance
    method = method_of(matter)
    return ledger.settle_on_the_spot(
        grievance=grievance,
        by=by,
        on=visit.occurred_on,
        now=now,
        settlement=method.settlement,
        method=method,
        words=matter.words or DONE_ON_THE_SPOT,
        version=grievance.version,
    )
