"""Sheets -> rows of the schedule, 督查小组, refused rows and warnings. Reads no database."""

import re
from dataclasses import dataclass, field, replace

from liaison.imports.tables import INSTRUCTIONS, find_table
from liaison.imports.text import tidy
from liaison.reading.file_refused import FileRefused

from .cards import read_cards
from .cells import Cells
from .group_rows import read_group_row
from .heads import joined_heads
from .names import Person, read_people
from .row_times import RowTimes
from .words import GROUPS, PLANS

PEOPLE = ("lead", "head", "members", "aux", "contact")


@dataclass
class PlanRow:
    """One village: its people by column, its time (None: not said), its place."""

    village: object
    people: dict  # column -> [Person]; only columns the table has
    time: object
    place: str
    sheet: str
    row: int
    title: str = ""  # of the first lead
    cells: Cells = None


@dataclass
class ParsedPlans:
    """What a file says. Every warning belongs to a row that was taken, or to the title."""

    rows: list = field(default_factory=list)
    groups: list = field(default_factory=list)
    cards: list = field(default_factory=list)
    tables: list = field(default_factory=list)
    refused: list = field(default_factory=list)
    warnings: list = field(default_factory=list)
    unread_sheets: list = field(default_factory=list)
    ignored: list = field(default_factory=list)  # labels of the cards that are not kept
    spoken_of: set = field(default_factory=set)  # villages, those of refused rows too
    carried: dict = field(default_factory=dict)  # (sheet, row) -> {field: text}
    notes: list = field(default_factory=list)
    data_rows: int = 0
    times_unsaid: bool = False  # no column and no title speaks of time


def parse_plans(book, *, find_village, may_change=lambda village: True, layouts=None):
    """Read a Book.

    Args:
        find_village: as of a roster: (village, "") or (None, what is wrong).
        may_change: whether the uploader's territory has the village.
    Raises:
        FileRefused: F-HEADER no sheet has a head we know; F-EMPTY nothing under it.
    """
    return _Parser(book, find_village, may_change, layouts or {}).run()


class _Parser:
    def __init__(self, book, find_village, may_change, layouts):
        self.book, self.layouts = book, layouts
        self.find_village, self.may_change = find_village, may_change
        self.parsed = ParsedPlans()
        self.seen = {}  # village -> row
        self.groups_seen = {}

    def run(self):
        for sheet in self.book.visible:
            self._sheet(sheet)
        if not self.parsed.tables:
            raise FileRefused("F-HEADER" if self.parsed.unread_sheets else "F-EMPTY")
        if not self.parsed.data_rows:
            raise FileRefused("F-EMPTY", "表头下面没有内容")
        self._use_cards()
        return self.parsed

    def _sheet(self, sheet):
        if sheet.name == INSTRUCTIONS or not any(tidy(c) for row in sheet.rows for c in row):
            return
        tables = [t for v in (PLANS, GROUPS) if (t := self._table(sheet, v))]
        if tables:
            table = max(tables, key=lambda each: len(each.columns))
            self.parsed.tables.append(table)
            read = self._read_groups if table.vocabulary is GROUPS else self._read_plans
            read(table)
            return
        cards, ignored = read_cards(sheet)
        self.parsed.cards += cards
        self.parsed.ignored += ignored
        if not cards:
            self.parsed.unread_sheets.append(sheet.name)

    def _table(self, sheet, vocabulary):
        table = find_table(joined_heads(sheet, vocabulary), vocabulary, self.layouts)
        if table is None or not all(name in table.columns for name in vocabulary.needed):
            return None
        return table

    def _read_plans(self, table):
        cells_of = Cells(table)
        times = RowTimes(cells_of)
        self.parsed.times_unsaid = times.unsaid
        if said := times.about_title():
            self.parsed.notes.append(said)
        above, unread = None, cells_of.unread()
        for number, cells, entry in table.entries():
            if not entry:
                continue
            self.parsed.data_rows += 1
            reader = _RowReader(self, cells_of, times, number, cells, above)
            row = reader.read()
            above = reader.lead or above
            if reader.carried:
                self.parsed.carried[cells_of.sheet, number] = reader.carried
            if row is None:
                self.parsed.refused.append(reader.refusal)
                continue
            self.seen[row.village] = row
            self.parsed.rows.append(row)
            said = [cells_of.problem(number, name, "W-FORMULA") for name in unread.get(number, ())]
            self.parsed.warnings += said + reader.warnings

    def _read_groups(self, table):
        cells_of = Cells(table)
        for number, cells, entry in table.entries():
            if not entry:
                continue
            self.parsed.data_rows += 1
            group, problems = read_group_row(
                cells_of, number, cells, find_village=self.find_village, may_change=self.may_change
            )
            if group and group.name in self.groups_seen:
                problems = [
                    cells_of.problem(number, "group", "R-GROUP-TWICE", group.name, group.name)
                ]
                group = None
            if group is None:
                self.parsed.refused += problems
                continue
            self.groups_seen[group.name] = group
            self.parsed.groups.append(group)
            self.parsed.warnings += problems

    def place_of(self, cells_of, number, cells):
        """(village, None) or (None, refusal)."""
        text = tidy(cells_of.value(cells, "village"))
        village, wrong = self.find_village(text)
        if village is None:
            return None, cells_of.problem(number, "village", "R-VILLAGE", text, wrong)
        self.parsed.spoken_of.add(village)
        if not self.may_change(village):
            return None, cells_of.problem(number, "village", "R-TERRITORY", text, village.name)
        if first := self.seen.get(village):
            sheet = f"工作表“{first.sheet}”" if first.sheet != cells_of.sheet else ""
            at = f"{sheet}第{first.row}行"
            return None, cells_of.problem(number, "village", "R-VILLAGE-TWICE", text, at)
        return village, None

    def overflows(self, table, cells):
        """Whether a comma of a CSV has torn a cell apart."""
        return self.book.kind == "csv" and table.overflows(cells)

    def _use_cards(self):
        """A lead's title and phone from the card where the schedule has none; a card that disagrees is told."""
        by_village = {row.village: row for row in self.parsed.rows}
        for card in self.parsed.cards:
            row = by_village.get(self.find_village(card.village)[0])
            if row and row.people.get("lead"):
                self._use_card(card, row)

    def _use_card(self, card, row):
        lead = row.people["lead"][0]
        differs = "责任领导" if card.lead.name != lead.name else ""
        if not differs and lead.phones and card.phones and lead.phones[0] != card.phones[0]:
            differs = "联系电话"
        if differs:
            name = "lead_phone" if differs == "联系电话" else "lead"
            self.parsed.warnings.append(row.cells.problem(row.row, name, "W-CARD", "", differs))
            return
        if card.phones and not lead.phones:
            row.people["lead"][0] = replace(lead, phones=card.phones)
        row.title = row.title or card.lead.note[:60]


