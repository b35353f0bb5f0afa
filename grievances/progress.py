"""可以这样答复群众: what may be said to somebody who names his number. Pure; plain words; nobody else's data.

No name of a handler, no word of a step, no result in its own words: those may speak of others.
"""

from liaison.dates import in_chinese

from .models import Status
from .models.states import Settlement

# What an open state means to the villager; a state not named here is simply being handled.
STANDS = {
    Status.REGISTERED: "已经登记，等镇驻点办受理",
    Status.ACCEPTED: "已经受理，正在确定由哪个单位承办",
    Status.RETURNED: "正在重新确定由哪个单位承办",
    Status.FORWARDED: "已经转送有关单位办理",
    Status.ESCALATED: "已经呈报上一级协调",
    Status.SUSPENDED: "暂时挂起，等条件具备了接着办",
}
ENDED = {
    Settlement.SUBSTANTIVE: "已经办结，问题已处理",
    Settlement.INTERIM: "阶段性办结：已经安排了措施，还没有全部完成",
    Settlement.PROCEDURAL: "已经按程序办理并作出说明，不等于问题已全部解决",
}
UNITS = {"workday": "按工作日算", "calendar_day": "按自然日算", "hour": "按小时算"}


def due_words(matter) -> str:
    """「2026-11-24(按工作日算)」; empty without a date."""
    if matter.due_on is None:
        return ""
    unit = UNITS.get(matter.due_unit)
    return f"{matter.due_on}({unit})" if unit else f"{matter.due_on}"


def to_say(matter, now) -> list[str]:
    """Sentences in the order they are said.

    Args:
        now: the moment; a date that has passed is not told as if it lay ahead.
    """
    said = [f"您{in_chinese(matter.registered_on)}反映的“{matter.summary}”，编号{matter.number}。"]
    if matter.status == Status.DECLINED:
        return said + _declined(matter)
    if matter.status == Status.MERGED:
        return [*said, "这件事和内容相同的反映合并办理，有结果会一并告诉您。"]
    return said + (_settled(matter) if matter.is_settled else _open(matter, now))


def _declined(matter):
    reason = matter.decline_reason
    if reason is None:
        return ["这件事没有受理。"]
    return [f"这件事没有受理：{reason.name}。" + (f"{reason.go_to}。" if reason.go_to else "")]


def _open(matter, now):
    unit = matter.department
    handled = f"由{unit}办理" if unit else "正在办理"
    said = [f"现在{STANDS.get(matter.status, handled)}。"]
    if matter.is_on_book:
        said.append(f"这件事要办的时间较长，已经登记为长期办理，{matter.book_review_on}再看进展。")
    elif matter.is_overdue(now):
        promise = f"我们会催{unit}尽快给您答复" if unit else "我们会尽快安排办理，给您答复"
        said.append(f"原定{due_words(matter)}前办结，已经过了，抱歉；{promise}。")
    elif matter.due_on and not matter.is_suspended:
        said.append(f"应在{due_words(matter)}前办结，办好以后会告诉您。")
    if matter.is_promised:
        said.append(f"答应过您：{matter.promise_due_on}前{matter.promise or '给答复'}。")
    return said


def _settled(matter):
    kind = ENDED.get(matter.settlement, "已经办结")
    said = [f"这件事{kind}" + (f"(办结日期{matter.settled_on})。" if matter.settled_on else "。")]
    if matter.comes_back_on:
        said.append(f"约定{matter.comes_back_on}再来看一次。")
    if matter.answered_on:
        said.append(f"{matter.answered_on}已向您{matter.get_answer_mode_display()}反馈过结果。")
    else:
        said.append("结果还没有向您反馈，我们会请人把结果告诉您。")
    return [*said, "如果没有解决或者又出现了，请告诉我们，可以重新办理。"]
