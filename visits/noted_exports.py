"""Columns of the sheets that leave: proposals and needs."""

from liaison.excel import Column, Export


class ProposalExport(Export):
    """金点子."""

    title = "金点子一览表"
    file_word = "金点子"
    columns = (
        Column("编号", "number", 18),
        Column("提出日期", "proposed_on", 12, "date"),
        Column("村(社区)", "village.name", 14),
        Column("组", "household.group.name", 10),
        Column("提出人", "by_whom", 12),
        Column("金点子内容", "words", 44),
        Column("状态", "get_state_display", 10),
        Column("未采纳原因", "reason", 24),
        Column("答复", "answer", 30),
        Column("答复日期", "answered_on", 12, "date"),
        Column("登记人", "entered_by.display_name", 10),
    )


class NeedExport(Export):
    """需求线索."""

    title = "需求线索跟进表"
    file_word = "需求线索"
    columns = (
        Column("编号", "number", 18),
        Column("发现日期", "found_on", 12, "date"),
        Column("村(社区)", "village.name", 14),
        Column("组", "household.group.name", 10),
        Column("户编号", "household.number", 14),
        Column("当事人", "whose", 12),
        Column("可能符合(以核实为准)", "kind.name", 18),
        Column("情况说明", "words", 36),
        Column("状态", "in_words", 16),
        Column("下次跟进", lambda row: row.next_look_on if row.is_open else None, 12, "date"),
        Column("了结日期", "closed_on", 12, "date"),
        Column("登记人", "entered_by.display_name", 10),
    )
