"""Columns of the sheets that leave: liaison days, visits, coverage."""

from dataclasses import replace

from liaison.excel import Column, Export
from visits.models import Visit


def reached_word(period: str) -> str:
    """The head above 是/否: 本期走访 of a period, 走访过 of all time."""
    return "本期走访" if period else "走访过"


REACHED_HEAD = reached_word("")


def mode_word(mode) -> str:
    """入户走访 for "home"; empty for none."""
    return dict(Visit.Mode.choices).get(mode, "")


class SessionExport(Export):
    """驻点日."""

    title = "驻点日一览表"
    file_word = "驻点日"
    columns = (
        Column("日期", "on", 12, "date"),
        Column("村(社区)", "village.name", 14),
        Column("形式", "get_kind_display", 10),
        Column("补哪一天", "made_up_for.on", 12, "date"),
        Column("时间", lambda row: f"{row.starts_at:%H:%M}-{row.ends_at:%H:%M}", 14),
        Column("地点", "place", 20),
        Column("团队", "team.name", 22),
        Column("状态", "get_status_display", 10),
        Column("原因", "reason", 24),
    )


class NoticeExport(Export):
    """驻点公示: which days, and whether their notice hangs."""

    title = "驻点公示一览表"
    file_word = "驻点公示"
    columns = (
        *SessionExport.columns[:7],
        Column("公示", lambda row: "已张贴" if row.said else "待张贴", 10),
    )


class LeaveExport(Export):
    """驻点日请假."""

    title = "驻点日请假一览表"
    file_word = "驻点日请假"
    columns = (
        Column("驻点日期", "on", 12, "date"),
        Column("村(社区)", "session.village.name", 14),
        Column("岗位", "post_title", 16),
        Column("请假人", "person_name", 10),
        Column("请假类别", "get_kind_display", 10),
        Column("代班人", "stand_in_name", 10),
        Column("状态", "get_state_display", 10),
        Column("批准人", "decided_by.display_name", 10),
        Column("批复", "decision", 24),
    )


class VisitExport(Export):
    """走访接待记录."""

    title = "走访接待记录"
    file_word = "走访记录"
    columns = (
        Column("发生日期", "occurred_on", 12, "date"),
        Column("村(社区)", "village.name", 14),
        Column("组", "household.group.name", 10),
        Column("户编号", "household.number", 14),
        Column("户主", "household.head_name", 12),
        Column("来访人", "visitor", 12),
        Column("方式", "get_mode_display", 10),
        Column("人次", "persons", 8, "number"),
        Column("反映情况", "said", 40),
        Column("无诉求", lambda row: "是" if row.nothing_asked else "", 8),
        Column("登记人", "entered_by.display_name", 10),
        Column("录入时间", "entered_at", 18, "date"),
    )


class CoverageExport(Export):
    """走访情况: households in the list's order."""

    title = "各户走访情况表"
    file_word = "走访情况"
    columns = (
        Column("村(社区)", "village.name", 14),
        Column("片", "group.section.name", 10),
        Column("组", "group.name", 10),
        Column("户编号", "number", 14),
        Column("户主", "head_name", 12),
        Column("居住状态", "get_residence_display", 12),
        Column(REACHED_HEAD, lambda row: "是" if row.in_period else "否", 10),
        Column("最近走访", "last_reached_on", 12, "date"),
        Column("方式", lambda row: mode_word(row.last_reached_mode), 12),
    )

    def __init__(self, *, queryset, period=None, **kwargs):
        rows = queryset.select_related("village", "group__section")
        super().__init__(queryset=rows, period=period, **kwargs)
        self.columns = tuple(
            replace(column, head=reached_word(period)) if column.head == REACHED_HEAD else column
            for column in self.columns
        )
