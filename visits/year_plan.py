"""The year plan (年度驻点安排): per village who sits when and where, with every date of the year. Pure."""

from dataclasses import dataclass, field

from liaison.excel import Column, Export

MOVED = "*"  # behind a day that a holiday has moved; explained below the table


@dataclass
class Line:
    """One arrangement of a village in a year: same team, hours and place; ``months`` holds its sessions, 12 lists."""

    village: object
    team: object = None
    plan: object = None
    hours: tuple = ()
    place: str = ""
    months: list = field(default_factory=lambda: [[] for _ in range(12)])

    @property
    def total(self) -> int:
        """Days (天) of the year."""
        return sum(map(len, self.months))

    @property
    def has_moved(self) -> bool:
        """Whether a holiday moved any."""
        return any(row.moved_from for month in self.months for row in month)

    def when(self) -> str:
        """「每周二 09:00–11:30」; the hours alone where the plan says others by now."""
        if not self.hours:
            return ""
        start, end = self.hours
        if self.plan and (self.plan.starts_at, self.plan.ends_at) == self.hours:
            return self.plan.in_words()
        return f"{start:%H:%M}–{end:%H:%M}"

    def days(self) -> list[str]:
        """Twelve texts: 「6、13、24*」."""
        return [
            "、".join(f"{row.on.day}{MOVED if row.moved_from else ''}" for row in month)
            for month in self.months
        ]


def lines_of(villages, sessions) -> list[Line]:
    """The lines in the order of the villages, other villages' days left out; one without a day has an empty line.

    Args:
        sessions: of one year, called-off ones left out, in order of date, with team and plan.
    """
    found = {village.pk: {} for village in villages}
    for row in sessions:
        if row.village_id not in found:
            continue
        key = (row.team_id, row.plan_id, row.starts_at, row.ends_at, row.place)
        lines = found[row.village_id]
        if key not in lines:
            hours = (row.starts_at, row.ends_at)
            lines[key] = Line(row.village, row.team, row.plan, hours, row.place)
        lines[key].months[row.on.month - 1].append(row)
    return [line for village in villages for line in found[village.pk].values() or [Line(village)]]


def _days_of(month):
    return lambda line: line.days()[month]


class YearPlanExport(Export):
    """年度驻点安排表; its rows are Lines."""

    title = "年度驻点安排表"
    columns = (
        Column("村(社区)", "village.name", 14),
        Column("团队", "team.name", 20),
        Column("驻点时间", "when", 22),
        Column("地点", "place", 20),
        *(Column(f"{month + 1}月", _days_of(month), 12) for month in range(12)),
        Column("全年天数", "total", 8, "number"),
    )

    def notes(self):
        """What the sign means."""
        return [f"日期后有“{MOVED}”的，因遇节假日由原定日期调整而来。"]
