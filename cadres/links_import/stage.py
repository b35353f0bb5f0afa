"""A table of 包户联系 against what is stored: new, changed, unchanged, missing. Stores nothing."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field

from cadres.bounds import FEW, Bounds, households_of
from cadres.linking import kind_of, points_to
from cadres.models import HouseholdLink
from liaison.imports.kinds import CHANGED, ITEMS, MISSING, NEW, UNCHANGED, Line, Staged
from villages.models import Household

from .finding import Finder, Newcomer, NotFound
from .registry import Registry
from .rows import PEOPLE
from .writing import write_links

UNITS = ((ITEMS, "条联系", (NEW, CHANGED, UNCHANGED, MISSING)),)
WORDS = dict(HouseholdLink.Kind.choices)


@dataclass(eq=False)
class Item:
    """One household and one kind of person, as it will be; ``who`` None when the file does not name it."""

    kind: str
    link_kind: str
    household: Household
    who: object = None  # Post, Representative or Newcomer
    since: object = None
    standing: HouseholdLink | None = None
    row: object = None
    fields: list = field(default_factory=list)

    def line(self, villages):
        """As the preview shows it."""
        home = self.household
        place = f"{villages[home.village_id]}{home.group}"
        sheet, number = (self.row.sheet, self.row.row) if self.row else ("", 0)
        label = f"{home} {WORDS[self.link_kind]}"
        return Line(ITEMS, self.kind, label[:100], place[:120], self.fields, sheet, number)


class StagedLinks(Staged):
    """A table read and compared; see liaison.imports.kinds.Staged."""

    def __init__(self, place, parsed, book):
        super().__init__(place)
        self.parsed = parsed
        self.tables, self.hidden_sheets = parsed.tables, book.hidden_names
        self.unread_sheets, self.data_rows = parsed.unread_sheets, parsed.data_rows
        self.refused, self.warnings = list(parsed.refused), list(parsed.warnings)
        villages = {row.village for row in parsed.rows} | ({place.village} - {None})
        self.villages = {village.pk: village for village in villages}
        self.registry = Registry(place.township, sorted(self.villages), place.on)
        self.finder = Finder(self.registry)
        self.items, self.spoken_of = [], {}
        self._stage()

    def counts(self):
        """{"items": {kind: how many}}, in 条联系: a household may have one of each kind of person."""
        counts = dict.fromkeys(UNITS[0][2], 0)
        for item in self.items:
            counts[item.kind] += 1
        return {ITEMS: counts}

    def lines(self):
        """In the order of the file, the missing ones last."""
        yield from (item.line(self.villages) for item in self.items)

    def notes(self):
        """How many representatives will be made."""
        new = self.finder.newcomers.values()
        if not new:
            return []
        known = sum(each.resident is not None for each in new)
        return [
            f"名单里有 {len(new)} 位新的村民代表，确认后一并登记，其中 {known} 位对应到花名册。"
        ]

    def carried(self, sheet, row):
        """What a problem row takes from the rows above it."""
        return self.parsed.carried.get((sheet, row), {})

    def write(self, *, by, file_name, trace):
        """Store it; see writing.py."""
        write_links(self, by=by, file_name=file_name, trace=trace)

    def _stage(self):
        for row in self.parsed.rows:
            try:
                self._row(row)
            except NotFound as unclear:
                value = row.who.get(unclear.name) or getattr(row, unclear.name, "")
                self._refuse(row, unclear.name, unclear.code, value, unclear.detail)
        taken = {item.who for item in self.items}
        self.finder.newcomers = {k: n for k, n in self.finder.newcomers.items() if n in taken}
        self._residents()
        self._bounds()
        self.items += self._missing()
        self._sort_problems()

    def _row(self, row):
        household = self.finder.household(row)
        first = self.spoken_of.get(household.pk)
        if first:
            return self._refuse(row, "head", "R-LINK-DUP", row.head, f"第{first.row}行")
        self.spoken_of[household.pk] = row
        if household.residence == Household.Residence.CANCELLED:
            return self._refuse(row, "head", "R-LINK-GONE", row.head)
        if not row.who:
            return self._warn(row, "head", "W-LINK-NONE", row.head)
        items = [self._item(row, household, name) for name in PEOPLE if name in row.who]
        if row.number and row.head and row.head != household.head_name:
            self._warn(row, "head", "W-LINK-HEAD", row.head, household.head_name or "待定户主")
        self.items += items
        return None

    def _item(self, row, household, name):
        who = (
            self.finder.cadre(row)
            if name == "cadre"
            else self.finder.representative(row, household)
        )
        since = row.since or self.place.on
        standing = self.registry.standing(household.pk, name)
        item = Item(NEW, name, household, who, since, standing, row)
        if standing and not isinstance(who, Newcomer) and points_to(standing, who):
            item.kind = UNCHANGED
            return item
        last = self.registry.last_day(household.pk, name)
        if last and last > since:
            raise NotFound("since" if row.since else name, "R-LINK-EARLY", str(last))
        if not isinstance(who, Newcomer) and name == "representative" and since < who.since:
            raise NotFound("since", "R-LINK-EARLY", f"{who}自{who.since}起任")
        item.kind = CHANGED if standing else NEW
        item.fields = [(WORDS[name], _name(standing), str(who))]
        if row.since:
            item.fields.append(("起", "", str(since)))
        return item

    def _residents(self):
        """Newcomers of whose name there are several on the roll are named."""
        unclear = set(self.finder.meet_residents())
        for item in self.items:
            if item.who in unclear:
                unclear.discard(item.who)
                self._warn(
                    item.row, "representative", "W-LINK-PERSON", item.who.name, item.who.name
                )

    def _bounds(self):
        """Who would have too few or too many; said once, at the first row that names him."""
        bounds = Bounds.on(self.place.on, [self.place.township.pk])
        named = defaultdict(list)
        for item in self.items:
            named[item.who].append(item)
        stored = households_of([w for w in named if not isinstance(w, Newcomer)], self.place.on)
        leaving = Counter(_key(item.standing) for item in self.items if item.kind == CHANGED)
        for who, items in named.items():
            key = None if isinstance(who, Newcomer) else (kind_of(who), who.pk)
            number = stored.get(key, 0) - leaving[key]
            number += sum(item.kind != UNCHANGED for item in items)
            self._judge(bounds, who, number, items[0])

    def _judge(self, bounds, who, number, item):
        place, kind = self.place.township.pk, item.link_kind
        verdict = bounds.verdict(place, kind, number)
        if verdict:
            side = "少于" if verdict == FEW else "超出"
            said = f"{who}将联系{number}户，{side}标准{bounds.of(place, kind).in_words()}"
            code = "W-LINK-FEW" if verdict == FEW else "W-LINK-MANY"
            self._warn(item.row, kind, code, item.row.who[kind], said)

    def _missing(self):
        """Links of the places the file speaks for that it does not name; they stay."""
        if any(table.is_returned for table in self.tables):
            return []
        named = {(item.household.pk, item.link_kind) for item in self.items}
        wrong = {(each.sheet, each.row) for each in self.refused}
        refused = {pk for pk, row in self.spoken_of.items() if (row.sheet, row.row) in wrong}
        homes = {home.pk: home for home in self.registry.numbered.values()}
        missing = []
        for (pk, kind), links in self.registry.links.items():
            standing = next((link for link in links if link.until is None), None)
            home = homes.get(pk)
            if standing is None or home is None or home.residence == "cancelled":
                continue
            if kind in self.parsed.kinds and (pk, kind) not in named and pk not in refused:
                fields = [(WORDS[kind], _name(standing), "")]
                missing.append(Item(MISSING, kind, home, None, None, standing, None, fields))
        return sorted(missing, key=lambda each: (each.household.village_id, each.household.pk))

    def _refuse(self, row, name, code, value="", detail=""):
        self.refused.append(row.problem(name, code, value, detail))

    def _warn(self, row, name, code, value="", detail=""):
        self.warnings.append(row.problem(name, code, value, detail))

    def _sort_problems(self):
        refused = {(each.sheet, each.row) for each in self.refused}
        self.warnings = [w for w in self.warnings if (w.sheet, w.row) not in refused]
        order = {table.sheet.name: number for number, table in enumerate(self.tables)}
        for problems in (self.refused, self.warnings):
            problems.sort(key=lambda each: (order.get(each.sheet, 99), each.row))


def _name(link) -> str:
    return str(link.post or link.representative) if link else ""


def _key(link):
    return link.kind, link.post_id or link.representative_id
