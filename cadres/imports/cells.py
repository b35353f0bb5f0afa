"""The cells of one table, and where in it something is wrong."""

from openpyxl.utils import get_column_letter

from liaison.imports.problems import Problem
from liaison.imports.text import cell_text, is_nothing
from villages.roster.text import read_phones

from .codes import masked


class Cells:
    """Reads cells by field and tells problems at them."""

    def __init__(self, table):
        self.table = table

    @property
    def sheet(self):
        """The sheet's name."""
        return self.table.sheet.name

    def has(self, name):
        """Whether the table has the column."""
        return name in self.table.columns

    def value(self, cells, name):
        """The cell, "" for an absent column and for words for nothing."""
        value = self.table.value(cells, name)
        return "" if is_nothing(value) else value

    def problem(self, row, name, code, value="", detail=""):
        """A Problem at a field's cell; the value is masked here."""
        column = self.table.columns.get(name)
        return Problem(
            sheet=self.sheet,
            row=row,
            column=get_column_letter(column + 1) if column is not None else "",
            head=self.table.heads.get(column, ""),
            value=masked(name, cell_text(value)),
            code=code,
            detail=detail,
        )

    def phones(self, row, cells, name):
        """(phones, warnings) of a cell."""
        phones, bad = read_phones(self.value(cells, name))
        return tuple(phones), [self.problem(row, name, "W-PHONE", each) for each in bad]

    def unread(self):
        """{row: [field]}: error values, and formulas whose result the file does not hold."""
        fields = {column: name for name, column in self.table.columns.items()}
        found = {}
        for row, column in self.table.sheet.unread:
            if column in fields:
                found.setdefault(row + 1, []).append(fields[column])
        return found
