"""Columns of the sheet of 驻点安排."""

from liaison.excel import Column, Export


class PlanExport(Export):
    """驻点安排."""

    title = "驻点安排一览表"
    file_word = "驻点安排"
    columns = (
        Column("村(社区)", "village.name", 14),
        Column("团队", "team.name", 24),
        Column("时间", "in_words", 30),
        Column("地点", "place", 24),
        Column("遇节假日", "get_holiday_rule_display", 16),
        Column("生效日期", "valid_from", 12, "date"),
        Column("截止日期", "valid_to", 12, "date"),
    )
