"""A roster against what is stored: new, changed, moved, unchanged, missing. Stores nothing before ``write``."""

import hashlib
import json
from collections import Counter

from liaison import personal
from liaison.imports import kinds
from liaison.imports.kinds import CHANGED, MISSING, MOVED, NEW, UNCHANGED, Line

from .changes import (
    Change,
    household_change,
    place_of,
    planned_place,
    resident_change,
    show_old_numbers,
    village_of,
)
from .commit import Writing
from .kept import bring_back, keep
from .matching import Matching
from .parse import parse_roster
from .places import VillageFinder
from .prepare import prepare, work_out
from .ready import Making, making
from .registry import Registry, index_of, registry_stamp

UNITS = {
    "households": (NEW, CHANGED, UNCHANGED, MISSING),
    "residents": (NEW, CHANGED, MOVED, UNCHANGED, MISSING),
}
encode = json.JSONEncoder(ensure_ascii=False, default=str).encode
KEPT_ROWS = 300  # under a header: samples for the page of columns
NUMBERS_NAMED = 100
UNTOLD = (
    "有{}人的行里没有户编号、户主和与户主关系，分不出谁和谁是一户：已登记的人留在原来的户里，不迁移；"
    "没有登记过的{}人按组各暂归一户，户主待定。请补上其中一栏再上传。"
)
STRANGERS = (
    "下列户编号在名册里是另一家，家里没有一个相同的人，请核对户编号是否用错：{}。"
    "确认导入会把这些户改为文件里的户主。"
)


class Staged(kinds.Staged):
    """What an import of a roster would do.

    Attributes:
        stamp: the registry's state it was worked out from.
        households, residents: Changes, in the order of the file, missing ones last.
    """

    def __init__(self, place, parsed, registry, villages, stamp):
        super().__init__(place)
        self.parsed, self.registry, self.stamp = parsed, registry, stamp
        self.township, self.villages = place.township, villages
        self.tables = parsed.tables
        self.refused, self.warnings = parsed.refused, parsed.warnings
        self.data_rows = parsed.data_rows
        self.hidden_sheets, self.unread_sheets = parsed.hidden_sheets, parsed.unread_sheets
        self.households, self.residents = [], []
        self.untold = 0  # people of whose households the file says nothing
        self._prepared, self._fingerprint = False, ""

    def counts(self):
        """{"households": {...}, "residents": {...}} in 户 and 人, as the contract of import_roster names them."""
        found = {"households": self.households, "residents": self.residents}
        tallies = {unit: Counter(each.kind for each in changes) for unit, changes in found.items()}
        return {
            unit: {kind: tallies[unit][kind] for kind in known} for unit, known in UNITS.items()
        }

    def of_kind(self, kind):
        """Changes of residents of a kind, in the order of the file."""
        return [each for each in self.residents if each.kind == kind]

    def lines(self):
        """A Line for each household and, under it, each of its people; who is missing comes last."""
        people = iter(self.residents)
        for home in self.households:
            if home.kind == MISSING:
                continue
            yield self._home_line(home)
            for _ in home.parsed.residents:
                yield self._person_line(next(people))
        yield from (self._home_line(each) for each in self.households if each.kind == MISSING)
        yield from (self._person_line(each) for each in people)

    def _home_line(self, home):
        parsed, stored = home.parsed, home.stored
        name = (parsed and parsed.head_name) or (stored and stored.head_name) or "待定户主"
        number = stored.number if stored else parsed.stored_number
        place = f"{village_of(home).name} {planned_place(home)}"
        at = (parsed.sheet, parsed.row) if parsed else ("", 0)
        return Line("households", home.kind, f"{name}户({number})", place, home.fields, *at)

    def _person_line(self, change):
        parsed, home = change.parsed, change.household
        if home is None or (change.stored and change.stored.left_on):
            stored = self.registry.households[change.stored.household_id]
            place = f"{stored.village.name} {place_of(stored)}"
        else:
            place = f"{village_of(home).name} {planned_place(home)}"
        name = (change.stored or parsed).name
        at = (parsed.sheet, parsed.row) if parsed else ("", 0)
        return Line("residents", change.kind, name, place, change.fields, *at)

    def notes(self):
        """Says which household numbers belong to another family here, and of whom no household is told."""
        numbers, notes = self.stranger_numbers(), []
        if numbers:
            notes.append(STRANGERS.format("、".join(numbers)))
        if self.untold:
            new = sum(
                each.stored is None
                for home in self.parsed.households
                for each in (() if home.told else home.residents)
            )
            notes.append(UNTOLD.format(self.untold, new))
        return notes

    def stranger_numbers(self):
        """Numbers of households that a whole other family lives in: the number may be wrong."""
        numbers = []
        if self.parsed.is_returned:
            return numbers
        for change in self.households:
            if change.kind in (NEW, MISSING):
                continue
            neighbours = self.registry.by_household[change.stored.pk]
            old = {each.pk for each in neighbours if each.left_on is None}
            found = {each.stored.pk for each in change.parsed.residents if each.stored}
            if old and not old & found:
                numbers.append(change.stored.number)
        return numbers[:NUMBERS_NAMED]

    def carried(self, sheet, row):
        """What a problem row takes from the rows above it, by field."""
        household = self.parsed.homes.get((sheet, row))
        return household.carried() if household else {}

    def fingerprint(self):
        """Equal for two stagings that would do the same to the same rows; holds no personal data."""
        if not self._fingerprint:
            digest = hashlib.sha256()
            for change in (*self.households, *self.residents):
                stored = (change.stored.pk, change.stored.version) if change.stored else None
                said = [change.kind, stored, sorted(change.tags or ()), *_said(change)]
                digest.update(encode(said).encode())
            self._fingerprint = personal.blind_index(digest.hexdigest(), "roster")
        return self._fingerprint

    def prepare(self, progress, ahead=()):
        """Make the rows ready to be stored: ciphertext, blind indexes, sounds; the long part."""
        if not self._prepared:
            prepare(self, progress, making(ahead, ahead and self.fingerprint()))
            self._prepared = True

    def prepare_ahead(self, progress):
        """What ``prepare`` of the same staging need not work out again."""
        working = Making()
        working.keep_for(self.fingerprint())
        work_out(self, progress, working)
        return working.kept()

    def write(self, *, by, file_name, trace):
        """Store new, changed and moved ones, inside the caller's transaction; nobody is deleted.

        Raises:
            NotAllowed: a household or resident of the township changed since the staging.
        """
        Writing(self, by, file_name, trace).run()


