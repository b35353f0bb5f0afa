"""Columns of the sheets that leave: 回头看, 回访抽样 and its matters. No phones."""

from liaison.clock import local_date
from liaison.excel import Column, Export


class LookBackExport(Export):
    """回头看."""

    title = "回头看台账"
    file_word = "回头看"
    columns = (
        Column("回头看日期", "due_on", 12, "date"),
        Column("村(社区)", "grievance.village_name", 14),
        Column("编号", "grievance.number", 18),
        Column("诉求摘要", "grievance.summary", 30),
        Column("责任单位", "grievance.department.name", 12),
        Column("缘由", "get_why_display", 11),
        Column("办结日期", "grievance.settled_on", 12, "date"),
        Column("看的日期", "done_on", 12, "date"),
        Column("情况", "get_found_display", 9),
        Column("说明", "words", 30),
        Column("回头看的人", "by.display_name", 10),
    )


class LookBackDrawExport(Export):
    """抽查回头看, with what it takes to draw it again."""

    title = "抽查回头看一览表"
    file_word = "抽查回头看"
    columns = (
        Column("抽查月份", lambda row: f"{row.month:%Y-%m}", 10),
        Column("办结起", "starts_on", 12, "date"),
        Column("办结止", "ends_on", 12, "date"),
        Column("总体(件)", "population_count", 9, "number"),
        Column("抽取(件)", "size", 9, "number"),
        Column("已看(件)", "n_done", 9, "number"),
        Column("回头看日期", "due_on", 12, "date"),
        Column("随机种子", "seed", 20),
        Column("抽取规则", "rule", 18),
        Column("抽取人", "drawn_by.display_name", 10),
        Column("抽取日期", lambda row: local_date(row.drawn_at), 12, "date"),
        Column("再抽原因", "reason", 24),
    )


class SampleExport(Export):
    """回访抽样, with what it takes to draw it again."""

    title = "回访抽样一览表"
    file_word = "回访抽样"
    columns = (
        Column("办结起", "starts_on", 12, "date"),
        Column("办结止", "ends_on", 12, "date"),
        Column("范围", lambda row: row.team.name if row.team else "全部团队", 18),
        Column("总体(件)", "population_count", 9, "number"),
        Column("抽取(件)", "size", 9, "number"),
        Column("随机种子", "seed", 20),
        Column("抽取规则", "rule", 18),
        Column("抽取人", lambda row: row.drawn_by.display_name if row.drawn_by else "系统", 10),
        Column("抽取日期", lambda row: local_date(row.drawn_at), 12, "date"),
    )


class SampledExport(Export):
    """One sample's matters, who asks and what was said."""

    title = "抽样回访表"
    file_word = "抽样回访"
    columns = (
        Column("编号", "grievance.number", 18),
        Column("村(社区)", "grievance.village_name", 14),
        Column("反映人", "grievance.complainant", 10),
        Column("诉求摘要", "grievance.summary", 30),
        Column("责任单位", "grievance.department.name", 12),
        Column("办结日期", "grievance.settled_on", 12, "date"),
        Column("回访人", "given_to.display_name", 10),
        Column("进展", "get_state_display", 12),
        Column("群众评价", "follow_up.get_answer_display", 10),
        Column("回访日期", "follow_up.on", 12, "date"),
        Column("原话", "follow_up.verbatim", 36),
    )
