"""Columns of the sheets that leave: the ledger in the county's layout, in three profiles, and follow-ups.

The common core of eight paper ledgers; 措施流水 is 日期 措施 部门, a line each. 内部 prints all, 上报
what the county's form asks with the phone masked, 公示 names and phones masked and no free text.
"""

import re

from cadres.exports import in_chunks
from liaison.excel import Column, Export
from liaison.masking import hide_numbers
from liaison.personal import mask_name

from .models import FollowUp
from .reported import hang_answers

ANSWERS = dict(FollowUp.Answer.choices)
# What is done to the handling unit's work, not by it: the paper names who did it.
NOT_OF_THE_UNIT = (
    "accept", "decline", "readmit", "verify", "check", "close_out", "reopen", "transfer", "forward", "take_back",
    "send_down", "call_up", "suspend", "merge", "carry_along", "separate", "tell_joined", "tell_merged", "link_repeat",
    "unlink_repeat", "mark", "rise", "supervise", "lift_supervision", "urge", "decide",
)  # fmt: skip
_LONG_NUMBER = re.compile(r"\d[\d\- ]{5,}[\dXx]")


def _serial():
    """A column that counts the rows of one sheet."""
    count = 0

    def number(row):
        nonlocal count
        count += 1
        return count

    return Column("序号", number, 6, "number")


def _due(row):
    """The due day with the unit it was counted in; why there is none."""
    if row.due_on is None:
        return "工作日历未发布" if row.policy_id else row.due_words
    unit = row.get_due_unit_display().removeprefix("个")
    return f"{row.due_on:%Y-%m-%d}({unit})" if unit else f"{row.due_on:%Y-%m-%d}"


def _doer(step):
    """The unit for what a unit does; the person for what is done to its work."""
    if step.department is None or step.act in NOT_OF_THE_UNIT:
        return step.by_name
    return step.department.name


def _course(row):
    """措施流水: day, act, who or which unit, words; a line each."""
    lines = (
        " ".join(
            part
            for part in (
                f"{step.on:%Y-%m-%d}",
                step.act_name,
                _doer(step),
                step.words,
            )
            if part
        )
        for step in row.steps.all()
    )
    return "\n".join(lines)


def _remark(row):
    """加急, 当场办结, 重办, 不予受理的原因, where it went; the number in an older ledger."""
    said = [
        f"原编号{row.source_number}" if row.source_number else "",
        "加急" if row.is_urgent else "",
        "当场办结" if row.on_the_spot else "",
        f"重办{row.reopened_count}次" if row.reopened_count else "",
        row.decline_reason.name if row.decline_reason else "",
        "历史遗留" if row.is_legacy else "",
        "重复反映" if row.repeat_of_id else "",
        f"转送{row.forwarded_to}" if row.forwarded_to else "",
        f"并入{row.merged_into.number}" if row.merged_into else "",
    ]
    return ";".join(part for part in said if part)


def _place(row):
    """村 and 组."""
    return f"{row.village}{row.household.group}" if row.household else row.village_name


def _unit(row):
    """The unit; of an older ledger, whom it names."""
    return row.department.name if row.department else row.handler_words


def _answer(row):
    return ANSWERS.get(row.satisfaction, "")


def _without_names(row):
    """The summary for a wall: the complainant's name masked, long numbers gone."""
    text = row.summary
    if len(row.complainant) > 1:
        text = text.replace(row.complainant, mask_name(row.complainant))
    return hide_numbers(_LONG_NUMBER.sub("****", text))


NUMBER = Column("编号", "number", 17)
REGISTERED = Column("登记日期", "registered_on", 11, "date")
SOURCE = Column("来源", "source.name", 11)
PERSONS = Column("人数", "persons", 6, "number")
COMPLAINANT = Column("反映人", "complainant", 10)
KIND = Column("性质", "get_kind_display", 9)
CATEGORY = Column("类别", "category.name", 14)
SUMMARY = Column("诉求摘要", "summary", 26)
UNIT = Column("责任单位", _unit, 12)
HANDLER = Column("责任人", "handler.display_name", 9)
DUE = Column("办理时限", _due, 14)
STATUS = Column("状态", "get_status_display", 9)
SETTLED = (
    Column("办结日期", "settled_on", 11, "date"),
    Column("办结类型", "get_settlement_display", 11),
    Column("办结方式", "method.name", 16),
)
ANSWERED = (
    Column("反馈日期", "answered_on", 11, "date"),
    Column("反馈方式", "get_answer_mode_display", 9),
    Column("群众评价", _answer, 10),
    Column("销号日期", "closed_out_on", 11, "date"),
)
REMARK = Column("备注", _remark, 14)


