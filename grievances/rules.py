"""Who may take a matter one step further. Verbs refuse by it, pages offer by it, so the two agree.

Three questions in order: the permission of the role, the transition table (models/states.py),
then the act's own guard: whose hands it is in, who may not judge his own work.
"""

from . import secrecy
from .models import FollowUp, Grievance, Status
from .models.states import TRANSITIONS

# act -> the permission of the role table it needs
PERMISSIONS = {
    "accept": "grievances.accept",
    "decline": "grievances.accept",
    "assign": "grievances.assign",
    "take_in_hand": "grievances.settle",
    "return_": "grievances.settle",
    "settle": "grievances.settle",
    "settle_on_the_spot": "grievances.settle",
    "answer": "grievances.answer",
    "verify": "grievances.follow_up",
    "close_out": "grievances.close_out",
    "reopen": "grievances.reopen",
}
# Acts that make somebody a handler of the matter
HANDLING = ("take_in_hand", "settle", "settle_on_the_spot")


def refusal(act: str, grievance: Grievance, by) -> str:
    """Why this user may not do this act to a matter he sees; "" when he may.

    Returns:
        One Chinese sentence that says what to do instead.
    """
    name, starts, _ = TRANSITIONS[act]
    if grievance.is_confidential:
        if not secrecy.may_act(by, grievance):
            return "涉密事项由专办人和承办人办理，您不用操作。"
    elif not by.has_perm(PERMISSIONS[act]):
        return f"您的岗位不办理“{name}”，请联系镇驻点办。"
    if grievance.status not in starts:
        return f"这件诉求现在是“{grievance.get_status_display()}”，不能“{name}”，请刷新页面查看最新情况。"
    if grievance.village_id is None:
        return f"原台账写的村在本镇查不到，请镇驻点办先核定所在村，再办理“{name}”。"
    guard = _GUARDS.get(act)
    return guard(grievance, by) if guard else ""


def allowed_acts(grievance: Grievance, by) -> list[str]:
    """Acts open to this user now, in the order of the transition table."""
    return [act for act in TRANSITIONS if not refusal(act, grievance, by)]


def _in_whose_hands(grievance, by) -> str:
    """With a unit, its own people act, or the office on their behalf."""
    own = grievance.department_id is None or grievance.department_id in by.department_ids()
    if own or grievance.is_confidential or by.has_perm("grievances.assign"):
        return ""
    return f"这件诉求由{grievance.department}承办，请由承办单位办理。"


def _may_assign(grievance, by) -> str:
    if grievance.status == Status.IN_HAND and grievance.department_id:
        return f"{grievance.department}正在办理，如需改派请先与承办单位联系。"
    return ""


def _may_verify(grievance, by) -> str:
    """Asked by somebody who neither handled nor settled it and is not of the handling unit."""
    if grievance.status == Status.VERIFIED and grievance.satisfaction != FollowUp.Answer.UNREACHED:
        return "已经回访过了；群众有新的意见请重办。"
    # Of a confidential matter few know: there it is another person who asks, of whatever unit.
    own_unit = not grievance.is_confidential and grievance.department_id in by.department_ids()
    handled = by.pk in (grievance.handler_id, grievance.settled_by_id)
    if own_unit or handled or grievance.steps.filter(by=by, act__in=HANDLING).exists():
        return "承办的人和承办单位不能回访自己办的事，请由其他同志回访。"
    return ""


_GUARDS = {
    "assign": _may_assign,
    "take_in_hand": _in_whose_hands,
    "return_": _in_whose_hands,
    "settle": _in_whose_hands,
    "verify": _may_verify,
}
