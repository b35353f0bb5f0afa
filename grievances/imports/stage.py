"""A parsed ledger against the ledger: new, changed, unchanged, missing. Stores nothing."""

from dataclasses import dataclass, field

from grievances.models import FollowUp, Grievance, Settlement, Status
from liaison import personal
from liaison.imports.kinds import CHANGED, ITEMS, MISSING, NEW, UNCHANGED, Line, Staged

from .codes import plain
from .lists import Lists
from .matching import Residents, Stored, ledger_stamp, match
from .parse import parse_ledger
from .places import LedgerPlaces
from .storing import RELATED, store

SHOWN = 60
KINDS = (NEW, CHANGED, UNCHANGED, MISSING)
# What a file may correct, in the order in which changes are shown. due_at and settled_at follow their days.
COMPARED = (
    "registered_on", "source_number", "village", "village_words", "household", "complainant", "phone", "persons",
    "summary", "detail", "kind", "category", "source", "accepted_on", "assigned_on", "department", "handler",
    "handler_words", "due_on", "due_unit", "due_words", "status", "decline_reason", "settled_on", "settlement",
    "method", "on_the_spot", "result", "answered_on", "answer_mode", "verified_on", "satisfaction",
    "closed_out_on", "origin_words",
)  # fmt: skip
# Of these the file is right even when it no longer says anything: 已办结 put back to 办理中 has no day.
OF_THE_STATE = frozenset(
    ("status", "decline_reason", "settled_on", "settlement", "method", "on_the_spot", "result", "answered_on",
     "answer_mode", "verified_on", "satisfaction", "closed_out_on")
)  # fmt: skip
WORDS = {
    "status": dict(Status.choices),
    "settlement": dict(Settlement.choices),
    "kind": dict(Grievance.Kind.choices),
    "answer_mode": dict(Grievance.AnswerMode.choices),
    "satisfaction": dict(FollowUp.Answer.choices),
}


@dataclass
class Item:
    """One matter: ``matter`` is None when missing, ``stored`` when new.

    ``changes`` are field -> new value; ``fields`` the same as (label, old, new), masked.
    """

    kind: str
    matter: object = None
    stored: object = None
    changes: dict = field(default_factory=dict)
    fields: list = field(default_factory=list)


