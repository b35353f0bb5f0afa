"""Who may take a matter one step further. Verbs refuse by it, pages offer by it, so the two agree.

Three questions in order: the permission of the role, the transition table (models/states.py),
then the act's own guard: whose hands it is in, who may not judge his own work.
"""

from cadres.roles import Role

from . import secrecy
from .ladder import answers_there
from .models import FollowUp, Grievance, SampledMatter, Status
from .models.states import TRANSITIONS

# act -> the permission of the role table it needs
PERMISSIONS = {
    "accept": "grievances.accept",
    "decline": "grievances.accept",
    "readmit": "grievances.readmit",
    "assign": "grievances.assign",
    "take_in_hand": "grievances.settle",
    "return_": "grievances.settle",
    "transfer": "grievances.assign",
    "forward": "grievances.assign",
    "take_back": "grievances.assign",
    "escalate": "grievances.escalate",
    "send_down": "grievances.decide",
    "call_up": "grievances.call_up",
    "suspend": "grievances.suspend",
    "resume": "grievances.settle",
    "assist": "grievances.settle",
    "report_assist": "grievances.settle",
    "settle": "grievances.settle",
    "settle_on_the_spot": "grievances.settle",
    "answer": "grievances.answer",
    "verify": "grievances.follow_up",
    "check": "grievances.follow_up",
    "close_out": "grievances.close_out",
    "reopen": "grievances.reopen",
    "tell_joined": "grievances.answer",
    "tell_merged": "grievances.answer",
    "separate": "grievances.assign",
    "merge": "grievances.assign",
    "link_repeat": "grievances.register",
    "unlink_repeat": "grievances.register",
    "mark": "grievances.assign",
}
OFFICE = "grievances.assign"
# What takes a matter to more people than know of it: not done with a confidential one
AMONG_MANY = (
    "transfer", "forward", "take_back", "escalate", "send_down", "call_up", "assist", "report_assist",
    "tell_joined", "tell_merged", "separate", "merge", "link_repeat", "unlink_repeat",
)  # fmt: skip
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
        if act in AMONG_MANY:
            return f"涉密事项只在专办人和承办人之间办理，不办“{name}”。"
    elif not by.has_perm(PERMISSIONS[act]):
        return f"您的岗位不办理“{name}”，请联系镇驻点办。"
    if grievance.status not in starts:
        return f"这件诉求现在是“{grievance.get_status_display()}”，不能“{name}”，请刷新页面查看最新情况。"
    if grievance.village_id is None:
        return f"原台账写的村在本镇查不到，请镇驻点办先核定所在村，再办理“{name}”。"
    if act != "report_assist" and not grievance.is_confidential and _only_assists(grievance, by):
        return "您单位是协办单位，请填写协办回复；其余由承办单位办理。"
    guard = _GUARDS.get(act)
    return guard(grievance, by) if guard else ""


def allowed_acts(grievance: Grievance, by) -> list[str]:
    """Acts open to this user now, in the order of the transition table."""
    return [act for act in TRANSITIONS if not refusal(act, grievance, by)]


def _only_assists(grievance, by) -> bool:
    """A handler of another unit sees a matter only because his unit lends a hand."""
    elsewhere = by.roles & {Role.OFFICE, Role.CADRE, Role.LEADER, Role.SUPERVISOR}
    return not elsewhere and grievance.department_id not in by.department_ids()


def _in_whose_hands(grievance, by) -> str:
    """With a unit, its own people act, or the office on their behalf; with none, the village's team."""
    own = by.department_ids() if grievance.department_id else {None}
    in_hand = grievance.department_id in own
    if in_hand or grievance.is_confidential or by.has_perm(OFFICE):
        return ""
    return f"这件诉求由{grievance.department}承办，请由承办单位办理。"


def _may_transfer(grievance, by) -> str:
    return "" if grievance.department_id else "还没有承办单位，请直接交办。"


def _may_settle(grievance, by) -> str:
    if grievance.status == Status.FORWARDED and not by.has_perm(OFFICE):
        return f"这件诉求已转送{grievance.forwarded_to}，由镇驻点办跟踪办结。"
    return _in_whose_hands(grievance, by)


def _may_escalate(grievance, by) -> str:
    """The unit that has it, from a rung who answers there; the office for either; never past the top."""
    up_there = grievance.status == Status.ESCALATED
    if sentence := _at_the_rung(grievance, by) if up_there else _in_whose_hands(grievance, by):
        return sentence
    if grievance.rung_above is None:
        return "已经在最高一级，不能再往上呈报。"
    return ""


