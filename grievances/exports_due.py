"""Sheets about time and risk: 延期登记, 排查化解台账, what redating would move."""

from liaison.excel import Column, Export

from .exports import CATEGORY, KIND, NUMBER, PERSONS, REGISTERED, STATUS, SUMMARY, UNIT


def resolution(matter) -> str:
    """未化解, 已化解 or 已销号."""
    if matter.closed_out_on and matter.status == "closed_out":
        return "已销号"
    return "已化解" if matter.is_settled else "未化解"


class ExtensionExport(Export):
    """延期登记."""

    title = "延期登记表"
    file_word = "延期登记"
    columns = (
        Column("编号", "grievance.number", 18),
        Column("村(社区)", "grievance.village_name", 14),
        Column("诉求摘要", "grievance.summary", 30),
        Column("申请日期", "asked_on", 12, "date"),
        Column("申请人", "asked_by_name", 10),
        Column("申请延长", "amount", 9, "number"),
        Column("批准延长", "granted", 9, "number"),
        Column("单位", "get_unit_display", 10),
        Column("延期理由", "reason", 30),
        Column("原应办结日", "due_on_before", 12, "date"),
        Column("延至", "due_on_after", 12, "date"),
        Column("状态", "get_state_display", 9),
        Column("审批人", "decided_by_name", 10),
        Column("审批日期", "decided_on", 12, "date"),
        Column("审批意见", "decision", 24),
        Column("告知日期", "told_on", 12, "date"),
        Column("告知方式", "get_told_mode_display", 9),
    )


class RiskExport(Export):
    """矛盾纠纷排查化解台账."""

    title = "矛盾纠纷排查化解台账"
    file_word = "排查化解台账"
    columns = (
        NUMBER,
        REGISTERED,
        Column("村(社区)", "village_name", 14),
        KIND,
        CATEGORY,
        SUMMARY,
        PERSONS,
        Column("预警级别", lambda row: row.get_alert_level_display() if row.alert else "", 10),
        Column("预警日期", lambda row: row.alert_since if row.alert else None, 12, "date"),
        UNIT,
        Column("责任人", "handler.display_name", 10),
        STATUS,
        Column("化解情况", resolution, 10),
        Column("化解日期", "settled_on", 12, "date"),
        Column("化解结果", "result", 28),
        Column("销号日期", "closed_out_on", 12, "date"),
    )


class RedatingExport(Export):
    """重算在办件时限: as the preview shows it."""

    title = "在办件时限重算清单"
    file_word = "时限重算清单"
    columns = (
        Column("编号", "matter.number", 18),
        Column("登记日期", "matter.registered_on", 12, "date"),
        Column("村(社区)", "matter.village_name", 14),
        Column("诉求摘要", "matter.summary", 30),
        Column("原应办结日", "matter.due_on", 12, "date"),
        Column("改为", "due.due_on", 12, "date"),
        Column("原因", "why", 44),
    )


class BandExport(Export):
    """预警标准."""

    title = "预警标准"
    file_word = "预警标准"
    columns = (
        Column("适用", lambda band: str(band.township or "通用"), 12),
        Column("按什么", "get_by_display", 14),
        Column("达到", "condition", 24),
        Column("建议级别", "get_level_display", 12),
        Column("在用", lambda band: "在用" if band.is_active else "停用", 8),
    )
