"""A whole liaison day is written down, or nothing of it."""

from itertools import count

from django.db import transaction

from desk.entries import Defaults
from liaison.versions import claim
from visits import actions as field
from visits.attendance import may_confirm
from visits.models import LiaisonSession

from ._rows import Made, write_down


@transaction.atomic
def save_liaison_day(
    *, session, by, now, version, marks, entries, amend_reason="", numbers=None
) -> list[Made]:
    """Write down who sat there, who came and was visited, and what was asked; the day is held.

    Saved by the team's lead or the office, it is confirmed by the same act; saved by another of the team,
    it waits for them.

    Args:
        version: of the session, as the page showed it.
        marks: a SeatMark for every seat of the team; None leaves the sheet as it is.
        amend_reason: why a confirmed sheet is put right.
        entries: Entry for every filled row, in the order of the page; may be empty.
        numbers: of the lines of the paper they stand on; None: lines go on from those written before.
    Returns:
        A Made for each entry, in order.
    Raises:
        Stale: the attendance or the state was changed since ``version``.
        NotAllowed: any refusal of the verbs below; nothing is stored then.
    """
    claim(LiaisonSession.objects.visible_to(by), session.pk, version)
    if marks is not None:
        session = field.record_attendance(
            session=session, by=by, now=now, marks=marks, reason=amend_reason
        )
    day = {"on": session.on, "village": session.village, "session": session}
    day |= {"by": by, "now": now, "defaults": Defaults()}
    lines = numbers if numbers is not None else count(next_line(session))
    made = [write_down(entry, line=at, **day) for at, entry in zip(lines, entries, strict=False)]
    if may_confirm(session, by, now):
        field.confirm_held(session=session, by=by, now=now)
    else:
        field.write_up(session=session, by=by, now=now)
    return made


def next_line(session) -> int:
    """The number of the day's next row; the session is locked by the caller."""
    last = session.visits.order_by("-line").values_list("line", flat=True).first()
    return (last or 0) + 1
