"""加急 and 历史遗留: flags that say something of a matter; the due date follows only when asked to."""

from django.db import transaction

from grievances.models import Grievance
from liaison.errors import NotAllowed

from ._move import begin, require_words
from .dating import clock_start, set_deadline

FLAGS = {"is_urgent": "加急", "is_legacy": "历史遗留"}


@transaction.atomic
def mark(
    *, grievance, by, on, now, version, is_urgent, is_legacy, words, redate=False
) -> Grievance:
    """Set the flags of a matter, with a reason.

    Args:
        redate: count the time limit anew from the matter's start by the row that fits it now, past its
            rests; otherwise its date stands.
    """
    move = begin("mark", grievance=grievance, by=by, on=on, now=now, version=version)
    matter, reason = move.grievance, require_words(words, "请写明原因。")
    given = {"is_urgent": is_urgent, "is_legacy": is_legacy}
    changed = [
        f"{'标为' if given[name] else '不再'}{label}"
        for name, label in FLAGS.items()
        if getattr(matter, name) != given[name]
    ]
    if not changed:
        raise NotAllowed("两项标记都没有改动。")
    if redate and matter.is_suspended:
        raise NotAllowed("挂起期间不计时，请先解挂再重定办理时限。")
    matter.is_urgent, matter.is_legacy = is_urgent, is_legacy
    move.words = f"{'，'.join(changed)}。{reason}"
    if redate:
        was = matter.due_on
        move.words += f"。原应办结日{was or '未定'}，{set_deadline(matter, clock_start(matter))}"
    move.told = {"标记": "，".join(changed), "应办结日": str(matter.due_on or "未定")}
    return move.finish()
