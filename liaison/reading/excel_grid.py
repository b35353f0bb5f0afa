"""Building a sheet cell by cell, within bounds; and what merged cells mean."""

from liaison.reading.excel_limits import Budget, check_reach
from liaison.reading.file_refused import FileRefused


def fill_merged(rows, ranges, budget):
    """Write each merge's value into the rows below it, in its leftmost column; only where rows hold data."""
    for (top, left), (bottom, _right) in ranges:
        if top >= len(rows) or left >= len(rows[top]) or rows[top][left] == "":
            continue
        last = min(bottom, len(rows) - 1)
        if last <= top:
            continue
        budget.spend(last - top, "合并单元格过多")
        value = rows[top][left]
        for row in rows[top + 1 : last + 1]:
            if left >= len(row):
                row.extend([""] * (left + 1 - len(row)))
            row[left] = value


class Grid:
    """Rows of one sheet as they are found in a page or an XML file.

    Args:
        budget: shared by all sheets of the file; bounds the cells altogether.
    """

    def __init__(self, name, budget: Budget):
        self.name, self.budget, self.hidden = name, budget, False
        self.rows, self.merges, self.unread = [], [], set()
        self._last_column = 0

    def put(self, row, column, value, *, down=0, across=0):
        """Set a cell (from zero), covering `down` more rows and `across` more columns.

        Raises FileRefused F-ROWS or F-SIZE for a cell that lies too far out.
        """
        if down or across:
            self.budget.merge()
            self.merges.append(((row, column), (row + down, column + across)))
        if value == "":
            return
        self._last_column = max(self._last_column, column + 1)
        check_reach(max(row + 1, len(self.rows)), self._last_column)
        while len(self.rows) <= row:
            self.rows.append([])
        cells = self.rows[row]
        self.budget.spend(max(column + 1 - len(cells), 1))
        cells.extend([""] * (column + 1 - len(cells)))
        cells[column] = value
        if isinstance(value, str):
            self.budget.read(len(value))

    def finish(self):
        """The rows, merged cells filled down."""
        fill_merged(self.rows, self.merges, self.budget)
        return self.rows


def refuse_no_sheet(sheets):
    """Raise F-EMPTY where a file holds no sheet at all."""
    if not sheets:
        raise FileRefused("F-EMPTY", "里面没有工作表")
