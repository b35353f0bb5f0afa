"""What is stored of the villages a roster speaks of, loaded in a handful of queries."""

from collections import defaultdict

from django.db.models import Count, Max, Sum

from liaison import personal
from villages.models import Group, Household, Resident, ResidentTag, Section, TagHolding

CHUNK = 800  # ids to a query; SQLite takes some thousands


class Registry:
    """Households, residents, sections and groups of `villages`, ready for look-up without a further query.

    `wanted` are the blind indexes of the ID numbers in the file: people are found anywhere in the township by them.
    """

    def __init__(self, township, villages, wanted):
        self.township = township
        self.sections = {
            (s.village_id, s.name): s for s in Section.objects.filter(village__in=villages)
        }
        groups = Group.objects.filter(village__in=villages).select_related("section")
        self.groups = {(g.village_id, g.name): g for g in groups}
        rows = Household.objects.filter(village__in=villages).order_by("pk")
        self.households = {h.pk: h for h in rows.select_related("group__section", "village")}
        self.by_number = {(h.village_id, h.number): h for h in self.households.values()}
        self.residents = _people(Resident.objects.filter(village__in=villages))
        self.by_index = {r.id_index: r for r in self.residents.values() if r.id_index}
        self._find_elsewhere(wanted)
        self.by_household = defaultdict(list)
        for resident in self.residents.values():
            self.by_household[resident.household_id].append(resident)
        self.tags = _tags(self.residents | self.elsewhere)
        self.sensitive = set(
            ResidentTag.objects.filter(sensitive=True).values_list("name", flat=True)
        )

    def _find_elsewhere(self, wanted):
        """People of the file who are on another village's roll of this township, with their households."""
        self.elsewhere = {}
        absent = [index for index in wanted if index not in self.by_index]
        for start in range(0, len(absent), CHUNK):
            found = Resident.objects.filter(
                township=self.township, id_index__in=absent[start : start + CHUNK]
            )
            self.elsewhere |= _people(
                found.select_related("household__group__section", "household__village")
            )
        for resident in self.elsewhere.values():
            self.by_index[resident.id_index] = resident
            self.households.setdefault(resident.household_id, resident.household)

    def plain_ids(self, residents):
        """{pk: ID number} of a few residents; the number itself is not loaded with the rest."""
        pks = [each.pk for each in residents]
        numbers = {}
        for start in range(0, len(pks), CHUNK):
            rows = Resident.objects.filter(pk__in=pks[start : start + CHUNK])
            numbers |= dict(rows.values_list("pk", "id_number"))
        return numbers


def _people(queryset):
    # The number stays encrypted where it is: its index tells whether it is the same.
    return {r.pk: r for r in queryset.defer("id_number", "pinyin").order_by("pk")}


def _tags(residents):
    """{resident id: set of tag names}."""
    tags, pks = defaultdict(set), sorted(residents)
    links = TagHolding.objects.filter(valid_until=None).values_list("resident_id", "tag__name")
    for start in range(0, len(pks), CHUNK):
        for resident, name in links.filter(resident__in=pks[start : start + CHUNK]):
            tags[resident].add(name)
    return tags


def registry_stamp(township):
    """A text that differs once any household or resident of the township was added, changed or taken away."""
    figures = [
        rows.filter(township=township).aggregate(Count("pk"), Max("pk"), Sum("version"))
        for rows in (Household.objects, Resident.objects)
    ]
    return repr([sorted(each.items()) for each in figures])


def index_of(number):
    """The blind index under which an ID number is found."""
    return personal.blind_index(number, "id")
