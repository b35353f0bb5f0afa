"""Sheets -> rows of a list of cadres, refused rows and warnings. Reads no database."""

import re
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from cadres.account_forms import clean_username
from cadres.roles import Role
from liaison import personal
from liaison.imports.tables import INSTRUCTIONS, find_table
from liaison.imports.text import tidy
from liaison.reading.file_refused import FileRefused
from villages.roster.dates import read_birth
from villages.roster.text import read_name

from .cells import Cells
from .words import CADRES, ROLE_OF

YEARS = (1950, 2100)  # of appointments anybody could mean


@dataclass
class CadreRow:
    """One line: a person and the post he holds. ``role`` is "" when the list says none."""

    name: str
    username: str
    title: str
    department: str
    role: str
    village: object
    phones: tuple
    email: str
    since: object
    sheet: str
    row: int
    cells: Cells
    user: object = None  # the account the list names


@dataclass
class ParsedCadres:
    """What a file says."""

    rows: list = field(default_factory=list)
    tables: list = field(default_factory=list)
    refused: list = field(default_factory=list)
    warnings: list = field(default_factory=list)
    unread_sheets: list = field(default_factory=list)
    data_rows: int = 0
    villages_unused: bool = False  # a village was said of somebody who is no 村联络员


def parse_cadres(book, *, find_village, may_change, layouts, on):
    """Read a Book.

    Args:
        find_village: as of a roster; may_change: whether the uploader's territory has a village.
        on: today.
    Raises:
        FileRefused: F-HEADER no sheet has a head we know; F-EMPTY nobody under it.
    """
    parsed = ParsedCadres()
    for sheet in book.visible:
        if sheet.name == INSTRUCTIONS or not any(tidy(c) for row in sheet.rows for c in row):
            continue
        table = find_table(sheet, CADRES, layouts)
        if table is None or "name" not in table.columns:
            parsed.unread_sheets.append(sheet.name)
            continue
        parsed.tables.append(table)
        _read(table, parsed, _Reader(Cells(table), book, find_village, may_change, on))
    if not parsed.tables:
        raise FileRefused("F-HEADER" if parsed.unread_sheets else "F-EMPTY")
    if not parsed.data_rows:
        raise FileRefused("F-EMPTY", "表头下面没有人员")
    return parsed


def _read(table, parsed, reader):
    unread = reader.cells.unread()
    for number, cells, entry in table.entries():
        if not entry:
            continue
        parsed.data_rows += 1
        row, problems = reader.read(number, cells)
        if row is None:
            parsed.refused += problems
            continue
        parsed.rows.append(row)
        said = [reader.cells.problem(number, name, "W-FORMULA") for name in unread.get(number, ())]
        parsed.warnings += said + problems
    parsed.villages_unused |= reader.villages_unused


class _Reader:
    def __init__(self, cells_of, book, find_village, may_change, on):
        self.cells, self.book = cells_of, book
        self.find_village, self.may_change, self.on = find_village, may_change, on
        self.villages_unused = False

    def read(self, number, cells):
        """(CadreRow, warnings) or (None, [refusal])."""
        if self.book.kind == "csv" and self.cells.table.overflows(cells):
            return None, [self.cells.problem(number, "name", "R-COLS")]
        name = read_name(self.cells.value(cells, "name"))
        username, wrong = self._username(cells)
        role, role_wrong = self._role(cells)
        village, refusal = self._village(number, cells, role)
        department = self._text(cells, "department", 50)
        title = self._text(cells, "title", 60) or name.note[:60]
        for bad, field_, code, value, detail in (
            (name.wrong, "name", "R-NAME", name.text, name.wrong),
            (wrong, "username", "R-USERNAME", "", wrong),
            (role_wrong, "role", "R-ROLE", role_wrong, personal.mask_numbers(role_wrong)),
            (role == Role.HANDLER and not department, "department", "R-DEPARTMENT", "", ""),
        ):
            if bad and not refusal:
                refusal = self.cells.problem(number, field_, code, value, detail)
        if refusal:
            return None, [refusal]
        phones, warnings = self.cells.phones(number, cells, "phone")
        email, since = self._email(number, cells, warnings), self._since(number, cells, warnings)
        row = CadreRow(
            name.text, username, title, department, role, village, phones, email, since,
            self.cells.sheet, number, self.cells,
        )  # fmt: skip
        return row, warnings

    def _text(self, cells, name, longest):
        return re.sub(r"\s+", "", tidy(self.cells.value(cells, name)))[:longest]

    def _username(self, cells):
        text = tidy(self.cells.value(cells, "username"))
        if not text:
            return "", ""
        try:
            return clean_username(text), ""
        except ValidationError:
            return "", "不合规则"

    def _role(self, cells):
        text = self._text(cells, "role", 30)
        if not text or text in ROLE_OF:
            return ROLE_OF.get(text, ""), ""
        return "", text

    def _village(self, number, cells, role):
        """(village or None, refusal or None): only the contact of a village has one."""
        text = tidy(self.cells.value(cells, "village"))
        if role != Role.CONTACT:
            self.villages_unused |= bool(text)
            return None, None
        village, wrong = self.find_village(text)
        if village is None:
            code = "R-VILLAGE" if text else "R-CONTACT-VILLAGE"
            return None, self.cells.problem(number, "village", code, text, wrong)
        if not self.may_change(village):
            return None, self.cells.problem(number, "village", "R-TERRITORY", text, village.name)
        return village, None

    def _email(self, number, cells, warnings):
        text = tidy(self.cells.value(cells, "email"))
        try:
            if text:
                validate_email(text)
        except ValidationError:
            warnings.append(self.cells.problem(number, "email", "W-EMAIL", text))
            return ""
        return text if len(text) <= 254 else ""

    def _since(self, number, cells, warnings):
        value = self.cells.value(cells, "since")
        said = read_birth(value, on=self.on, date_1904=self.book.date_1904)
        if said.unreadable or (said.on and not YEARS[0] <= said.on.year <= YEARS[1]):
            warnings.append(self.cells.problem(number, "since", "W-SINCE", value))
            return None
        return said.on
