"""督办台账 and 会议台账."""

from liaison.excel import Column, Export


class SupervisionExport(Export):
    """督办台账."""

    title = "督办台账"
    file_word = "督办台账"
    columns = (
        Column("督办日期", "asked_on", 12, "date"),
        Column("级别", "get_level_display", 8),
        Column("编号", "grievance.number", 18),
        Column("村(社区)", "grievance.village_name", 12),
        Column("诉求摘要", "grievance.summary", 26),
        Column("承办单位", lambda row: str(row.department or "镇驻点办"), 14),
        Column("督办人", "asked_by.display_name", 10),
        Column("督办意见", "words", 26),
        Column("回复期限", "reply_due_on", 12, "date"),
        Column("回复日期", "replied_on", 12, "date"),
        Column("回复人", "replied_by.display_name", 10),
        Column("回复内容", "reply_words", 30),
        Column("情况", "in_words", 10),
        Column("解除日期", "lifted_on", 12, "date"),
        Column("解除说明", "lift_words", 20),
    )


class MeetingExport(Export):
    """会议台账."""

    title = "会议台账"
    file_word = "会议台账"
    columns = (
        Column("会议日期", "on", 12, "date"),
        Column("会议类别", "get_kind_display", 14),
        Column("范围", "where", 14),
        Column("地点", "place", 20),
        Column("主持人", "chaired_by.display_name", 10),
        Column("记录人", "recorder.display_name", 10),
        Column("参加人数", "present", 10, "number"),
        Column("其他参加单位", "others", 24),
        Column("议题数", "subjects", 8, "number"),
        Column("议定数", "decisions", 8, "number"),
        Column("状态", "get_status_display", 10),
        Column("会议小结", "minutes", 40),
    )
