"""承办人交接: a matter in hand goes on to another of the unit, or back to the unit; its state stays."""

from cadres.models import Holding
from cadres.roles import Role
from grievances.models import Grievance

from ._move import Move


def handles_at(user, department, on) -> bool:
    """Whether somebody handles matters at a unit on a day."""
    posts = {"post__department": department, "post__role": Role.HANDLER}
    return user.is_active and Holding.objects.current(on).filter(user=user, **posts).exists()


def pass_on(matter, *, to, by, on, now) -> Grievance:
    """Name another handler, or none, in a line of history of its own; nobody is told here.

    Called with the matter locked, from a handover (cadres.actions.hand_over_post), whose right to do it
    was asked there.
    """
    was, matter.handler = matter.handler, to
    matter.version += 1
    matter.save(update_fields=["handler", "version"])
    words = f"承办人由{was}改为{to}" if to else f"{was}已离任，由{matter.department}另行安排承办人"
    told = {"承办人": str(to or "")}
    Move("pass_on", matter, by, on, now, words, told).write("交接", matter.status)
    return matter
