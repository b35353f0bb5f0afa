"""One row of a form written down: the visit, the ledger rows of what was asked at it, and what else was noted."""

from typing import NamedTuple

from desk.entries import DONE_ON_THE_SPOT
from grievances import actions as ledger
from grievances.models import Grievance
from visits import actions as field
from visits.models import Visit


class Made(NamedTuple):
    """What one row became: its visit, and the matters (件) in their order."""

    visit: Visit
    matters: list[Grievance]


def write_down(entry, *, by, now, on, village, line, defaults, session=None) -> Made:
    """Store one row; NotAllowed as the verbs say.

    Args:
        on: the day it happened.
        line: its place among the rows of the day, or of the form.
        defaults: the Defaults of this save.
    """
    visit = field.log_visit(
        by=by,
        now=now,
        occurred_on=on,
        village=village,
        mode=entry.mode,
        session=session,
        household=entry.household,
        visitor=entry.visitor,
        persons=entry.persons,
        said=entry.said,
        nothing_asked=entry.nothing_asked,
        line=line,
    )
    _note_down(entry, visit, by, now)
    return Made(visit, register_all(entry.matters, visit, by=by, now=now, defaults=defaults))


def _note_down(entry, visit, by, now):
    """The proposal and the needs of a row."""
    where = {
        "by": by, "now": now, "village": visit.village, "visit": visit,
        "household": visit.household, "visitor": visit.visitor,
    }  # fmt: skip
    if entry.proposal:
        field.suggest(words=entry.proposal, proposed_on=visit.occurred_on, **where)
    for kind in entry.needs:
        field.find_need(kind=kind, words=entry.need_words, found_on=visit.occurred_on, **where)


def register_all(matters, visit, *, by, now, defaults) -> list[Grievance]:
    """The ledger rows of what was asked at a visit, in order."""
    return [_register(matter, visit, by, now, defaults) for matter in matters]


def _register(matter, visit, by, now, defaults):
    """One ledger row, settled at once if it was."""
    category, category_words = defaults.category_of(matter)
    grievance = ledger.register(
        by=by,
        on=visit.occurred_on,
        now=now,
        village=visit.village,
        summary=matter.summary,
        category=category,
        category_words=category_words,
        kind=matter.kind,
        source=defaults.source_of(visit.mode),
        household=visit.household,
        visit=visit,
        complainant=visit.visitor,
        phone=matter.phone,
        persons=visit.persons,
        detail=visit.said,
        is_urgent=matter.is_urgent,
        promise=matter.promise,
        promise_due_on=matter.promise_due_on,
    )
    if not matter.on_the_spot:
        return grievance
    method = defaults.method_of(matter)
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
