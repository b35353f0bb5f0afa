"""What a kind of file must answer so that the common pages, jobs and commands can take it in."""

import hashlib
import json
from dataclasses import dataclass, field

from liaison import personal
from liaison.scoping import Scope

NEW, CHANGED, MOVED, UNCHANGED, MISSING = "new", "changed", "moved", "unchanged", "missing"
REFUSED, WARNED = "refused", "warned"
KIND_NAMES = {
    NEW: "新增",
    CHANGED: "变更",
    MOVED: "迁移",
    UNCHANGED: "未变",
    MISSING: "未列",
    REFUSED: "未收",
    WARNED: "请核对",
}
ITEMS = "items"


@dataclass(frozen=True)
class Place:
    """Where a file belongs and how it is to be read.

    Attributes:
        township: the Township whose villages it may name; ``village`` narrows it to one.
        within: rows outside this scope are refused (R-TERRITORY); None means anywhere in the township.
        layouts: corrected columns, as ``find_table`` takes them.
        on: today.
    """

    township: object
    on: object
    village: object = None
    within: Scope | None = None
    layouts: dict = field(default_factory=dict)

    def covers(self, village) -> bool:
        """Whether the uploader may change this village."""
        scope = self.within
        return (
            scope is None
            or scope.everything
            or village.pk in scope.villages
            or village.township_id in scope.townships
        )


@dataclass
class Line:
    """One line of a preview: what would become of one household, person or item.

    ``fields`` are (label, old, new), masked; ``label`` and ``place`` say who and where.
    """

    unit: str
    kind: str
    label: str
    place: str = ""
    fields: list = field(default_factory=list)
    sheet: str = ""
    row: int = 0


class Staged:
    """A file read and compared with what is stored. Nothing is stored yet.

    Subclasses fill the attributes and answer the methods below.
    """

    def __init__(self, place):
        self.place = place
        self.tables = []  # liaison.imports.tables.Table, for the page of columns
        self.refused, self.warnings = [], []  # liaison.imports.problems.Problem
        self.data_rows = 0
        self.hidden_sheets, self.unread_sheets = [], []
        self.kept = b""  # what was read, for ``Kind.stage_kept``; none where the file is read again

    @property
    def ignored_columns(self):
        """Header texts nobody keeps, each once."""
        return list(dict.fromkeys(text for table in self.tables for text in table.ignored))

    def counts(self) -> dict[str, dict[str, int]]:
        """{unit: {kind: how many}}, every kind the unit can have, 0 too."""
        raise NotImplementedError

    def lines(self):
        """Every Line, in the order of the file; ``unchanged`` ones too."""
        raise NotImplementedError

    def notes(self) -> list[str]:
        """Sentences the preview shows above everything (a number used by another family …)."""
        return []

    def carried(self, sheet: str, row: int) -> dict[str, str]:
        """What a problem row takes from the rows above it, by field: so that it can stand alone."""
        return {}

    def fingerprint(self) -> str:
        """Equal for two stagings that would do the same; holds no personal data."""
        digest = hashlib.sha256(repr(sorted(self.counts().items())).encode())
        for line in self.lines():
            said = [line.unit, line.kind, line.label, line.place, line.fields]
            digest.update(json.dumps(said, ensure_ascii=False, default=str).encode())
        return personal.blind_index(digest.hexdigest(), "import")

    def prepare(self, progress, ahead=()) -> None:
        """The long work before storing: keys, sounds, ciphertext. Outside any transaction.

        Args:
            progress: ``progress(phase, done, total)``; raises Cancelled when the clerk gave up.
            ahead: the pieces ``prepare_ahead`` of an equal staging gave.
        """

    def prepare_ahead(self, progress) -> list[bytes]:
        """The same as soon as the preview is shown, in pieces for ``prepare`` later; none where it is short work."""
        return []

    def write(self, *, by, file_name, trace) -> None:
        """Store everything, inside the caller's transaction, with its lines in the audit trail.

        Args:
            by: the user who confirmed, None for a command.
            trace: told of every row made (``trace.created``) or changed (``trace.changed``), for undo.
        Raises:
            NotAllowed: the rows compared with have changed since.
        """
        raise NotImplementedError


class Kind:
    """One kind of file: its words, its permission, how it is staged. Instances are registered once.

    Attributes:
        key: stored with every import; ``title`` is what the pages call it; ``upload_url`` names its page.
        units: (unit, word for one, kinds it can have), in the order of the preview.
        vocabularies: for the page of columns.
    """

    key = ""
    title = ""
    permission = ""
    upload_url = ""
    has_template = False
    export_url = (
        ""  # names the page where the same columns go out, to be put right and uploaded again
    )
    units = ((ITEMS, "条", (NEW, CHANGED, UNCHANGED, MISSING)),)
    vocabularies = ()

    def stage(self, book, place) -> Staged:
        """Read a Book for a Place.

        Raises:
            FileRefused: the file as a whole cannot be taken.
        """
        raise NotImplementedError

    def stage_kept(self, kept: bytes, place) -> Staged | None:
        """Compare what an earlier staging kept of the file; None when the file has to be read anew."""

    def place(self, batch, *, layouts, on) -> Place:
        """The Place a stored import belongs to, and what its uploader may change."""
        raise NotImplementedError

    def upload_form(self, user, *args, **kwargs):
        """The form of the upload page: ``file``, and ``chosen()`` giving (township, village or None)."""
        raise NotImplementedError

    def template(self) -> bytes | None:
        """The workbook to fill in, None when there is none."""
        return None

    def mask(self, name, text) -> str:
        """A cell of a field fit to be shown as a sample."""
        return personal.mask_numbers(text)[:40]

    def restore(self, row, before) -> None:
        """Put a changed row back to what it was (undo). ``before``: attribute -> value."""
        for name, value in before.items():
            setattr(row, name, row._meta.get_field(name).to_python(value))
        if hasattr(row, "version"):
            row.version += 1
        row.save()

    def release(self, model, pks) -> None:
        """Before rows this import made are removed (undo): let go of what only follows from them."""

    def undone(self, taken_back) -> None:
        """After an import was taken back, in the same transaction: recount, forget what no key holds.

        Args:
            taken_back: ``removed`` and ``restored``, {model label in lower case: [pk]}; ``on`` is today.
        """

    def done_url(self, batch) -> str:
        """Where to look at what came in; ``batch`` is None before anything did."""
        return ""

    def place_name(self, township, village) -> str:
        """What the pages call the place a file belongs to."""
        raise NotImplementedError


KINDS: dict[str, Kind] = {}


def register(kind: Kind) -> Kind:
    """Enter a kind of file; called from the app's AppConfig.ready."""
    KINDS[kind.key] = kind
    return kind
