"""带案: a matter is put on a liaison day's list, or taken off it."""

from django.db import transaction

from grievances.models import Grievance, TakenAlong
from liaison import audit
from liaison.errors import NotAllowed
from liaison.versions import claim
from visits.leading import may_arrange
from visits.models import LiaisonSession


@transaction.atomic
def take_along(*, session, grievance, by, now) -> TakenAlong:
    """Put a matter on a day's list; once it is there, again changes nothing.

    Raises:
        NotAllowed: neither the lead nor the office, a day that is not ahead, or a matter that is not an
            open one of that village he sees.
    """
    session = _ahead(session, by, now)
    earlier = TakenAlong.objects.visible_to(by).filter(session=session, grievance=grievance)
    if row := earlier.first():
        return row
    matters = Grievance.objects.visible_to(by).to_take_along(session)
    if not matters.filter(pk=grievance.pk).exists():
        raise NotAllowed(f"只能带上{session.village}还在办的诉求，请重新选择。")
    row = TakenAlong.objects.create(session=session, grievance=grievance, by=by, entered_at=now)
    _touch(session)
    _note(session, grievance, by, "带案", {}, {"诉求": grievance.number})
    return row


@transaction.atomic
def leave_behind(*, session, grievance, by, now) -> None:
    """Take a matter off a day's list; one that is not on it changes nothing.

    Raises:
        NotAllowed: neither the lead nor the office, or a day that is not ahead.
    """
    session = _ahead(session, by, now)
    rows = TakenAlong.objects.visible_to(by).filter(session=session, grievance=grievance)
    if rows.exists():
        TakenAlong.objects.filter(session=session, grievance=grievance).delete()
        _touch(session)
        _note(session, grievance, by, "不再带案", {"诉求": grievance.number}, {})


def _ahead(session, by, now):
    """The day's row, locked, if this person arranges it and it was not held yet."""
    rows = LiaisonSession.objects.visible_to(by)
    if not rows.filter(pk=session.pk).exists() or not may_arrange(session, by, now):
        raise NotAllowed(f"带什么诉求由{session.team}的责任人或镇驻点办定，请联系他们。")
    session = claim(rows, session.pk, None)
    if session.status != LiaisonSession.Status.PLANNED:
        raise NotAllowed(f"这一天{session.get_status_display()}，带去的诉求不再增减。")
    return session


def _touch(session):
    """The list is part of the day: who saved it from an older page is told."""
    session.version += 1
    session.save(update_fields=["version"])


def _note(session, grievance, by, act, before, after):
    audit.record(
        by=by, action=act, subject=grievance, label=f"{session.village} {session.on}",
        before=before, after=after, township_id=session.township_id,
    )  # fmt: skip
