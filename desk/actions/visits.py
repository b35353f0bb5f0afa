"""Visits outside a liaison day, and what a row already saved had left out."""

from django.db import transaction

from desk.entries import Defaults
from grievances.models import Grievance
from liaison.errors import NotAllowed
from visits import actions as field
from visits.models import Visit

from ._rows import Made, register_all, write_down


@transaction.atomic(savepoint=False)
def log_visits(*, by, now, on, village, entries) -> list[Made]:
    """Write down visits made outside a liaison day: evenings, calls, meetings, by chance.

    A refusal undoes the transaction it is called in as well: it is the whole of a save, never a part to be tried.

    Args:
        on: the day they happened; any day up to today.
        entries: Entry for every filled row, in the order of the form; at least one.
    Returns:
        A Made for each entry, in order.
    Raises:
        NotAllowed: nothing to write down, or any refusal of the verbs; nothing is stored then.
    """
    if not entries:
        raise NotAllowed("还没有填写走访，请至少填一行：户或来访人。")
    told = {"on": on, "village": village, "by": by, "now": now, "defaults": Defaults()}
    return [write_down(entry, line=line, **told) for line, entry in enumerate(entries, 1)]


@transaction.atomic
def add_matters(*, visit, by, now, matters, reason="") -> list[Grievance]:
    """Matters that a saved row had left out, as asked on that day; a row that said 无诉求 says so no more.

    Args:
        reason: why (更正原因); asked where a settled row said 无诉求.
    Raises:
        NotAllowed: none given, a visit out of one's reach, or any refusal of ``register``.
    """
    if not matters:
        raise NotAllowed("还没有填写诉求，请至少填一件的摘要。")
    visit = Visit.objects.visible_to(by, "visits.log").select_related("village").filter(pk=visit.pk)
    visit = visit.select_for_update(of=("self",)).first()
    if visit is None:
        raise NotAllowed("没有这条走访记录，或不在您的工作范围内。")
    if visit.nothing_asked:
        visit = field.change_visit(
            visit=visit, by=by, now=now, version=visit.version, reason=reason, nothing_asked=False
        )
    return register_all(matters, visit, by=by, now=now, defaults=Defaults())
