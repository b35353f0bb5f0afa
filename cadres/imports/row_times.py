"""When a row's team sits: the row's own cell, completed by the title above the table."""

from dataclasses import dataclass

from cadres.rhythm import Rhythm
from liaison.imports.text import cell_text, tidy, tidy_lines

from .times import HALF_DAYS, MORNING, NOON, read_holiday_rule, read_time, read_title


@dataclass(frozen=True)
class RowTime:
    """The time of one row. ``hours`` None: not said; the plan that stands may have them."""

    rhythm: Rhythm
    hours: tuple | None
    holiday_rule: str = ""
    make_up_weekday: int | None = None


def clock_words(start, end) -> str:
    """上午9:00-11:30, as a list would say it."""
    return f"{'上午' if start.hour < NOON else '下午'}{start:%H:%M}-{end:%H:%M}"


class RowTimes:
    """Reads the 驻点时间 of a table's rows."""

    def __init__(self, cells_of):
        self.cells_of, self.table = cells_of, cells_of.table
        rows = self.table.sheet.rows[: self.table.first_row]
        self.title = read_title([cell_text(text) for row in rows for text in row if tidy(text)])
        self.unsaid = not cells_of.has("time") and not self.title.rhythm
        self.above = ""

    def about_title(self):
        """What to say of hours with a break in the title: the plan spans it."""
        if len(self.title.spans) < 2:
            return ""
        parts = "、".join(f"{start:%H:%M}-{end:%H:%M}" for start, end in self.title.spans)
        start, end = self.title.hours
        return (
            f"标题里的联系时间分成几段（{parts}），驻点安排从头排到尾：{start:%H:%M}-{end:%H:%M}。"
        )

    def read(self, row, cells):
        """(RowTime or None, refusal or None, warnings, what was carried on)."""
        text, warnings, carried = self._text(row, cells)
        said = read_time(text)
        if said.wrong:
            return None, self._problem(row, "R-TIME", text, said.wrong), [], carried
        if not (said.rhythm or self.title.rhythm):
            if said.hours:
                wrong = "没有写星期几或几日"
                return None, self._problem(row, "R-TIME", text, wrong), [], carried
            if not self.unsaid:
                warnings.append(self._problem(row, "W-NO-TIME"))
            return None, None, warnings, carried
        if said.rhythm and self.title.rhythm and said.rhythm != self.title.rhythm:
            detail = self.title.rhythm.in_words()
            warnings.append(self._problem(row, "W-TIME-TITLE", text, detail))
        day = said if said.rhythm else self.title
        hours, more = self._hours(row, said, text)
        self._stand_alone(row, said, hours)
        cell = read_holiday_rule(self.cells_of.value(cells, "holiday"))
        own, above = ((each.holiday_rule, each.make_up_weekday) for each in (said, self.title))
        rule, weekday = next((each for each in (own, cell, above) if each[0]), ("", None))
        time = RowTime(day.rhythm, hours, rule, weekday)
        return time, None, warnings + more, carried

    def _problem(self, row, code, value="", detail=""):
        return self.cells_of.problem(row, "time", code, value, detail)

    def _text(self, row, cells):
        """The cell; an empty one takes the row above unless the title says the day."""
        text = tidy_lines(self.cells_of.value(cells, "time"))
        if text or self.title.rhythm or not self.above:
            self.above = text or self.above
            return text, [], {}
        warning = self._problem(row, "W-ABOVE", "", "驻点时间")
        return self.above, [warning], {"time": self.above}

    def _hours(self, row, said, text):
        """(hours or None, warnings): the cell's, the title's of that half day, an office's half day."""
        if said.hours:
            if len(said.spans) < 2:
                return said.hours, []
            detail = f"{said.hours[0]:%H:%M}-{said.hours[1]:%H:%M}"
            return said.hours, [self._problem(row, "W-TIME-PARTS", text, detail)]
        if not said.half:
            return self.title.hours, []
        morning = said.half == MORNING
        spans = [span for span in self.title.spans if (span[0].hour < NOON) == morning]
        if spans:
            return spans[0], []
        hours = HALF_DAYS[said.half]
        return hours, [self._problem(row, "W-TIME-HALF", text, clock_words(*hours))]

    def _stand_alone(self, row, said, hours):
        """Write the title's hours into the row, which may come back alone in a workbook of problem rows."""
        column = self.table.columns.get("time")
        if column is None or said.hours or not hours:
            return
        cells = list(self.table.sheet.rows[row - 1])
        cells += [""] * (column + 1 - len(cells))
        words = clock_words(*hours)
        cells[column] = f"{cells[column] or self.title.rhythm.in_words()} {words}"
        self.table.sheet.rows[row - 1] = cells
