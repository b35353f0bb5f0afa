"""What a preview keeps of a staged file: counts, lines, recognised columns. Masked throughout."""

from itertools import chain

from openpyxl.utils import get_column_letter

from liaison.bulk import store_rows
from liaison.models import ImportLine

from .kinds import REFUSED, WARNED
from .tables import HEADER_WITHIN, layout_key
from .text import tidy

PROBLEMS_KEPT = 5000  # of a file; beyond that it is the wrong file
SAMPLES = 3
ROWS_SHOWN = HEADER_WITHIN  # of a sheet without a header, to choose the header from
COLUMNS_SHOWN = 40


def summary(kind, staged) -> dict:
    """The counts and names that stay with the import once its file is gone."""
    return {
        "units": staged.counts(),
        "refused": len({(each.sheet, each.row) for each in staged.refused}),
        "warnings": len(staged.warnings),
        "rows": staged.data_rows,
        "ignored_columns": staged.ignored_columns,
        "hidden_sheets": list(staged.hidden_sheets),
        "unread_sheets": list(staged.unread_sheets),
        "notes": staged.notes(),
        "returned": any(table.is_returned for table in staged.tables),
    }


def store_lines(batch, staged) -> None:
    """Replace the batch's lines by those of a staged file; problems come first."""
    batch.lines.all().delete()
    problems = [*staged.refused, *staged.warnings][:PROBLEMS_KEPT]
    lines = chain(map(_problem, problems), map(_line, staged.lines()))
    rows = ((batch.pk, position, *line) for position, line in enumerate(lines))
    store_rows(ImportLine, ("batch_id", "position", *NAMES), rows)


NAMES = (
    "unit", "kind", "label", "place", "fields", "sheet", "row", "column", "head", "value", "code", "reason", "fix",
)  # fmt: skip


def _problem(each):
    return (
        "rows", REFUSED if each.refused else WARNED, "", "", [], each.sheet[:60], each.row, each.column,
        each.head[:60], each.value[:80], each.code, each.reason[:200], each.fix[:200],
    )  # fmt: skip


def _line(line):
    fields = [[str(part) for part in each] for each in line.fields]
    return (
        line.unit, line.kind, line.label[:100], line.place[:120], fields, line.sheet[:60], line.row,
        "", "", "", "", "", "",
    )  # fmt: skip


def seen_tables(kind, staged) -> list[dict]:
    """Each table with its columns, what they were taken for, and samples; for the page of columns."""
    return [_seen(kind, table) for table in staged.tables]


def _seen(kind, table):
    field_of = {column: name for name, column in table.columns.items()}
    field_of |= {column: name for name, column in table.more}
    return {
        "sheet": table.sheet.name,
        "layout": table.layout,
        "row": table.first_row,
        "columns": [
            {
                "index": column,
                "letter": get_column_letter(column + 1),
                "head": head[:40],
                "field": field_of.get(column, ""),
                "samples": _samples(kind, table, column, field_of.get(column, "")),
            }
            for column, head in sorted(table.heads.items())
        ],
    }


def _samples(kind, table, column, name):
    found = []
    for cells in table.sheet.rows[table.first_row : table.first_row + 200]:
        text = tidy(cells[column])[:60] if column < len(cells) else ""
        if text and (shown := kind.mask(name, text)) not in found:
            found.append(shown)
        if len(found) == SAMPLES:
            break
    return found


def headless_sheets(kind, book) -> list[dict]:
    """The first rows of every visible sheet, masked: where no header was found the clerk points at it."""
    return [
        {
            "sheet": sheet.name,
            "rows": [
                [kind.mask("", tidy(cell))[:20] for cell in cells[:COLUMNS_SHOWN]]
                for cells in sheet.rows[:ROWS_SHOWN]
            ],
            "layouts": [layout_key(cells) for cells in sheet.rows[:ROWS_SHOWN]],
        }
        for sheet in book.visible
        if sheet.rows
    ]


def pointed_at(shown, row) -> dict:
    """A sheet of ``headless_sheets`` as a table whose header is this row, no column known yet."""
    heads, below = shown["rows"][row], shown["rows"][row + 1 :]
    return {
        "sheet": shown["sheet"],
        "layout": shown["layouts"][row],
        "row": row + 1,
        "columns": [
            {
                "index": column,
                "letter": get_column_letter(column + 1),
                "head": head,
                "field": "",
                "samples": [cells[column] for cells in below[:SAMPLES] if column < len(cells)],
            }
            for column, head in enumerate(heads)
        ],
    }
