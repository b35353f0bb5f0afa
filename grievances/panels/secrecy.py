"""Of a confidential matter: who may open it, whom it accuses, who looked; and the way to make one confidential."""

from grievances import secrecy
from grievances.actions.confiding import RAISE
from grievances.models import Grievance
from liaison.models import AuditEntry

from .panel import Panel

SHOWN = 30


class SecrecyPanel(Panel):
    """知情人, 被反映人, 查看记录."""

    template = "grievances/_secrecy.html"

    def say(self, matter, user, now):
        """Nothing of an ordinary matter."""
        if not matter.is_confidential:
            return None
        trail = AuditEntry.objects.filter(
            object_type=Grievance._meta.label, object_id=str(matter.pk)
        )
        rows = matter.readers.select_related("user", "post", "by").order_by("until", "pk")
        return {
            "ground": matter.get_confidential_ground_display(),
            "readers": rows,
            "accused": matter.accused.select_related("user", "household__group").order_by("pk"),
            "looks": trail.order_by("-id")[:SHOWN],
            "acts": secrecy.may_act(user, matter),
            "lowers": secrecy.is_holder(user, matter),
        }


class RaisePanel(Panel):
    """转为涉密, on an ordinary matter."""

    template = "grievances/_raise.html"

    def say(self, matter, user, now):
        """To who may do it."""
        return None if matter.is_confidential or not user.has_perm(RAISE) else {}
