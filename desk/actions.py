"""One act over several apps: a whole liaison day is written down, or nothing of it."""

from typing import NamedTuple

from django.db import transaction

from grievances import actions as ledger
from grievances.models import Grievance
from liaison.versions import claim
from visits import actions as field
from visits.models import LiaisonSession, Visit

from .entries import DONE_ON_THE_SPOT, category_of, method_of, source_of


class Made(NamedTuple):
    """What one row of the page became."""

    visit: Visit
    grievance: Grievance | None


@transaction.atomic
def save_liaison_day(*, session, by, now, version, marks, entries) -> list[Made]:
    """Write down who sat there, who came and was visited, and what was asked; the day is held.

    Args:
        version: of the session, as the page showed it.
        marks: a SeatMark for every seat of the team.
        entries: Entry for every filled row, in the order of the page; may be empty.
    Returns:
        A Made for each entry, in order; lines go on from those written before.
    Raises:
        Stale: the attendance or the state was changed since ``version``.
        NotAllowed: any refusal of the verbs below; nothing is stored then.
    """
    claim(LiaisonSession.objects.visible_to(by), session.pk, version)
    session = field.record_attendance(session=session, by=by, now=now, marks=marks)
    first = next_line(session)
    made = [_write_down(session, entry, line, by, now) for line, entry in enumerate(entries, first)]
    field.confirm_held(session=session, by=by, now=now, version=session.version)
    return made


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
