"""What a paper of a matter says: every field from the rows as they are saved, and nothing typed twice."""

from django.utils import timezone

from grievances.exports import ANSWERS
from liaison.dates import in_chinese
from liaison.documents.layout import TITLE, Paper
from liaison.masking import mask_in_words

from . import kinds
from .offered import Sheet, answers_to

INDENT = "　　"
NO_NUMBER = "（未编号）"


def paper_of(matter, sheet: Sheet, user, now) -> Paper:
    """One paper filled in.

    Args:
        matter: with the rows it names; its steps are read here.
        user: who prints it. now: when.
    """
    steps = list(matter.steps.order_by("pk"))
    context = {
        TITLE: f"{matter.township}{sheet.kind.title}",
        **_matter(matter),
        **_ending(matter),
        **_step(sheet.step, steps),
        **dict.fromkeys(
            kinds.OPINIONS.values(), mask_in_words(sheet.step.words if sheet.step else "")
        ),
        **_letter(matter, sheet),
        **_paper(sheet, user, now),
        "签发单位": f"{matter.township}驻点联系群众办公室",
        "办理过程": [_line(step) for step in steps],
    }
    # It names the file and stands in the trail, where the number of a confidential matter does not belong
    when = "涉密事项" if matter.is_confidential else matter.number
    return Paper(kind=sheet.kind, context=context, place=(str(matter.township),), when=when)


def _day(on) -> str:
    return f"{on:%Y-%m-%d}" if on else ""


def _due(matter):
    if matter.due_on is None:
        return "工作日历未发布" if matter.policy_id else matter.due_words
    unit = matter.get_due_unit_display().removeprefix("个")
    return f"{_day(matter.due_on)}({unit})" if unit else _day(matter.due_on)


def _matter(matter) -> dict:
    return {
        "乡镇": str(matter.township),
        "编号": matter.number,
        "登记日期": _day(matter.registered_on),
        "村": matter.village_name,
        "反映人": mask_in_words(matter.complainant) or "未留名",
        "联系电话": matter.masked_phone,
        "人数": str(matter.persons),
        "性质": matter.get_kind_display(),
        "类别": str(matter.category),
        "来源": str(matter.source),
        "诉求摘要": mask_in_words(matter.summary),
        "详情": mask_in_words(matter.detail),
        "承办单位": str(matter.department or matter.handler_words),
        "承办人": str(matter.handler or ""),
        "协办单位": _assisting(matter),
        "办理时限": _due(matter),
        "状态": matter.get_status_display(),
    }


def _assisting(matter) -> str:
    """「水利站、司法所」, each once, however often it was asked."""
    rows = matter.assists.select_related("department")
    return "、".join(dict.fromkeys(str(row.department) for row in rows))


def _ending(matter) -> dict:
    reason = matter.decline_reason
    return {
        "办结日期": _day(matter.settled_on),
        "办结类型": matter.get_settlement_display(),
        "办结方式": str(matter.method or ""),
        "办理结果": mask_in_words(matter.result),
        "反馈日期": _day(matter.answered_on),
        "反馈方式": matter.get_answer_mode_display(),
        "回访日期": _day(matter.verified_on),
        "群众评价": ANSWERS.get(matter.satisfaction, ""),
        "销号日期": _day(matter.closed_out_on),
        "不予受理原因": reason.name if reason else "",
        "告知去向": reason.go_to if reason else "",
    }


def _step(step, steps) -> dict:
    if step is None:
        return dict.fromkeys(("经办意见", "经办人", "经办岗位", "经办日期", "审批意见"), "")
    answers = [
        f"{_said(each)}（{each.by_name} {_day(each.on)}）" for each in answers_to(step, steps)
    ]
    return {
        "经办意见": mask_in_words(step.words),
        "经办人": step.by_name,
        "经办岗位": step.by_post,
        "经办日期": _day(step.on),
        "审批意见": "\n".join(answers),
    }


def _said(step):
    return "：".join(filter(None, (step.act_name, mask_in_words(step.words))))


def _letter(matter, sheet) -> dict:
    said = f"您于{in_chinese(matter.registered_on)}反映的“{mask_in_words(matter.summary)}”"
    opening = f"{said}（编号{matter.number}）收悉。"
    body = ""
    if sheet.kind is kinds.DECLINED:
        body = f"{opening}经审核，{_why(matter)}，不予受理。{_go_to(matter)}特此告知。"
    elif sheet.kind is kinds.REPLY:
        unit = f"经{matter.department}办理，" if matter.department else "经办理，"
        body = f"{opening}{unit}现答复如下：\n{_result(matter)}\n如对答复有疑问，请到村(社区)或镇驻点办反映。"
    call = f"{mask_in_words(matter.complainant) or '反映人'}："
    # The first line is set in by the template, the others by letters: they are lines of one paragraph
    return {"称呼": call, "正文": f"\n{INDENT}".join(body.splitlines())}


def _why(matter):
    return f"该事项因“{matter.decline_reason}”" if matter.decline_reason else "该事项"


def _go_to(matter):
    where = matter.decline_reason.go_to if matter.decline_reason else ""
    return f"{where.rstrip('。')}。" if where else ""


def _result(matter):
    how = "，".join(filter(None, (matter.get_settlement_display(), str(matter.method or ""))))
    return mask_in_words(matter.result) or f"该事项已办结（{how}）。"


def _paper(sheet, user, now) -> dict:
    issued, at = sheet.issued, timezone.localtime(now)
    return {
        "文号": issued.number if issued else NO_NUMBER if sheet.is_numbered else "",
        "文号年份": str(issued.year) if issued else "",
        "文号顺序": str(issued.serial) if issued else "",
        "签发日期": in_chinese(issued.issued_on if issued else at.date()),
        "制表人": user.display_name,
        "制表时间": f"{at:%Y-%m-%d %H:%M}",
    }


def _line(step) -> dict:
    return {
        "日期": _day(step.on),
        "环节": step.act_name,
        "经办": step.by_name,
        "说明": mask_in_words(step.words),
    }
