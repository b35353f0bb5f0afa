"""What is stored of the villages a roster speaks of, loaded in a handful of queries."""

from collections import defaultdict
from dataclasses import dataclass
from sys import intern

from django.db.models import Count, Max, Q, Sum

from liaison import personal
from liaison.imports.text import half_width
from villages.models import Group, Household, Resident, ResidentTag, TagHolding

CHUNK = 800  # ids to a query; SQLite takes some thousands


@dataclass(slots=True, eq=False)
class StoredHome:
    """A household as far as a roster is compared with it; lighter than the model's row."""

    pk: int
    village: object
    group: object
    number: str
    head_name: str
    address: str
    residence: str
    merged_into_id: int | None
    version: int

    @property
    def is_cancelled(self):
        """Off the roll for good, joined to another household included."""
        return self.residence == Household.Residence.CANCELLED


@dataclass(slots=True, eq=False)
class StoredPerson:
    """A resident as far as a roster is compared with him; his ID number only by its index."""

    pk: int
    household_id: int
    village_id: int
    name: str
    relation: str
    sex: str
    birth_date: object
    birth_month_only: bool
    id_index: str
    phones: str
    remark: str
    left_on: object
    left_as: str
    merged_into_id: int | None
    version: int

    @property
    def left_word(self):
        """死亡, 迁出 …: why he is no longer on the roll."""
        return Resident.Left(self.left_as).label if self.left_as else "离册"


HOME = ("pk", "village_id", "group_id", "number", "head_name", "address", "residence")
PERSON = tuple(StoredPerson.__slots__)


class Registry:
    """Households, residents and tags of `villages`, ready for look-up without a further query.

    `wanted` are the blind indexes of the ID numbers in the file: people are found anywhere in the township by them.
    """

    def __init__(self, township, villages, wanted, on):
        self.township = township
        self.villages = {each.pk: each for each in township.villages.all()}
        groups = Group.objects.filter(village__township=township).select_related("section")
        self._groups = groups.in_bulk()
        self.households = self._homes(Q(village__in=villages))
        self.by_number = {(h.village.pk, h.number): h for h in self.households.values()}
        for home in self.households.values():  # one typed in full-width digits is found too
            self.by_number.setdefault((home.village.pk, half_width(home.number)), home)
        self.residents = _people(Q(village__in=villages))
        self.by_index = {r.id_index: r for r in self.residents.values() if r.id_index}
        if len(villages) < len(self.villages):
            self._find_elsewhere(wanted)
        self._follow_merged()
        self.by_household = defaultdict(list)
        for resident in self.residents.values():
            self.by_household[resident.household_id].append(resident)
        self.tags = _tags(township, on)
        self.sensitive = set(
            ResidentTag.objects.filter(sensitive=True).values_list("name", flat=True)
        )

    def _homes(self, which):
        rows = Household.objects.filter(which).order_by("pk")
        return {
            pk: StoredHome(pk, self.villages[village], self._groups[group], *rest)
            for pk, village, group, *rest in rows.values_list(
                *HOME, "merged_into_id", "version"
            ).iterator(chunk_size=5000)
        }

    def _find_elsewhere(self, wanted):
        """People of the file who are on another village's roll of this township, with their households."""
        elsewhere = {}
        absent = [index for index in wanted if index not in self.by_index]
        for start in range(0, len(absent), CHUNK):
            indexes = absent[start : start + CHUNK]
            elsewhere |= _people(Q(township=self.township, id_index__in=indexes))
        homes = sorted({each.household_id for each in elsewhere.values()})
        for start in range(0, len(homes), CHUNK):
            self.households |= self._homes(Q(pk__in=homes[start : start + CHUNK]))
        self.by_index |= {each.id_index: each for each in elsewhere.values()}

    def _follow_merged(self):
        """A number entered twice and joined leads to the person, or household, that lives on."""
        for known, rows in (
            (self.by_index, self.residents),
            (self.by_number, self.households),
        ):
            for key in known:
                while known[key].merged_into_id in rows:
                    known[key] = rows[known[key].merged_into_id]


def _people(which):
    # The number stays encrypted where it is: its index tells whether it is the same.
    rows = Resident.objects.filter(which).order_by("pk").values_list(*PERSON)
    people = {}
    for row in rows.iterator(chunk_size=5000):
        person = people[row[0]] = StoredPerson(*row)
        person.relation, person.sex = intern(person.relation), intern(person.sex)
    return people


def _tags(township, on):
    """{resident id: set of the names of the tags he carries today}."""
    tags = defaultdict(set)
    held = TagHolding.objects.filter(resident__township=township).exclude(valid_until__lt=on)
    for resident, name in held.values_list("resident_id", "tag__name").iterator(chunk_size=5000):
        tags[resident].add(name)
    return tags


def plain_numbers(people):
    """{pk: ID number} of a few residents; the number itself is not loaded with the rest."""
    pks = [each.pk for each in people]
    numbers = {}
    for start in range(0, len(pks), CHUNK):
        rows = Resident.objects.filter(pk__in=pks[start : start + CHUNK])
        numbers |= dict(rows.values_list("pk", "id_number"))
    return numbers


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