def _at_the_rung(grievance, by) -> str:
    if by.has_perm(OFFICE) or answers_there(by, grievance):
        return ""
    return f"这件诉求已呈报到“{grievance.rung}”，请由该层级负责人或镇驻点办办理。"


def _may_report(grievance, by) -> str:
    units = {row.department_id for row in grievance.assists.all() if row.done_on is None}
    if not units:
        return "没有等待回复的协办。"
    if units & by.department_ids() or by.has_perm(OFFICE):
        return ""
    return "请由协办单位回复。"


def _may_tell_joined(grievance, by) -> str:
    """Once, and while there is nothing more to say: who hears the end hears of the merging with it."""
    if grievance.told_joined_on or grievance.told_merged_on:
        return f"已于{grievance.told_joined_on or grievance.told_merged_on}告知反映人。"
    main = grievance.merged_into
    if main is None:
        return "原台账没有写明并入哪一件，不用告知。"
    return f"{main}已经反馈，请直接告知办理结果。" if main.is_answered else ""


def _may_tell(grievance, by) -> str:
    if grievance.told_merged_on:
        return f"已于{grievance.told_merged_on}告知反映人。"
    main = grievance.merged_into
    if main is None or not main.is_answered:
        return f"{main or '主件'}还没有反馈，有了结果再告知反映人。"
    return ""


def _may_separate(grievance, by) -> str:
    if grievance.told_merged_on:
        return "已经告知反映人，不能取消并案；有新情况的请另行登记。"
    return ""


def _may_close_out(grievance, by) -> str:
    untold = grievance.merged.filter(told_merged_on=None).count()
    return f"还有{untold}件并入的诉求没有告知反映人，告知后再销号。" if untold else ""


def _may_link(grievance, by) -> str:
    if grievance.repeat_of_id:
        return f"已经标为{grievance.repeat_of}的重复反映。"
    return ""


def _may_unlink(grievance, by) -> str:
    return "" if grievance.repeat_of_id else "没有标为重复反映。"


def _may_assign(grievance, by) -> str:
    if grievance.status == Status.IN_HAND and grievance.department_id:
        return f"{grievance.department}正在办理，如需改派请先与承办单位联系。"
    return ""


def _may_verify(grievance, by) -> str:
    """Asked by somebody who neither handled nor settled it and is not of the handling unit."""
    asked = grievance.satisfaction not in ("", FollowUp.Answer.UNREACHED)
    if grievance.status != Status.ANSWERED and asked:
        return "已经回访过了；群众有新的意见请重办。"
    if grievance.status == Status.CLOSED_OUT and not _is_drawn(grievance):
        return "这件诉求已经销号，没有抽中回访；群众有新的意见请重办。"
    if had_a_hand_in(grievance, by):
        return "承办的人和承办单位不能回访自己办的事，请由其他同志回访。"
    return ""


def _may_check(grievance, by) -> str:
    """Checked by somebody who may ask, too; whoever was drawn is asked, not checked."""
    if had_a_hand_in(grievance, by):
        return "承办的人和承办单位不能核查自己办的事，请由其他同志核查。"
    if _is_drawn(grievance):
        return "这件诉求已抽中回访，请先回访反映人，不用核查代替。"
    return ""


def had_a_hand_in(grievance, by) -> bool:
    """Handled, settled or assisted it, or is of a unit that did: he judges neither by asking nor by looking."""
    # Of a confidential matter few know: there it is another person who asks, of whatever unit.
    units = set() if grievance.is_confidential else by.department_ids()
    if grievance.department_id in units:
        return True
    if units and grievance.assists.filter(department__in=units).exists():
        return True
    if by.pk in (grievance.handler_id, grievance.settled_by_id):
        return True
    return grievance.steps.filter(by=by, act__in=HANDLING).exists()


def _is_drawn(grievance) -> bool:
    """Waits in a follow-up sample to be asked about."""
    return SampledMatter.objects.filter(grievance=grievance, state="waiting").exists()


_GUARDS = {
    "assign": _may_assign,
    "transfer": _may_transfer,
    "take_in_hand": _in_whose_hands,
    "return_": _in_whose_hands,
    "escalate": _may_escalate,
    "send_down": _at_the_rung,
    "resume": _in_whose_hands,
    "assist": _in_whose_hands,
    "report_assist": _may_report,
    "settle": _may_settle,
    "verify": _may_verify,
    "close_out": _may_close_out,
    "tell_joined": _may_tell_joined,
    "tell_merged": _may_tell,
    "separate": _may_separate,
    "link_repeat": _may_link,
    "unlink_repeat": _may_unlink,
    "check": _may_check,
}
