"""重复反映: a matter is known as one that was brought before, however that one ended."""

from django.db import transaction

from grievances.models import Grievance
from grievances.models.states import APART
from liaison.errors import NotAllowed

from ._move import Move, another, begin, lock_together, require_words


@transaction.atomic
def link_repeat(*, grievance, by, on, now, version, earlier_number, words="") -> Grievance:
    """Say that a matter repeats an earlier one; it hangs on the first of them, and so do its own repeats.

    Args:
        earlier_number: 编号 of a matter registered before this one.
    """
    lock_together(grievance, earlier_number)
    move = begin("link_repeat", grievance=grievance, by=by, on=on, now=now, version=version)
    matter = move.grievance
    earlier = another(earlier_number, matter, by)
    if earlier.status in APART:
        raise NotAllowed(
            f"{earlier.number}是“{earlier.get_status_display()}”，请填写在办或已办结的诉求。"
        )
    first = earlier.repeat_of or earlier
    if _when(first) >= _when(matter):
        raise NotAllowed(f"{first.number}登记得不比本件早，请在后登记的那一件上标记。")
    matter.repeat_of = first
    parts = (f"与{first.number}是同一件事", words.strip())
    move.words = "。".join(part for part in parts if part)
    move.told = {"原诉求": first.number}
    for row in matter.repeats.select_for_update(of=("self",), no_key=True).order_by("pk"):
        row.repeat_of = first
        row.version += 1
        row.save(update_fields=["repeat_of", "version"])
        along = Move(
            "link_repeat", row, by, on, now, f"随{matter.number}改挂{first.number}", move.told
        )
        along.write("标为重复反映", row.status)
    return move.finish()


def _when(matter):
    return matter.registered_on, matter.pk


@transaction.atomic
def unlink_repeat(*, grievance, by, on, now, version, words) -> Grievance:
    """It is another matter after all, with a reason."""
    move = begin("unlink_repeat", grievance=grievance, by=by, on=on, now=now, version=version)
    reason, matter = require_words(words, "请写明取消的原因。"), move.grievance
    move.words = f"原标为{matter.repeat_of.number}的重复反映。{reason}"
    move.told = {"原诉求": matter.repeat_of.number}
    matter.repeat_of = None
    return move.finish()
