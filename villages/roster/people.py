"""One row of the table -> one resident, with whatever is wrong with it."""

from dataclasses import dataclass
from datetime import date

from openpyxl.utils import get_column_letter

from liaison.imports.problems import Problem
from liaison.imports.text import cell_text, tidy, tidy_lines

from .codes import masked
from .dates import MONTH, read_birth
from .identity import read_id, shown
from .text import read_name, read_phones
from .words import SEX_NAMES, read_categories, read_relation, read_sex, said_of

FIRST_DAY = date(1900, 1, 1)
OLDEST = 110  # years; above it the row is worth a look
MAX_RELATION, MAX_CATEGORY, MAX_ADDRESS, MAX_REMARK = 20, 20, 200, 2000
MAX_CATEGORIES = 200  # characters of the whole cell: a handful of words
MAX_TOLD = 2000  # characters looked at to show the sixty that stand in a problem


@dataclass(slots=True)
class ParsedResident:
    """居民 as the file tells it. `id_number` has 18 characters or is empty; `sex` is M, F or empty."""

    name: str
    id_number: str
    sex: str
    birth_date: object
    birth_month_only: bool
    relation: str
    phones: list
    categories: list
    remark: str
    sheet: str
    row: int
    id_index: str = ""  # the blind index of id_number
    stored: object = None  # who it is in the registry, once matched


class PersonReader:
    """Reads the person rows of one table. `on` is today."""

    def __init__(self, table, *, on, date_1904=False):
        self.table, self.on, self.date_1904 = table, on, date_1904
        # Only the columns that are read: an error value in 民族 concerns nobody.
        fields = {column: name for name, column in table.columns.items()}
        self.unread = {}
        for row, column in table.sheet.unread:
            if column in fields:
                self.unread.setdefault(row + 1, []).append(fields[column])

    def problem(self, row, name, code, value="", detail=""):
        """A Problem at a field's cell; without a value only the place is told."""
        column = self.table.columns.get(name)
        return Problem(
            sheet=self.table.sheet.name,
            row=row,
            column=get_column_letter(column + 1) if column is not None else "",
            head=self.table.heads.get(column, ""),
            value=masked(name, tidy(value[:MAX_TOLD])),
            code=code,
            detail=detail,
        )

    def read(self, row, cells):
        """(ParsedResident, warnings), or (None, everything the row is refused for)."""
        name = read_name(self.table.value(cells, "name"))
        identity = read_id(self.table.value(cells, "id"), on=self.on)
        birth = read_birth(self.table.value(cells, "birth"), on=self.on, date_1904=self.date_1904)
        if refusals := list(self._refusals(row, cells, name, identity, birth)):
            return None, refusals
        return self._accepted(row, cells, name, identity, birth)

    def _refusals(self, row, cells, name, identity, birth):
        if name.wrong:
            yield self._at(row, cells, "name", "R-NAME", name.wrong)
        if identity.code.startswith("R-"):
            value = shown(self.table.value(cells, "id"))
            yield self.problem(row, "id", identity.code, value, identity.detail)
        if not identity.birth and birth.on and not FIRST_DAY <= birth.on <= self.on:
            yield self._at(row, cells, "birth", "R-BIRTH")

    def _at(self, row, cells, name, code, detail=""):
        return self.problem(row, name, code, cell_text(self.table.value(cells, name)), detail)

    def _accepted(self, row, cells, name, identity, birth):
        warnings = [self.problem(row, each, "W-FORMULA") for each in self.unread.get(row, ())]
        phones, bad_phones = self._phones(cells)
        known, unknown = self._categories(cells)
        remark = tidy_lines(self.table.value(cells, "remark"))
        person = ParsedResident(
            name=name.text,
            id_number=identity.number,
            sex=identity.sex or self._sex(cells),
            birth_date=identity.birth or birth.on,
            birth_month_only=not identity.birth and birth.precision == MONTH,
            relation=read_relation(self.table.value(cells, "relation"))[:MAX_RELATION],
            phones=phones,
            categories=known + [word[:MAX_CATEGORY] for word in unknown],
            remark="；".join(filter(None, (remark, name.note)))[:MAX_REMARK],
            sheet=self.table.sheet.name,
            row=row,
        )
        warnings += self._about_identity(row, cells, identity, birth, person)
        warnings += [self.problem(row, "phone", "W-PHONE", value) for value in bad_phones]
        warnings += [
            self._at(row, cells, "categories", "W-CATEGORY", word[:MAX_CATEGORY])
            for word in unknown
        ]
        if name.note:
            warnings.append(self._at(row, cells, "name", "W-NAME-NOTE"))
        if name.private_use:
            warnings.append(self._at(row, cells, "name", "W-NAME-PUA"))
        if code := said_of(remark) or said_of(name.note):
            at = "remark" if said_of(remark) else "name"
            warnings.append(self._at(row, cells, at, code))
        return person, [*warnings, *self._too_long(row, cells)]

    def _sex(self, cells):
        return read_sex(self.table.value(cells, "sex"))

    def _categories(self, cells):
        value = self.table.value(cells, "categories")
        if isinstance(value, str) and len(value) > MAX_CATEGORIES:
            value = tidy(value)[:MAX_CATEGORIES]
        return read_categories(value)

    def _phones(self, cells):
        phones, bad = read_phones(self.table.value(cells, "phone"))
        for cell in self.table.more_of(cells, "phone"):
            more, wrong = read_phones(cell)
            phones += [number for number in more if number not in phones]
            bad += wrong
        return phones, bad

    def _about_identity(self, row, cells, identity, birth, person):
        """Warnings where the columns beside the ID disagree with it, or cannot be read."""
        if identity.code:
            yield self._at(row, cells, "id", identity.code)
        if birth.unreadable:
            yield self._at(row, cells, "birth", "W-DATE")
        elif identity.birth and not birth.agrees_with(identity.birth):
            yield self._at(row, cells, "birth", "W-BIRTH")
        said = self._sex(cells)
        if identity.sex and said and said != identity.sex:
            yield self.problem(row, "sex", "W-SEX", SEX_NAMES[said])
        if person.birth_date and (self.on - person.birth_date).days > OLDEST * 365.25:
            yield self._at(row, cells, "id" if identity.birth else "birth", "W-AGE")

    def _too_long(self, row, cells):
        limits = (
            ("relation", MAX_RELATION), ("address", MAX_ADDRESS), ("remark", MAX_REMARK),
            ("categories", MAX_CATEGORIES),
        )  # fmt: skip
        for name, limit in limits:
            value = self.table.value(cells, name)
            if isinstance(value, str) and len(value) > limit and len(tidy_lines(value)) > limit:
                yield self._at(row, cells, name, "W-LONG", limit)


def is_person_repeated(person, other):
    """Told by household and name where one side has no number; another birth date tells two apart."""
    if person.name != other.name or (person.id_number and other.id_number):
        return False
    return not (person.birth_date and other.birth_date and person.birth_date != other.birth_date)
