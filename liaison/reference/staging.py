"""What a file would do to a reference table, row by row; worked out by a trial run that keeps nothing."""

import hashlib
import json
from collections import Counter
from dataclasses import dataclass, field

from import_export.results import RowResult

from liaison.imports.kinds import CHANGED, KIND_NAMES, MISSING, NEW, REFUSED, UNCHANGED

from .resources import refusals

ORDER = (NEW, CHANGED, UNCHANGED, REFUSED)
KINDS = {
    RowResult.IMPORT_TYPE_NEW: NEW,
    RowResult.IMPORT_TYPE_UPDATE: CHANGED,
    RowResult.IMPORT_TYPE_SKIP: UNCHANGED,
    RowResult.IMPORT_TYPE_INVALID: REFUSED,
}


@dataclass(frozen=True)
class Fault:
    """Why a row is refused: column letter, its head, what the cell says, what to do."""

    column: str
    head: str
    value: str
    sentence: str


@dataclass
class Line:
    """What becomes of one row of the file; ``fields`` are (head, old, new)."""

    number: int
    kind: str
    label: str
    fields: list = field(default_factory=list)
    faults: list = field(default_factory=list)
    instance: object = None

    @property
    def kind_name(self):
        """新增, 变更, 未变 or 未收."""
        return KIND_NAMES[self.kind]


@dataclass
class Staged:
    """A file compared with the table as it stands."""

    rows: object
    lines: list
    missing: int  # rows of the table that the file does not name; they stay

    def counts(self) -> list[tuple[str, int]]:
        """(word, how many), every kind."""
        found = Counter(line.kind for line in self.lines)
        told = [(KIND_NAMES[kind], found[kind]) for kind in ORDER]
        return [*told, (KIND_NAMES[MISSING], self.missing)]

    def of(self, *kinds) -> list[Line]:
        """The lines of some kinds, in the order of the file."""
        return [line for line in self.lines if line.kind in kinds]

    @property
    def writes(self) -> list[Line]:
        """The lines that change the table."""
        return self.of(NEW, CHANGED)

    @property
    def refused(self) -> list[Line]:
        """The lines that are not taken."""
        return self.of(REFUSED)

    def fingerprint(self) -> str:
        """Equal for two stagings that would do the same."""
        said = [
            [line.number, line.kind, line.label, line.fields, getattr(line.instance, "version", 0)]
            for line in self.lines
        ]
        return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()


def stage(table, rows, *, by, today, is_trial=True) -> Staged:
    """Run a file through the table's resource.

    Args:
        is_trial: keep nothing; otherwise the rows are written, inside the caller's transaction.
    """
    resource = table.resource_class(by=by, today=today, is_trial=is_trial)
    result = resource.import_data(
        rows.dataset(),
        dry_run=is_trial,
        raise_errors=False,
        places=[(row.number, row.unread) for row in rows.rows],
    )
    for error in result.base_errors:
        raise error.error
    lines = [
        _line(resource, rows, row, told) for row, told in zip(rows.rows, result.rows, strict=True)
    ]
    named = [line.instance for line in lines if line.instance is not None]
    missing = resource.covered(named).exclude(pk__in=[each.pk for each in named]).count()
    return Staged(rows, lines, missing)


def _line(resource, rows, row, told):
    if told.errors:  # none that a rule foresaw
        raise told.errors[0].error
    kind = KINDS[told.import_type]
    label = next((text for text in row.cells.values() if text), "")
    line = Line(row.number, kind, " ".join(_label(resource, row)) or label)
    if kind == REFUSED:
        line.faults = _faults(resource, rows, row, told.validation_error)
        return line
    line.instance = told.instance
    if kind != UNCHANGED:
        line.fields = _fields(resource, told.original if kind == CHANGED else None, told.instance)
    return line


def _label(resource, row):
    heads = [resource.head_of(key) for key in resource.keys]
    return [row.cells[head] for head in heads if row.cells.get(head)]


def _fields(resource, old, new):
    """(head, old, new) of what differs; of a new row everything it says."""
    before = resource.texts(old) if old is not None else {}
    after = resource.texts(new)
    return [
        (head, before.get(head, ""), text)
        for head, text in after.items()
        if text != before.get(head, "")
    ]


def _faults(resource, rows, row, error):
    faults = []
    for attribute, sentence in refusals(error):
        head = resource.head_of(attribute)
        faults.append(
            Fault(rows.columns.get(head, ""), head, row.cells.get(head, "")[:40], sentence)
        )
    return faults
