"""重算在办件时限: the dates the office was shown, all of them or none."""

from django.db import transaction

from grievances import redating
from grievances.models import Grievance
from liaison import audit, clock
from liaison.errors import NotAllowed

from ._move import Move

PERMISSION = "grievances.policies"
CHANGED = "在您查看之后，名单或时限又有变化，请按刷新后的名单再确认一次。"


@transaction.atomic
def redate(*, by, now, seen) -> int:
    """Give every open matter of one's township that is on the preview its new date.

    Args:
        seen: the fingerprint of the preview that was shown.
    Returns:
        How many matters (件) moved.
    Raises:
        NotAllowed: not the office, or the preview is another by now.
    """
    if not by.has_perm(PERMISSION):
        raise NotAllowed("您的岗位不能重算办理时限。")
    rows = own_matters(by)
    list(rows.open().select_for_update(of=("self",)).order_by("pk").values_list("pk"))
    found = redating.preview(rows)
    if found.fingerprint != seen:
        raise NotAllowed(CHANGED)
    for each in found.moves:
        _move(each, by, now)
    if found.moves:
        after = {"件数": len(found.moves)}
        audit.record(
            by=by,
            action="重算在办件时限",
            subject=by.township,
            after=after,
            township_id=by.township_id,
        )
    return len(found.moves)


def own_matters(by):
    """What this person's office dates."""
    townships = by.village_scope(PERMISSION).townships
    return Grievance.objects.visible_to(by).filter(township__in=sorted(townships))


def _move(each, by, now):
    matter, was = each.matter, each.matter.due_on
    matter.policy, matter.policy_version = each.policy, each.policy.version
    matter.due_at, matter.due_on, matter.due_unit = (
        each.due.due_at,
        each.due.due_on,
        each.policy.unit,
    )
    matter.version += 1
    matter.save(
        update_fields=["policy", "policy_version", "due_at", "due_on", "due_unit", "version"]
    )
    words = f"应办结日由{was or '未定'}改为{matter.due_on}。{each.why}。"
    told = {"应办结日": str(matter.due_on), "依据": str(each.policy)}
    Move("redate", matter, by, clock.local_date(now), now, words, told).write(
        "重算时限", matter.status
    )
