"""Who may ask for more time, who decides, who tells: verbs refuse by it and pages offer by it.

An extension is asked before the due day has passed: what is late already is late, and the ladder knows
of it. The asker never decides; a leader may decide what the office may. Of a confidential matter another of
its readers decides.
"""

from cadres.roles import Role
from liaison.clock import local_date

from . import secrecy
from .models import Extension

ASK, DECIDE, TELL = "grievances.settle", "grievances.extend", "grievances.answer"
ON_BEHALF = "grievances.assign"  # the office may ask for a unit
# who approves, as the policy row says -> roles that may
APPROVING = {Role.OFFICE: {Role.OFFICE, Role.LEADER}, Role.LEADER: {Role.LEADER}}
State = Extension.State


def asking_refused(matter, by, on, now) -> str:
    """Why this user may not ask for more time on a day; "" when he may."""
    if sentence := _kept_from(matter, by):
        return sentence
    if not (matter.is_confidential or by.has_perm(ASK)):
        return "您的岗位不申请延期，请联系承办单位或镇驻点办。"
    if not matter.is_open or matter.is_suspended:
        return _stands_still(matter)
    if matter.policy is None or matter.due_at is None:
        return "这件诉求还没有定出办理时限，不用延期。"
    if not (matter.is_confidential or _has_it(matter, by)):
        return f"这件诉求由{matter.department}承办，请由承办单位申请延期。"
    if matter.policy.extend_by == 0:
        return f"按“{matter.policy.name}”的规定不能延期；确有困难的，请向镇驻点办呈报。"
    if matter.due_unit != matter.policy.unit:
        return "办理时限的单位已改动，请镇驻点办先重算在办件时限。"
    if on > matter.due_on or (matter.is_overdue(now) and on == local_date(now)):
        return "已过办理时限，不能再申请延期；请尽快办结，或向镇驻点办呈报。"
    if any(row.state == State.ASKED for row in matter.extensions.all()):
        return "这件诉求已有一份延期申请待批，请等批复或先撤回。"
    return ""


def _stands_still(matter) -> str:
    if matter.is_suspended:
        return "挂起期间不计办理时限，不用延期；解挂以后时间不够的再申请。"
    return f"这件诉求现在是“{matter.get_status_display()}”，不用延期。"


def _kept_from(matter, by) -> str:
    """Of a confidential matter its row counts, not the role; any other reader who works on it decides."""
    if not matter.is_confidential or secrecy.may_act(by, matter):
        return ""
    return "涉密事项由专办人和承办人办理，您不用操作。"


def _has_it(matter, by) -> bool:
    return matter.department_id in (None, *by.department_ids()) or by.has_perm(ON_BEHALF)


def deciding_refused(extension, by) -> str:
    """Why this user may not decide; "" when he may."""
    if extension.state != State.ASKED:
        return f"这份申请{extension.get_state_display()}，不用再批。"
    if not extension.grievance.is_open:
        return "这件诉求已经办结，不用再批延期。"
    if extension.asked_by_id == by.pk:
        return "本人申请的延期由其他同志审批。"
    if extension.round != extension.grievance.reopened_count:
        return "这份申请是重办以前的，请承办人重新申请。"
    if extension.grievance.is_confidential:
        return _kept_from(extension.grievance, by)
    if by.has_perm(DECIDE) and APPROVING[extension.approver] & set(by.roles):
        return ""
    return f"这份延期由{extension.get_approver_display()}审批，请联系他们。"


def withdrawing_refused(extension, by) -> str:
    """Why this user may not withdraw it; "" when he may."""
    if extension.state != State.ASKED:
        return f"这份申请{extension.get_state_display()}，不能撤回。"
    own = extension.asked_by_id == by.pk
    if extension.grievance.is_confidential:
        return "" if own else "只有申请人可以撤回延期申请。"
    if by.has_perm(ASK) and (own or by.has_perm(ON_BEHALF)):
        return ""
    return "只有申请人或镇驻点办可以撤回延期申请。"


def telling_refused(extension, by) -> str:
    """Why this user may not note that the villager was told; "" when he may."""
    matter = extension.grievance
    if sentence := _kept_from(matter, by):
        return sentence
    if not (matter.is_confidential or by.has_perm(TELL)):
        return "您的岗位不登记告知，请告诉驻点干部。"
    if extension.state != State.APPROVED:
        return "没有批准的延期，不用告知。"
    return "已经告知过了。" if extension.told_on else ""
