"""说明进展: somebody met the villager and told him where his matter stands; its state stays."""

from django.db import transaction

from grievances.models import Grievance
from liaison.errors import NotAllowed

from ._move import Move, check_day, claimed

PERMISSION = "visits.log"


@transaction.atomic
def explain(*, grievance, by, on, now, words="", version=None) -> Grievance:
    """Write a line of history: told on a day how far it is, and what he said to that.

    Raises:
        Stale: somebody saved in between. NotAllowed: wrong hands, settled already (then it is 反馈), or a
            day that does not fit.
    """
    matter = claimed(grievance, by, version)
    if not by.has_perm(PERMISSION):
        raise NotAllowed("您的岗位不登记走访，请由驻点干部或镇驻点办填写。")
    if not matter.is_open:
        raise NotAllowed(
            f"诉求{matter.number}现在是“{matter.get_status_display()}”，请在台账里办理反馈。"
        )
    check_day(on, now, matter, "registered_on")
    matter.version += 1
    matter.save(update_fields=["version"])
    Move("explain", matter, by, on, now, words.strip()).write("说明进展", matter.status)
    return matter
