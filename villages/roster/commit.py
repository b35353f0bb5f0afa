"""Taking a staged roster into the registry: one transaction, in bulk, with its lines in the trail."""

from collections import Counter, defaultdict

from django.db import IntegrityError, transaction
from django.db.models import Count

from liaison import audit
from liaison.errors import NotAllowed
from villages.models import Group, Household, Resident, ResidentTag, Section, Township
from villages.pinyin import search_key

from .registry import CHUNK, registry_stamp
from .stage import CHANGED, KIND_NAMES, MOVED, NEW, UNCHANGED
from .text import read_group

BATCH = 1000
MOVED_ON = "名册在预览之后又有变动，预览已不准确。请重新上传，再看一遍预览后确认。"


def commit(*, staged, by, file_name):
    """Store what `staged` says; new, changed and moved only, nobody is deleted.

    Args:
        by: the user who confirms, None for the command line.
        file_name: as uploaded, for the trail.
    Returns:
        staged.counts()
    Raises:
        NotAllowed: a household or resident of the township changed since the staging.
    """
    try:
        with transaction.atomic():
            # Two imports of one township come one after the other, and the second sees the first.
            Township.objects.select_for_update().get(pk=staged.township.pk)
            if registry_stamp(staged.township) != staged.stamp:
                raise NotAllowed(MOVED_ON)
            _Commit(staged, by, file_name).run()
    except IntegrityError as collision:  # somebody was entered by hand in the same moment
        raise NotAllowed(MOVED_ON) from collision
    return staged.counts()


