"""Sheets -> households, residents, refused rows and warnings. Reads no database."""

from dataclasses import dataclass, field

from liaison.imports.tables import INSTRUCTIONS, find_table
from liaison.imports.text import is_nothing, tidy
from liaison.reading.file_refused import FileRefused

from .grouping import Grouping
from .people import PersonReader, is_person_repeated
from .words import HEAD, VOCABULARY

OWN_TO_EACH = ("name", "id", "birth", "phone")
REPEATED = {"R-DUP", "R-DUP-HH", "R-ID-CONFLICT"}


@dataclass
class ParsedRoster:
    """What a file says. Refused rows never count as residents; every warning belongs to a row that was taken.

    Of a refused row the first refusal stands; what else is wrong with it follows as further refusals.
    """

    tables: list = field(default_factory=list)
    households: list = field(default_factory=list)
    refused: list = field(default_factory=list)
    warnings: list = field(default_factory=list)
    hidden_sheets: list = field(default_factory=list)
    unread_sheets: list = field(default_factory=list)  # with text, but no header we know
    columns: set = field(default_factory=set)  # fields every table of the file has
    data_rows: int = 0
    readers: dict = field(default_factory=dict)  # sheet name -> PersonReader
    homes: dict = field(default_factory=dict)  # (sheet, row) of a problem -> ParsedHousehold

    @property
    def ignored_columns(self):
        """Header texts nobody keeps, each once."""
        return list(dict.fromkeys(text for table in self.tables for text in table.ignored))

    @property
    def is_returned(self):
        """True for a workbook of problem rows that comes back: it speaks for its own rows only."""
        return any(table.is_returned for table in self.tables)

    @property
    def residents(self):
        """Every accepted resident, in the order of the file."""
        return [each for household in self.households for each in household.residents]

    def refuse(self, people):
        """Take people out again whom the registry contradicts; `people` are (household, resident, code, detail)."""
        rows = set()
        for household, person, code, detail in people:
            household.residents.remove(person)
            rows.add((person.sheet, person.row))
            self._tell(self.refused, household, person, "id", code, person.id_number, detail)
        self.households = [each for each in self.households if each.residents]
        self.warnings = [each for each in self.warnings if (each.sheet, each.row) not in rows]
        self.sort_problems()

    def warn(self, household, person, name, code, value="", detail=""):
        """Add a warning that only the registry can give; call ``sort_problems`` after the last."""
        self._tell(self.warnings, household, person, name, code, value, detail)

    def rehouse(self, person, household):
        """Note that somebody's row belongs to another household than the file alone could tell."""
        if (person.sheet, person.row) in self.homes:
            self.homes[person.sheet, person.row] = household

    def _tell(self, problems, household, person, name, code, value, detail):
        self.homes[person.sheet, person.row] = household
        reader = self.readers[person.sheet]
        problems.append(reader.problem(person.row, name, code, value, detail))

    def sort_problems(self):
        """Into the order of the file."""
        order = {sheet: index for index, sheet in enumerate(self.readers)}
        for problems in (self.refused, self.warnings):
            problems.sort(key=lambda each: (order[each.sheet], each.row))


def parse_roster(
    book, *, on, find_village=lambda name: (name, ""), covers=lambda village: True, layouts=None
):
    """Read a Book. The rules are numbered in README.md beside this file.

    Args:
        on: today.
        find_village: gives (village, "") or (None, what is wrong) for a name.
        covers: whether the uploader may change a village.
        layouts: corrected columns, as ``find_table`` takes them.
    Raises:
        FileRefused: F-HEADER (no sheet has a roster header) or F-EMPTY (a header, and nobody under it).
    """
    return _Parser(book, on, find_village, covers, layouts).run()


