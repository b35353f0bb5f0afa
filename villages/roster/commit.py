"""Taking a staged roster into the registry: one transaction, in bulk, with its lines in the trail."""

from collections import Counter, defaultdict

from django.db import IntegrityError, transaction
from django.db.models import Count

from liaison import audit, clock
from liaison.bulk import insert_many, reserve_keys, store_rows, update_many
from liaison.errors import NotAllowed
from liaison.imports.kinds import CHANGED, KIND_NAMES, MOVED, NEW
from liaison.imports.trace import NoTrace
from villages.models import Household, RegistryEvent, Resident, Township
from villages.search import (
    add_households,
    add_residents,
    refresh_households,
    refresh_residents,
)

from .changes import village_of
from .groups import Groups
from .holdings import store_tags
from .prepare import HOUSEHOLD, RESIDENT
from .registry import CHUNK, registry_stamp

Event = RegistryEvent.Kind
FOUND_BY = {
    "name",
    "id_number",
    "phones",
    "village_id",
}  # what a resident's search words are made of
MOVED_ON = "名册在预览之后又有变动，预览已不准确。请重新上传，再看一遍预览后确认。"


def commit(*, staged, by, file_name):
    """Store what `staged` says, in a transaction of its own and without a trace to take it back by.

    Args:
        by: the user who confirms, None for the command line.
        file_name: as uploaded, for the trail.
    Returns:
        staged.counts()
    Raises:
        NotAllowed: a household or resident of the township changed since the staging.
    """
    staged.prepare(lambda *_: None)
    with transaction.atomic():
        staged.write(by=by, file_name=file_name, trace=NoTrace())
    return staged.counts()