class StagedLedger(Staged):
    """An older ledger, read and compared."""

    def __init__(self, book, place):
        super().__init__(place)
        self.stamp = ledger_stamp(place.township)
        self.parsed = self._parse(book)
        self._within()
        self.tables, self.data_rows = self.parsed.tables, self.parsed.data_rows
        self.hidden_sheets = self.parsed.hidden_sheets
        self.unread_sheets = self.parsed.unread_sheets
        matters = self.parsed.matters
        residents = Residents(place.township, matters)
        for matter in matters:
            matter.values["village"] = matter.village
            matter.values["household"] = residents.household_of(matter)
        self.items = self._compare(matters)
        self.parsed.in_order()
        self.refused, self.warnings = self.parsed.refused, self.parsed.warnings

    def _parse(self, book):
        place = self.place
        return parse_ledger(
            book,
            lists=Lists(place.township, place.on),
            places=LedgerPlaces(place.township, place.village),
            on=place.on,
            layouts=place.layouts,
        )

    def _within(self):
        """Rows of villages the uploader may not change are refused."""
        scope = self.place.within
        if scope is None or scope.everything:
            return
        for matter in list(self.parsed.matters):
            allowed = (
                self.place.covers(matter.village)
                if matter.village
                else self.place.township.pk in scope.townships
            )
            if not allowed:
                self.parsed.refuse(matter, "village", "R-TERRITORY")

    def _compare(self, matters):
        if not matters:
            return []
        days = [each.values["registered_on"] for each in matters]
        days = min(days), max(days)
        numbers = {each.number for each in matters} - {""}
        stored = Stored(self.place.township, days, numbers)
        found = match(matters, stored)
        items = [self._item(each, found.get(id(each)), stored) for each in matters]
        if any(table.is_returned for table in self.tables):
            return items
        met = {row.pk for row in found.values()}
        gone = [row for row in stored.rows.values() if row.pk not in met]
        return items + [Item(MISSING, stored=row) for row in gone if self._is_missed(row, days)]

    def _is_missed(self, row, days):
        """Imported earlier, of the file's days and place, and not in it now."""
        village = self.place.village
        here = village is None or row.village_id == village.pk
        return (
            row.is_imported
            and not row.is_confidential
            and here
            and days[0] <= row.registered_on <= days[1]
        )

    def _item(self, matter, row, stored):
        if row is None:
            return Item(NEW, matter)
        if row.is_confidential:  # known, and nothing more is said of it
            return Item(UNCHANGED, matter)
        changes = changes_of(matter, row)
        if changes and row.pk in stored.worked_on:
            if row.is_imported:
                self.parsed.warn(matter, "content", "W-WORKED-ON")
            changes = {}
        fields = [_shown(row, name, new) for name, new in changes.items()]
        return Item(CHANGED if changes else UNCHANGED, matter, row, changes, fields)

    def counts(self):
        """{"items": {kind: 件}}."""
        kinds = [each.kind for each in self.items]
        return {ITEMS: {kind: kinds.count(kind) for kind in KINDS}}

    def lines(self):
        """Every matter, in the order of the file; missing ones after."""
        for item in self.items:
            yield _line(item)

    def notes(self):
        """What the whole file lacks."""
        placed = {each.sheet for each in self.parsed.matters if each.village}
        tables = (each for each in self.tables if "village" not in each.columns)
        lacking = [each.sheet.name for each in tables if each.sheet.name not in placed]
        if not lacking or self.place.village:
            return []
        where = "、".join(lacking)
        how = "整个文件都是一个村的，请在上传时选择这个村。"
        return [f"工作表“{where}”没有“村”一栏，这些诉求先列为“村待核”；{how}"]

    def write(self, *, by, file_name, trace):
        """Store everything, inside the caller's transaction."""
        store(self, by=by, file_name=file_name, trace=trace)


def changes_of(matter, row):
    """{attribute: new value} where the file says something else. Nothing said takes nothing away."""
    changes = {}
    for name in COMPARED:
        new = matter.values[name]
        key = getattr(new, "pk", new)
        old = getattr(row, f"{name}_id" if name in RELATED else name)
        if key == old or (not new and name not in OF_THE_STATE):
            continue
        if not new and not old:
            continue
        changes[name] = new
    return changes


def _line(item):
    row, matter = item.stored, item.matter
    said = matter.values if matter else None
    name = said["complainant"] if said else row.complainant
    summary = said["summary"] if said else row.summary
    number = (said["source_number"] if said else row.source_number) or (row.number if row else "")
    label = " ".join(each for each in (number, personal.mask_name(name), plain(summary)) if each)
    if matter:
        village = str(matter.village) if matter.village else f"{said['village_words']}(村待核)"
    else:
        village = row.village_name
    return Line(
        unit=ITEMS,
        kind=item.kind,
        label=label[:100],
        place=village,
        fields=item.fields,
        sheet=matter.sheet if matter else "",
        row=matter.row if matter else 0,
    )


def _shown(row, name, new):
    """(label, old, new) of a change, masked."""
    old = getattr(row, name)
    # A household is given by its id: who lives there is not for the preview
    words = WORDS.get(name)
    if name == "household":
        new = "另一户" if old else "已对上户"
    if name == "phone":
        old, new = personal.mask_phone(old), personal.mask_phone(new)
    elif name in ("complainant", "handler_words"):
        old, new = personal.mask_name(old), personal.mask_name(new)
    elif words:
        old, new = words.get(old, ""), words.get(new, "")
    elif isinstance(new, bool):
        old, new = ("是" if each else "否" for each in (old, new))
    label = str(Grievance._meta.get_field(name).verbose_name)
    return label, plain(str(old or ""))[:SHOWN], plain(str(new or ""))[:SHOWN]