class _Commit:
    def __init__(self, staged, by, file_name):
        self.staged, self.by, self.file_name = staged, by, file_name
        self.township = staged.township
        self.lines = []  # of the trail

    def run(self):
        changing = [each for each in self.staged.households if each.kind in (NEW, CHANGED)]
        self.groups = _Groups(changing)
        self._store_households(changing)
        residents = [c for c in self.staged.residents if c.parsed and c.kind != UNCHANGED]
        emptied = self._store_residents(residents)
        self._store_tags([each for each in residents if each.tags is not None])
        self._recount(residents, emptied)
        self._trail()

    def _store_households(self, changes):
        new, changed = [], []
        for change in changes:
            group = self.groups.of(change)
            if change.kind == NEW:
                change.stored = Household(
                    township=self.township,
                    village=change.parsed.village,
                    group=group,
                    number=change.values["number"],
                    head_name=change.values["head_name"],
                    head_pinyin=search_key(change.values["head_name"]),
                    address=change.values["address"],
                )
                new.append(change.stored)
                continue
            self._line("导入修改户", change, label=str(change.stored))
            household = change.stored
            household.group = group
            household.head_name = change.values.get("head_name", household.head_name)
            household.head_pinyin = search_key(household.head_name)
            household.address = change.values.get("address", household.address)
            household.version += 1
            changed.append(household)
        Household.objects.bulk_create(new, batch_size=BATCH)
        names = ["group", "head_name", "head_pinyin", "address", "version"]
        Household.objects.bulk_update(changed, names, batch_size=BATCH // 4)

    def _store_residents(self, changes):
        """Returns the ids of households somebody left."""
        new, changed, left = [], [], set()
        for change in changes:
            if change.kind == NEW:
                change.stored = Resident(township=self.township)
                new.append(change.stored)
            else:
                self._line("导入迁移居民" if change.kind == MOVED else "导入修改居民", change)
                changed.append(change)
                left.add(change.stored.household_id)
                change.stored.version += 1
            self._fill(change)
        Resident.objects.bulk_create(new, batch_size=BATCH)
        _update_residents(changed)
        return left

    def _fill(self, change):
        resident, home = change.stored, change.household.stored
        resident.household, resident.village_id = home, home.village_id
        for name, value in change.values.items():
            if name == "id_number":
                resident.set_id_number(value)
            elif name == "phones":
                resident.set_phones(value.split("、") if value else [])
            else:
                setattr(resident, name, value)
        if "name" in change.values:
            resident.pinyin = search_key(resident.name)

    def _store_tags(self, changes):
        names = set().union(*(each.tags for each in changes)) if changes else set()
        known = set(ResidentTag.objects.filter(name__in=names).values_list("name", flat=True))
        ResidentTag.objects.bulk_create(
            ResidentTag(name=name, order=900) for name in sorted(names - known)
        )
        tags = dict(ResidentTag.objects.filter(name__in=names).values_list("name", "pk"))
        link = Resident.tags.through
        old = [each.stored.pk for each in changes if each.kind != NEW]
        for start in range(0, len(old), CHUNK):
            link.objects.filter(resident__in=old[start : start + CHUNK]).delete()
        link.objects.bulk_create(
            (
                link(resident_id=each.stored.pk, tag_id=tags[name])
                for each in changes
                for name in sorted(each.tags)
            ),
            batch_size=BATCH * 4,
        )

    def _recount(self, changes, emptied):
        """Set 人口 of every household somebody came to or left."""
        homes = {c.household.stored.pk: c.household.stored for c in changes}
        homes |= {h.pk: h for h in Household.objects.filter(pk__in=emptied - homes.keys())}
        counts = defaultdict(int)
        pks = sorted(homes)
        for start in range(0, len(pks), CHUNK):
            rows = Resident.objects.present().filter(household__in=pks[start : start + CHUNK])
            counts |= dict(rows.order_by().values_list("household").annotate(Count("pk")))
        differing = [each for pk, each in homes.items() if each.residents_count != counts[pk]]
        for each in differing:
            each.residents_count = counts[each.pk]
        Household.objects.bulk_update(differing, ["residents_count"], batch_size=BATCH // 2)

    def _line(self, action, change, label=""):
        self.lines.append(
            {
                "action": action,
                "subject": change.stored,
                "label": label or str(change.stored),
                "before": {name: old for name, old, _ in change.fields},
                "after": {name: new for name, _, new in change.fields},
                "township_id": self.township.pk,
            }
        )

    def _trail(self):
        """A line for each row that was changed or moved, and one for the import with the new ones per village."""
        new = Counter()
        for change in self.staged.residents:
            if change.kind == NEW:
                new[change.stored.village_id] += 1
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


class _Groups:
    """Sections and groups by name, made where they are missing."""

    def __init__(self, changes):
        villages = {self._village(each) for each in changes}
        self.sections = {
            (s.village_id, s.name): s for s in Section.objects.filter(village__in=villages)
        }
        self.groups = {
            (g.village_id, g.name): g for g in Group.objects.filter(village__in=villages)
        }

    @staticmethod
    def _village(change):
        return change.stored.village_id if change.stored else change.parsed.village.pk

    def of(self, change):
        """The Group a household's Change ends in, with its section brought up to date."""
        village = self._village(change)
        name = change.values.get("group") or change.stored.group.name
        group = self.groups.get((village, name))
        section = self._section(village, change.values.get("section", ""))
        if group is None:
            group = Group.objects.create(
                village_id=village, section=section, name=name, number=read_group(name)[1]
            )
            self.groups[village, name] = group
        elif section and group.section_id != section.pk:
            group.section = section
            group.save(update_fields=["section"])
        return group

    def _section(self, village, name):
        if not name:
            return None
        if (village, name) not in self.sections:
            self.sections[village, name] = Section.objects.create(village_id=village, name=name)
        return self.sections[village, name]


def _update_residents(changes):
    """bulk_update by the set of fields that change, so that no ciphertext is rewritten for nothing."""
    always = {"household", "village", "version"}
    beside = {"id_number": {"id_index"}, "phones": {"phone_index"}, "name": {"pinyin"}}
    by_fields = defaultdict(list)
    for change in changes:
        names = always | set(change.values)
        for name in change.values:
            names |= beside.get(name, set())
        by_fields[frozenset(names)].append(change.stored)
    for names, residents in by_fields.items():
        Resident.objects.bulk_update(residents, sorted(names), batch_size=BATCH // 4)