class _Parser:
    def __init__(self, book, on, find_village, covers, layouts):
        self.book, self.on, self.covers, self.layouts = book, on, covers, layouts
        self.grouping = Grouping(find_village)
        self.roster = ParsedRoster(hidden_sheets=book.hidden_names)
        self.seen = {}  # ID number -> (resident, household)

    def run(self):
        tables = [table for table in map(self._table, self.book.visible) if table]
        if not tables:
            code = "F-HEADER" if self.roster.unread_sheets else "F-EMPTY"
            raise FileRefused(code, self.book.why_empty)
        self.roster.tables = tables
        self.roster.columns = set.intersection(*(set(table.columns) for table in tables))
        for table in tables:
            self._read_table(table)
        if not self.roster.data_rows:
            raise FileRefused("F-EMPTY", "表头下面没有人员")
        self.roster.households = [each for each in self.grouping.households if each.residents]
        self.roster.sort_problems()
        return self.roster

    def _table(self, sheet):
        table = find_table(sheet, VOCABULARY, self.layouts)
        if (
            table is None
            and sheet.name != INSTRUCTIONS
            and any(tidy(cell) for row in sheet.rows for cell in row)
        ):
            self.roster.unread_sheets.append(sheet.name)
        return table

    def _read_table(self, table):
        reader = PersonReader(table, on=self.on, date_1904=self.book.date_1904)
        self.roster.readers[table.sheet.name] = reader
        _share_repeated(table)
        rows = list(table.entries())
        numbered = any(
            person and not is_nothing(table.value(cells, "number")) for _, cells, person in rows
        )
        self.grouping.start_sheet(table, numbered=numbered)
        begun = len(self.grouping.households)
        for row, cells, person in rows:
            if person:
                self._read_person(reader, row, cells)
            elif line := table.heading(cells):
                self.grouping.announce_group(line)
            else:
                self.grouping.carry(row, cells)
        for household in self.grouping.households[begun:]:
            for warning in _about_household(household, reader) if household.residents else ():
                self.roster.warnings.append(warning)
                self.roster.homes[warning.sheet, warning.row] = household

    def _read_person(self, reader, row, cells):
        self.roster.data_rows += 1
        household = self.grouping.place(row, cells)
        person, problems = self._checked(reader, row, cells, household)
        if not (problems and problems[0].code in REPEATED):
            household.listed += 1
        if problems:
            self.roster.homes[reader.table.sheet.name, row] = household
        if person is None:
            self.roster.refused += problems
            return
        household.residents.append(person)
        self.roster.warnings += problems
        if person.id_number:
            self.seen[person.id_number] = (person, household)

    def _checked(self, reader, row, cells, household):
        """(person, warnings) or (None, refusals)."""
        if self.book.kind == "csv" and reader.table.overflows(cells):
            return None, [reader.problem(row, "name", "R-COLS")]
        person, problems = reader.read(row, cells)
        if misplaced := self._misplaced(reader, row, household):
            return None, [misplaced, *(each for each in problems if each.refused)]
        if person and (refusal := self._repeated(reader, person, household)):
            return None, [refusal]
        return person, problems

    def _misplaced(self, reader, row, household):
        """The refusal for a row of no village, or of one that is not the uploader's; or None."""
        name, village = household.village_name, household.village
        if village is None:
            wrong = self.grouping.village_of(name)[1]
            return reader.problem(row, "village", "R-VILLAGE", name, wrong)
        if not self.covers(village):
            return reader.problem(row, "village", "R-TERRITORY", name, village.name)
        return None

    def _repeated(self, reader, person, household):
        """The refusal for a person who is in the file already, or None. The first row stands."""
        first, home = (
            self.seen.get(person.id_number, (None, None)) if person.id_number else (None, None)
        )
        if first is None:
            first = next(
                (each for each in household.residents if is_person_repeated(person, each)), None
            )
            if first is None:
                return None
            return reader.problem(person.row, "name", "R-DUP", person.name, _where(first, person))
        code = "R-DUP" if home is household else "R-DUP-HH"
        if first.name != person.name:
            code = "R-ID-CONFLICT"
        return reader.problem(person.row, "id", code, person.id_number, _where(first, person))


def _share_repeated(table):
    """Keep one copy of the texts that stand in row after row: the reader makes one for each cell."""
    columns = [at for name, at in table.columns.items() if name not in OWN_TO_EACH]
    kept = {}
    for cells in table.sheet.rows[table.first_row :]:
        for at in columns:
            if at < len(cells) and isinstance(cells[at], str):
                cells[at] = kept.setdefault(cells[at], cells[at])


def _where(first, now):
    sheet = f"工作表“{first.sheet}”" if first.sheet != now.sheet else ""
    return f"{sheet}第{first.row}行"


def _about_household(household, reader):
    """Warnings on the household as a whole: count, heads, the head's name, a long address."""
    heads = [each for each in household.residents if each.relation == HEAD]
    first = household.residents[0]
    part = reader.table.is_returned  # the rest of the household is not in the file
    if not part and household.said_count not in (None, household.listed):
        detail = f"写的是{household.said_count}人，实际列了{household.listed}人"
        yield reader.problem(
            household.count_row, "count", "W-COUNT", str(household.said_count), detail
        )
    told_by_column = household.head_cell and "relation" not in reader.table.columns
    if household.told and not (part or heads or household.has_head or told_by_column):
        yield reader.problem(first.row, "relation", "W-NO-HEAD", first.relation)
    for extra in heads[1:]:
        yield reader.problem(extra.row, "relation", "W-TWO-HEADS", HEAD)
    if heads and household.head_cell and household.head_cell != heads[0].name:
        yield reader.problem(heads[0].row, "head", "W-HEAD-NAME", household.head_cell)
