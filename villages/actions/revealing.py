"""A look at plain numbers, for a reason that is kept."""

from django.db import transaction

from liaison import audit
from liaison.errors import NotAllowed
from liaison.excel import without_long_numbers

from .checks import require_resident

REVEAL = "villages.reveal"
REVEALED = {"id_number": "身份证号", "phones": "联系电话"}


@transaction.atomic
def reveal(*, resident, by, field, reason) -> str:
    """The plain ID number or phones of a resident, with one line in the trail that they were shown.

    Args:
        field: "id_number" or "phones".
        reason: why, in the office's words; a number in it is masked before it is kept.
    Raises:
        NotAllowed: not his work, not his village, no such field.
    """
    require_resident(by, resident, REVEAL)
    if field not in REVEALED:
        raise NotAllowed("只能查看身份证号或联系电话。")
    audit.record(
        by=by,
        action=f"查看{REVEALED[field]}",
        subject=resident,
        after={"事由": without_long_numbers(reason)},
        township_id=resident.township_id,
    )
    return getattr(resident, field)
