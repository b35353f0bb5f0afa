"""Who may have a matter registered: who receives people, and a contact for what was said in his own household."""

from liaison.errors import NotAllowed
from villages.models import Household, Village

REGISTER, REPORT = "grievances.register", "grievances.report"


def check_may_register(by, village, household=None, visit=None) -> None:
    """Refuse somebody who may not register this matter.

    A village contact registers out of his own report alone (``visit``), of a household linked to him;
    the office takes it from there.

    Raises:
        NotAllowed: his post does not register, or not in that village.
    """
    if _reports_himself(by, household, visit):
        return
    if not by.has_perm(REGISTER):
        raise NotAllowed("您的岗位不登记诉求，请告诉驻点干部。")
    if not Village.objects.visible_to(by, REGISTER).filter(pk=village.pk).exists():
        raise NotAllowed("这个村不在您的工作范围内，请重新选择。")


def _reports_himself(by, household, visit) -> bool:
    own = visit is not None and visit.entered_by_id == by.pk and visit.session_id is None
    if not (own and household and visit.household_id == household.pk and by.has_perm(REPORT)):
        return False
    return Household.objects.visible_to(by, REPORT).filter(pk=household.pk).exists()