class _RowReader:
    """One row of the schedule; ``read()`` gives the PlanRow or leaves the ``refusal``."""

    def __init__(self, parser, cells_of, times, number, cells, above):
        self.parser, self.cells_of, self.times = parser, cells_of, times
        self.number, self.cells, self.above = number, cells, above
        self.warnings, self.carried, self.refusal, self.lead = [], {}, None, None

    def read(self):
        """Checks in the order a clerk would look: village, people, time."""
        if self.parser.overflows(self.cells_of.table, self.cells):
            return self._refuse("village", "R-COLS")
        village, self.refusal = self.parser.place_of(self.cells_of, self.number, self.cells)
        people = self._people()
        if self.refusal:
            return None
        # A list of places and times alone speaks of teams that stand.
        if people and not any(people.get(name) for name in ("lead", "head", "members")):
            return self._refuse("members", "R-PEOPLE")
        time, self.refusal, warnings, carried = self.times.read(self.number, self.cells)
        if self.refusal:
            return None
        self.warnings += warnings
        self.carried |= carried
        return PlanRow(
            village=village,
            people=people,
            time=time,
            place=tidy(self.cells_of.value(self.cells, "place"))[:100],
            sheet=self.cells_of.sheet,
            row=self.number,
            title=self.lead[1] if self.lead else "",
            cells=self.cells_of,
        )

    def _refuse(self, name, code, value="", detail=""):
        self.refusal = self.cells_of.problem(self.number, name, code, value, detail)

    def _people(self):
        """{column: [Person]} of the columns the table has; names that are none refuse the row."""
        people = {}
        for name in PEOPLE:
            if not self.cells_of.has(name):
                continue
            people[name] = read_people(self.cells_of.value(self.cells, name))
            wrong = next((each for each in people[name] if each.wrong), None)
            if wrong and not self.refusal:
                self._refuse(name, "R-NAME", wrong.name, wrong.wrong)
        if "lead" in people:
            people["lead"] = self._leads(people["lead"])
        if people.get("contact"):
            people["contact"] = self._with_phones(people["contact"], "contact_phone")
        if self.cells_of.has("members") and not people["members"]:
            head = self.cells_of.table.heads[self.cells_of.table.columns["members"]]
            self.warnings.append(self.cells_of.problem(self.number, "members", "W-EMPTY", "", head))
        return people

    def _leads(self, leads):
        """The leads, their title and phone; an empty cell takes the row above, and says so."""
        if not leads:
            if self.above:
                self.warnings.append(
                    self.cells_of.problem(self.number, "lead", "W-ABOVE", "", "责任领导")
                )
                self.carried |= self.above[2]
                self.lead = self.above
                return list(self.above[0])
            return []
        leads = self._with_phones(leads, "lead_phone")
        title = re.sub(r"\s+", "", tidy(self.cells_of.value(self.cells, "lead_title")))
        title = (title or leads[0].note)[:60]
        raw = {
            n: tidy(self.cells_of.value(self.cells, n))
            for n in ("lead", "lead_title", "lead_phone")
        }
        self.lead = (leads, title, raw)
        return list(leads)

    def _with_phones(self, people: list[Person], name):
        """The phones of the column beside a name: in their order, or all of them the first one's."""
        phones, bad = self.cells_of.phones(self.number, self.cells, name)
        self.warnings += bad
        if not phones or any(each.phones for each in people):
            return people
        if len(phones) == len(people) > 1:
            pairs = zip(people, phones, strict=True)
            return [replace(each, phones=(phone,)) for each, phone in pairs]
        return [replace(people[0], phones=phones), *people[1:]]
