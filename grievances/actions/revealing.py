"""Seeing a phone in plain is an act too."""

from django.db import transaction

from liaison import audit
from liaison.errors import NotAllowed
from liaison.excel import without_long_numbers


@transaction.atomic
def note_reveal(*, grievance, by, reason) -> None:
    """Write down that somebody saw a complainant's phone, and why; NotAllowed without a reason."""
    if not reason.strip():
        raise NotAllowed("请写明查看电话的原因。")
    audit.record(
        by=by,
        action="查看联系电话",
        subject=grievance,
        after={"原因": without_long_numbers(reason)},
        township_id=grievance.township_id,
    )