class Writing:
    """One ``Staged.write``: what it stores, in its order, each row told to the trace."""

    def __init__(self, staged, by, file_name, trace):
        self.staged, self.by, self.file_name, self.trace = staged, by, file_name, trace
        self.township, self.now = staged.township, clock.now()
        self.lines, self.events = [], []

    def run(self):
        """Store everything.

        Raises:
            NotAllowed: the registry moved on since the staging.
        """
        # Two imports of one township come one after the other, and the second sees the first.
        Township.objects.select_for_update(no_key=True).get(pk=self.township.pk)
        if registry_stamp(self.township) != self.staged.stamp:
            raise NotAllowed(MOVED_ON)
        try:
            self._store()
        except IntegrityError as collision:  # somebody was entered by hand in the same moment
            raise NotAllowed(MOVED_ON) from collision

    def _store(self):
        homes = [each for each in self.staged.households if each.kind in (NEW, CHANGED)]
        people = [each for each in self.staged.residents if each.kind in (NEW, CHANGED, MOVED)]
        groups = Groups(homes, self.trace)
        self._new_households([each for each in homes if each.kind == NEW], groups)
        self._changed_households([each for each in homes if each.kind == CHANGED], groups)
        self._new_residents([each for each in people if each.kind == NEW])
        self._changed_residents([each for each in people if each.kind != NEW])
        store_tags(people, self.staged.place.on, self.trace)
        self._recount(people)
        self.trace.created(insert_many(RegistryEvent, self.events))
        self._trail()

    def _new_households(self, changes, groups):
        keys, town = self._keys(Household, changes), self.township.pk
        rows = [
            (each.pk, town, each.parsed.village.pk, groups.of(each).pk, *each.ready)
            for each in changes
        ]
        store_rows(Household, ("id", "township_id", "village_id", "group_id", *HOUSEHOLD), rows)
        add_households((each.pk, town, each.parsed.village.pk, each.words) for each in changes)
        self.trace.created_keys(Household, keys)

    def _new_residents(self, changes):
        keys, town = self._keys(Resident, changes), self.township.pk
        rows = (
            (each.pk, town, _village(each.household), each.household.pk, *each.ready)
            for each in changes
        )
        store_rows(Resident, ("id", "township_id", "village_id", "household_id", *RESIDENT), rows)
        add_residents((each.pk, town, _village(each.household), each.words) for each in changes)
        self.trace.created_keys(Resident, keys)

    def _keys(self, model, changes):
        """Give each new one its key."""
        keys = reserve_keys(model, len(changes))
        for change, pk in zip(changes, keys, strict=True):
            change.pk = pk
        return keys

    def _changed_households(self, changes, groups):
        rows = _locked(Household.objects.select_related("group"), changes)
        for change in changes:
            row = change.row = rows[change.stored.pk]
            self._line("导入修改户", change)
            old, group = row.group, groups.of(change)
            values = change.ready | ({"group_id": group.pk} if group.pk != old.pk else {})
            if "group_id" in values:
                self._event(
                    Event.GROUP_CHANGED, household=row, village_id=row.village_id,
                    detail=f"{old.name} → {group.name}",
                )  # fmt: skip
            self._change(row, values)
        names = ["group_id", "head_name", "head_pinyin", "address", "version"]
        update_many(Household, [each.row for each in changes], names)
        refresh_households(each.row for each in changes if "head_name" in each.ready)

    def _changed_residents(self, changes):
        rows = _locked(Resident.objects, changes)
        by_fields, searched = defaultdict(list), []
        for change in changes:
            row = change.row = rows[change.stored.pk]
            self._line("导入迁移居民" if change.kind == MOVED else "导入修改居民", change)
            home = change.household.pk
            values = dict(change.ready)
            if home != row.household_id:
                self._moved(change, home)
                values |= {"household_id": home, "village_id": _village(change.household)}
            self._change(row, values)
            by_fields[frozenset(values)].append(row)
            if not FOUND_BY.isdisjoint(values):
                searched.append(row)
        for names, same in by_fields.items():  # so that no ciphertext is written anew for nothing
            update_many(Resident, same, [*sorted(names), "version"])
        refresh_residents(searched)

    def _change(self, row, values):
        """Set values, raise the version, tell the trace what was."""
        before = {name: getattr(row, name) for name in values}
        for name, value in values.items():
            setattr(row, name, value)
        row.version += 1
        self.trace.changed(row, before)

    def _moved(self, change, home):
        was = self.staged.registry.households[change.stored.household_id]
        _, old, new = change.fields[0]
        self._event(
            Event.MOVED, household_id=was.pk, other_household_id=home, village_id=was.village.pk,
            resident=change.row, detail=f"{old} → {new}",
        )  # fmt: skip

    def _event(self, kind, **facts):
        self.events.append(
            RegistryEvent(
                kind=kind,
                on=self.staged.place.on,
                entered_at=self.now,
                by_id=self.by.pk if self.by else None,
                by_name=self.by.display_name if self.by else "系统",
                batch_id=self.trace.batch_id,
                **facts,
            )
        )

    def _recount(self, changes):
        """Set 人口 of every stored household somebody came to or left; new ones have theirs."""
        homes = {c.household.stored.pk for c in changes if c.household.stored}
        homes |= {c.stored.household_id for c in changes if c.kind == MOVED}
        differing, pks = [], sorted(homes)
        for start in range(0, len(pks), CHUNK):
            chunk = pks[start : start + CHUNK]
            people = Resident.objects.present().filter(household__in=chunk).order_by()
            counts = dict(people.values_list("household").annotate(Count("pk")))
            for household in Household.objects.filter(pk__in=chunk):
                if household.residents_count != counts.get(household.pk, 0):
                    household.residents_count = counts.get(household.pk, 0)
                    differing.append(household)
        update_many(Household, differing, ["residents_count"])

    def _line(self, action, change):
        self.lines.append(
            {
                "action": action,
                "subject": change.row,
                "label": str(change.row),
                "before": {name: old for name, old, _ in change.fields},
                "after": {name: new for name, _, new in change.fields},
                "township_id": self.township.pk,
            }
        )

    def _trail(self):
        """A line for each row that was changed or moved, and one for the import with the new ones per village."""
        residents = self.staged.residents
        new = Counter(_village(each.household) for each in residents if each.kind == NEW)
        villages = {each.pk: each.name for each in self.staged.villages}
        after = {f"新增居民（{villages[pk]}）": count for pk, count in new.items()}
        for unit, counts in (("户", "households"), ("居民", "residents")):
            tally = self.staged.counts()[counts]
            after |= {f"{KIND_NAMES[kind]}（{unit}）": count for kind, count in tally.items()}
        audit.record_many(by=self.by, lines=self.lines)
        audit.record(
            by=self.by,
            action="导入花名册",
            subject=self.township,
            label=f"{self.township.name} {self.file_name}",
            after=after,
            township_id=self.township.pk,
        )


def _locked(queryset, changes):
    """{pk: row} of what is changed, locked."""
    pks, rows = sorted(each.stored.pk for each in changes), {}
    for start in range(0, len(pks), CHUNK):
        rows |= queryset.select_for_update(of=("self",), no_key=True).in_bulk(
            pks[start : start + CHUNK]
        )
    return rows


def _village(home):
    """The key of a household's village."""
    return village_of(home).pk
