"""What the verbs share: whose row, saved how, told where."""

from liaison import audit
from liaison.errors import NotAllowed
from visits.models import LiaisonSession


def mine(model, row, by):
    """The rows of the person's territory, if this one is among them."""
    rows = model.objects.visible_to(by)
    if not rows.filter(pk=row.pk).exists():
        raise NotAllowed("这条记录不在您负责的村，请核对后再填。")
    return rows


def save(row, *fields):
    """Write these fields and count the version up."""
    row.version += 1
    row.save(update_fields=[*fields, "version"])


def note(row, by, act, before, after):
    """A line of the trail, named by village and day."""
    label = f"{row.village} {row.on}" if isinstance(row, LiaisonSession) else f"{row.village} {row}"
    audit.record(
        by=by,
        action=act,
        subject=row,
        label=label,
        before=before,
        after=after,
        township_id=row.township_id,
    )


def check_hours(session):
    """A day ends after it begins.

    Raises:
        NotAllowed: it does not.
    """
    if session.ends_at <= session.starts_at:
        raise NotAllowed("结束时间要晚于开始时间，请改正。")