def _said(change):
    """What would be stored, as plain values in a fixed order."""
    if change.values is not None:
        return sorted(change.values.items())
    parsed = change.parsed
    if parsed is None:  # missing: nothing would be stored
        return []
    if change.household is None:  # a new household
        number, group = parsed.stored_number, parsed.stored_group
        return [parsed.village.pk, number, group, parsed.section, parsed.head_name, parsed.address]
    return [
        parsed.name, parsed.relation, parsed.sex, parsed.birth_date, parsed.birth_month_only,
        parsed.id_number, parsed.phones, parsed.remark,
    ]  # fmt: skip


def stage_book(book, place):
    """Read and stage a Book for a Place.

    Raises:
        FileRefused: the file as a whole cannot be taken.
    """
    township, village = place.township, place.village
    villages = list(township.villages.in_order())
    finder = VillageFinder(villages, township_name=township.name, only=village)
    parsed = parse_roster(
        book, on=place.on, find_village=finder, covers=place.covers, layouts=place.layouts
    )
    kept = keep(parsed, place)  # as the file says it: the registry refuses people of it below
    staged = _staged(parsed, place)
    staged.kept = kept
    return staged


def stage_kept(kept, place):
    """Stage what an earlier ``stage_book`` kept; None where the file must be read anew."""
    parsed = bring_back(kept, place)
    return parsed and _staged(parsed, place)


def _staged(parsed, place):
    villages = {each.village for each in parsed.households}
    if place.village:
        villages.add(place.village)
    return stage(parsed=parsed, place=place, villages=sorted(villages, key=lambda v: v.code))


def stage(*, parsed, place, villages):
    """Compare a ParsedRoster with the registry.

    Args:
        villages: the Villages the file speaks for; only there can anybody be missing.
    """
    stamp = registry_stamp(place.township)
    wanted = []
    for person in (each for household in parsed.households for each in household.residents):
        if person.id_number:
            person.id_index = index_of(person.id_number)
            wanted.append(person.id_index)
    untold = sum(len(each.residents) for each in parsed.households if not each.told)
    registry = Registry(place.township, villages, wanted, place.on)
    matching = Matching(parsed, registry)
    staged = Staged(place, parsed, registry, villages, stamp)
    staged.untold = untold
    for household in parsed.households:
        _stage_household(staged, household)
    show_old_numbers(staged.residents)
    if not parsed.is_returned:
        gone = matching.missing_households({each.pk for each in villages})
        staged.households += [Change(MISSING, stored=each) for each in gone]
        staged.residents += [Change(MISSING, stored=e) for e in matching.missing_residents()]
    parsed.sort_problems()
    _thin_out(staged)
    return staged


def _stage_household(staged, household):
    parsed, stored = staged.parsed, household.stored
    home = household_change(household)
    staged.households.append(home)
    if stored and stored.is_cancelled:
        parsed.warn(household, household.residents[0], "number", "W-CANCELLED", household.number)
    for person in household.residents:
        change = resident_change(person, home, staged.registry, parsed.columns)
        staged.residents.append(change)
        if person.stored and person.stored.left_on:
            left = person.stored.left_word
            parsed.warn(household, person, "name", "W-GONE", person.name, left)


def _thin_out(staged):
    """Let go of the cells nobody asks for any more: a township's roster takes more memory than its people."""
    wanted = {(each.sheet, each.row) for each in (*staged.refused, *staged.warnings)}
    for table in staged.tables:
        rows, name = table.sheet.rows, table.sheet.name
        for index in range(table.first_row + KEPT_ROWS, len(rows)):
            if (name, index + 1) not in wanted:
                rows[index] = ()
