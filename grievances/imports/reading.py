"""One row of an older ledger -> one Matter, with whatever is wrong with it. Reads no database."""

from dataclasses import dataclass, field

from openpyxl.utils import get_column_letter

from liaison.imports.problems import Problem
from liaison.imports.text import cell_text, half_width, is_nothing, tidy, tidy_lines
from villages.roster.text import read_phones, same_name

from .codes import masked
from .days import EARLIEST, read_day
from .handling import read_handling
from .words import KEPT, KIND_OF, VOCABULARY, is_nobody, words_of

SUMMARY, NAME, NUMBER, PLACE, MOST_PERSONS = 60, 50, 40, 60, 9999


@dataclass
class Matter:
    """A matter as the file tells it. ``values``: attribute of Grievance -> value; ``village`` None is 村待核.

    ``id_number`` and ``phones`` find the resident; the ID number is not kept.
    """

    sheet: str
    row: int
    values: dict
    village: object = None
    phones: list = field(default_factory=list)
    id_number: str = ""
    nobody: bool = False  # 匿名, 群众, 某先生

    @property
    def number(self):
        """Its number in the file, ours or another ledger's."""
        return self.values["source_number"]

    @property
    def content_key(self):
        """Equal for the same matter of the same person on the same day."""
        said = self.values
        text = "".join((said["detail"] or said["summary"]).split())
        place = self.village.pk if self.village else said["village_words"]
        return said["registered_on"], place, said["complainant"], text


class Row:
    """The cells of one row by field, and the problems found in it."""

    def __init__(self, table, row, cells, *, on, date_1904):
        self.table, self.row, self.cells = table, row, cells
        self.on, self.date_1904 = on, date_1904
        self.problems = []

    def value(self, name):
        """The raw cell."""
        return self.table.value(self.cells, name)

    def text(self, name):
        """One line; "" for 无, / and their like."""
        value = self.value(name)
        return "" if is_nothing(value) else tidy(value)

    def lines(self, name):
        """The text with its line breaks; several columns of one field are joined."""
        columns = [self.value(name), *self.table.more_of(self.cells, name)]
        return "\n".join(tidy_lines(each) for each in columns if not is_nothing(each))

    def day(self, name):
        """The day in a cell, with its warnings."""
        read = read_day(self.value(name), on=self.on, date_1904=self.date_1904)
        if read.unreadable:
            self.warn(name, "W-DAY")
        elif read.month_only:
            self.warn(name, "W-DAY-MONTH")
        return read.on

    def warn(self, name, code, detail="", value=None):
        """Note a problem at a field's cell; its own text unless another is given."""
        column = self.table.columns.get(name)
        shown = cell_text(self.value(name)) if value is None else value
        problem = Problem(
            sheet=self.table.sheet.name,
            row=self.row,
            column=get_column_letter(column + 1) if column is not None else "",
            head=self.table.heads.get(column, ""),
            value=masked(name, tidy(shown)),
            code=code,
            detail=detail,
        )
        self.problems.append(problem)
        return problem

    def head(self, name):
        """What the file calls a field."""
        return self.table.heads.get(self.table.columns.get(name), VOCABULARY.label(name))