class LedgerExport(Export):
    """民情台账, 内部: everything, phones in plain; the trail says who took it."""

    title = "民情台账"
    file_word = "民情台账"
    facts = (
        NUMBER,
        REGISTERED,
        SOURCE,
        Column("村(社区)组", _place, 14),
        COMPLAINANT,
        Column("联系电话", "phone", 14),
        PERSONS,
        KIND,
        CATEGORY,
        SUMMARY,
        Column("详情", "detail", 28),
        UNIT,
        HANDLER,
        DUE,
        Column("措施流水", _course, 40),
        STATUS,
        *SETTLED,
        Column("办理结果", "result", 24),
        *ANSWERED,
        REMARK,
    )

    def __init__(self, *, queryset, **kwargs):
        joined = queryset.select_related(
            "village", "household__group", "category", "source", "department", "handler",
            "method", "decline_reason", "merged_into",
        )  # fmt: skip
        super().__init__(queryset=joined.prefetch_related("steps__department"), **kwargs)
        self.columns = (_serial(), *self.facts)


class ReportedLedgerExport(LedgerExport):
    """上报: the county's columns, the phone masked, no running notes."""

    file_word = "民情台账(上报)"
    facts = (
        NUMBER,
        REGISTERED,
        SOURCE,
        Column("村(社区)", "village_name", 12),
        COMPLAINANT,
        Column("联系电话", "masked_phone", 14),
        PERSONS,
        KIND,
        CATEGORY,
        SUMMARY,
        UNIT,
        HANDLER,
        DUE,
        STATUS,
        *SETTLED,
        *ANSWERED,
        REMARK,
    )


class PublicLedgerExport(LedgerExport):
    """公示: names masked, no phone, no 组, no free text."""

    file_word = "民情台账(公示)"
    facts = (
        NUMBER,
        REGISTERED,
        Column("村(社区)", "village_name", 12),
        Column("反映人", lambda row: mask_name(row.complainant), 10),
        CATEGORY,
        Column("诉求摘要", _without_names, 30),
        Column("责任单位", "department.name", 12),  # an older ledger's words name people
        DUE,
        STATUS,
        *SETTLED,
        Column("群众评价", _answer, 10),
    )


PROFILES = {
    "internal": LedgerExport,
    "report": ReportedLedgerExport,
    "public": PublicLedgerExport,
}


class FollowUpExport(Export):
    """回访记录."""

    title = "回访记录"
    file_word = "回访记录"
    columns = (
        Column("回访日期", "on", 12, "date"),
        Column("编号", "grievance.number", 18),
        Column("村(社区)", "village.name", 14),
        Column("诉求摘要", "grievance.summary", 30),
        Column("群众评价", "get_answer_display", 10),
        Column("回访方式", "get_mode_display", 10),
        Column("原话", "verbatim", 40),
        Column("回访人", "asked_by.display_name", 10),
        Column("录入时间", "entered_at", 18, "date"),
    )


class ReportedExport(Export):
    """我反映的诉求: as the page, for a village contact."""

    title = "我反映的诉求"
    file_word = "我反映的诉求"
    columns = (
        Column("编号", "number", 18),
        Column("反映日期", "registered_on", 12, "date"),
        Column("我说的", "own_words", 40),
        Column("状态", "get_status_display", 10),
        Column("答复", "answer_words", 40),
    )

    def rows(self):
        """Each chunk with its words and answers."""
        for chunk in in_chunks(super().rows()):
            yield from hang_answers(chunk, self.user)


class PolicyExport(Export):
    """办理时限一览表."""

    title = "办理时限一览表"
    file_word = "办理时限"
    columns = (
        Column("名称", "name", 20),
        Column("适用", lambda policy: str(policy.township or "通用"), 12),
        Column("类别", lambda policy: str(policy.category or "不限"), 20),
        Column("性质", lambda policy: policy.get_kind_display() or "不限", 10),
        Column("来源", lambda policy: str(policy.source or "不限"), 14),
        Column("层级", lambda policy: f"第{policy.level}级" if policy.level else "不限", 10),
        Column("加急", lambda policy: "加急件" if policy.urgent else "", 8),
        Column("时限", "amount", 8, "number"),
        Column("单位", "get_unit_display", 10),
        Column("起算", "get_start_display", 10),
        Column("提前提醒", "warn_before", 10, "number"),
        Column("延期上限", "extend_by", 10, "number"),
        Column("延期批准", "get_approver_display", 12),
        Column("依据", "basis", 30),
        Column("在用", lambda policy: "在用" if policy.is_active else "停用", 8),
    )