class RowReader:
    """Reads the rows of one table.

    Args:
        lists: Lists. places: LedgerPlaces. on: today.
        closed_by_title: the sheet is called 办结表 and has no column that says so.
    """

    def __init__(self, table, *, lists, places, on, date_1904=False, closed_by_title=False):
        self.table, self.lists, self.places = table, lists, places
        self.on, self.date_1904, self.closed_by_title = on, date_1904, closed_by_title
        alone = "village" not in table.columns
        self.village_in_title = places.in_title(table.title()) if alone else ""
        self.unread = {}
        fields = {column: name for name, column in table.columns.items()}
        for row, column in table.sheet.unread:
            if column in fields:
                self.unread.setdefault(row + 1, []).append(fields[column])

    def row(self, number, cells):
        """The Row of some cells, with what its formulas lack."""
        row = Row(self.table, number, cells, on=self.on, date_1904=self.date_1904)
        for name in self.unread.get(number, ()):
            row.warn(name, "W-FORMULA")
        return row

    def read(self, row):
        """The Matter, or None; what is wrong is in ``row.problems``, a refusal last."""
        registered = self._registered(row)
        if registered is None:
            return None
        values = {"registered_on": registered, "source_number": row.text("number")[:NUMBER]}
        if not self._content(row, values):
            return None
        matter = Matter(self.table.sheet.name, row.row, values)
        if not self._place(row, matter):
            return None
        self._person(row, matter)
        self._class(row, values)
        read_handling(row, values, self.lists, closed_by_title=self.closed_by_title)
        values["origin_words"] = _kept(row, values)
        return matter

    def _registered(self, row):
        """The day of registration; in its absence that of acceptance or of settling."""
        day = row.day("registered")
        if day is None:
            day = self._another_day(row)
        if day is None:
            row.warn("registered", "R-DAY")
        elif day > self.on:
            row.warn("registered", "R-DAY-FUTURE", f"{day}")
        elif day < EARLIEST:
            row.warn("registered", "R-DAY-OLD", f"{day}")
        else:
            return day
        return None

    def _another_day(self, row):
        for name in ("accepted", "assigned", "settled"):
            read = read_day(row.value(name), on=self.on, date_1904=self.date_1904)
            if read.on and read.on <= self.on:
                row.warn("registered", "W-REGISTERED", row.head(name))
                return read.on
        return None

    def _content(self, row, values):
        """Summary and detail: what is longer than a summary, or has line breaks, is kept whole in the detail."""
        text, detail = row.lines("content"), row.lines("detail")
        text = text or detail
        if not text:
            row.warn("content", "R-CONTENT")
            return False
        first = text.split("\n")[0]
        values["summary"] = first[:SUMMARY]
        whole = "" if text == values["summary"] else text
        values["detail"] = "\n".join(dict.fromkeys(each for each in (whole, detail) if each))
        return True

    def _place(self, row, matter):
        """Village and the words it is called by; False when the row belongs elsewhere."""
        text = row.text("village") or self.village_in_title
        village, wrong, within = self.places(text)
        if village is None and self.places.only:
            row.warn("village", "R-VILLAGE", wrong)
            return False
        if village is None and (text or "village" in self.table.columns):
            row.warn("village", "W-VILLAGE", wrong)
        matter.village = village
        other = text if (village is None or within) else ""
        matter.values["village_words"] = other[:PLACE]
        return True

    def _person(self, row, matter):
        name = same_name(row.text("complainant"))
        if len(name) > NAME:
            row.warn("complainant", "W-LONG", NAME)
        values = matter.values
        values["complainant"] = name[:NAME]
        matter.nobody = is_nobody(name)
        matter.phones, bad = read_phones(row.value("phone"))
        for cell in row.table.more_of(row.cells, "phone"):
            more, wrong = read_phones(cell)
            matter.phones += [each for each in more if each not in matter.phones]
            bad += wrong
        for each in bad:
            row.warn("phone", "W-PHONE", value=each)
        values["phone"] = "、".join(matter.phones)
        matter.id_number = half_width(row.value("id")).upper()
        digits = "".join(char for char in half_width(row.value("persons")) if char.isdecimal())
        count = int(digits[:12] or 0)
        values["persons"] = count if 0 < count <= MOST_PERSONS else 1

    def _class(self, row, values):
        """性质 from the larger class, 类别 from the smaller; whichever of the two words tells it."""
        small, large = words_of(row.value("small")), words_of(row.lines("large"))
        told = next((KIND_OF[word] for word in [*large, *small] if word in KIND_OF), None)
        values["kind"] = told or KIND_OF["诉求"]
        values["category"], known = self.lists.category([*small, *large])
        if not known:
            name = "small" if small else "large"
            row.warn(name, "W-TOPIC", "、".join(small or large)[:40])
        values["source"] = self.lists.source(words_of(row.lines("source")))


def _kept(row, values):
    """原台账所载: what the product has no field for, and every word that was translated, as it was written."""
    lines = [f"{row.head(name)}：{row.lines(name)}" for name in KEPT if row.lines(name)]
    lines += [
        f"{row.head(name)}：{_shown_day(row, name)}"
        for name in ("accepted", "assigned", "settled", "answered", "verified", "closed_out")
        if values[f"{name}_on"] is None and not is_nothing(row.value(name))
    ]
    if len(row.text("complainant")) > NAME:
        lines.append(f"{row.head('complainant')}：{row.text('complainant')}")
    return "\n".join(lines)


def _shown_day(row, name):
    read = read_day(row.value(name), on=row.on, date_1904=row.date_1904)
    return f"{read.on}" if read.on else tidy(cell_text(row.value(name)))
