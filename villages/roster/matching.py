"""Which stored household is meant, and which stored person."""

from collections import Counter, defaultdict

from liaison import personal

from .registry import index_of
from .text import same_name

NO_GROUP = "未分组"
MAX_NUMBER = 30


class Matching:
    """Finds for each parsed household and resident the stored one, or settles that it is new.

    Households: by number; without one, by where its people live now, else by group and head.
    People: by ID number anywhere in the township, then by household and name.
    """

    def __init__(self, parsed, registry):
        self.parsed, self.registry = parsed, registry
        self.groups = _group_names(parsed.households)
        self.numbers = {}  # id(parsed household) -> the number it is stored under
        self.household_of = {}  # id(parsed household) -> Household or None
        self.resident_of = {}  # id(parsed resident) -> Resident or None
        self._taken_households, self._taken_residents = set(), set()
        self._serials = Counter()
        self._used = set(registry.by_number)
        self._by_id()
        self._numbered()
        self._unnumbered()
        self._refuse_strangers()
        self._by_name()

    def group_of(self, household):
        """The group's name as it is stored: with its section before it where two sections each have a 第1组."""
        return self.groups[id(household)]

    def _by_id(self):
        for resident in self.parsed.residents:
            stored = None
            if resident.id_number:
                stored = self.registry.by_index.get(index_of(resident.id_number))
            self.resident_of[id(resident)] = stored
            if stored:
                self._taken_residents.add(stored.pk)

    def _numbered(self):
        for household in self.parsed.households:
            if not household.number:
                continue
            number = household.number
            if household.number_repeats:
                number = f"{self.group_of(household)}-{number}"[:MAX_NUMBER]
            self.numbers[id(household)] = number
            self._settle(household, self.registry.by_number.get((household.village.pk, number)))
            self._used.add((household.village.pk, number))

    def _unnumbered(self):
        heads = defaultdict(list)
        for stored in self.registry.households.values():
            heads[stored.village_id, stored.group.name, same_name(stored.head_name)].append(stored)
        for household in self.parsed.households:
            if household.number:
                continue
            place = (household.village.pk, self.group_of(household), household.head_name)
            self._settle(household, self._where_they_live(household) or self._free(heads[place]))
            stored = self.household_of[id(household)]
            self.numbers[id(household)] = stored.number if stored else self._next_number(household)

    def _where_they_live(self, household):
        votes = Counter(
            stored.household_id
            for stored in (self.resident_of[id(each)] for each in household.residents)
            if stored and stored.village_id == household.village.pk
        )
        return self._free(self.registry.households[pk] for pk, _ in votes.most_common())

    def _free(self, candidates):
        return next((each for each in candidates if each.pk not in self._taken_households), None)

    def _next_number(self, household):
        """A number for a household that has none: 第3组-001, free in its village."""
        village, group = household.village.pk, self.group_of(household)
        while True:
            self._serials[village, group] += 1
            number = f"{group[: MAX_NUMBER - 6]}-{self._serials[village, group]:03d}"
            if (village, number) not in self._used:
                self._used.add((village, number))
                return number

    def _settle(self, household, stored):
        self.household_of[id(household)] = stored
        if stored:
            self._taken_households.add(stored.pk)

    def _refuse_strangers(self):
        """An ID number that belongs to somebody of another name in another household: one of the two is wrong.

        Neither is overwritten. Another name in the same household is a correction.
        """
        strangers = []
        for household in self.parsed.households:
            home = self.household_of[id(household)]
            for person in household.residents:
                stored = self.resident_of[id(person)]
                if (
                    stored
                    and stored.name != person.name
                    and (not home or home.pk != stored.household_id)
                ):
                    strangers.append((household, person, "R-ID-CONFLICT", self._who(stored)))
                    self._taken_residents.discard(stored.pk)
        self.parsed.refuse(strangers)

    def _who(self, stored):
        home = self.registry.households[stored.household_id]
        return f"{home.village.name}{home.group.name}已登记的{personal.mask_name(stored.name)}"

    def _by_name(self):
        for household in self.parsed.households:
            stored = self.household_of[id(household)]
            if stored is None:
                continue
            for resident in household.residents:
                if self.resident_of[id(resident)] is None:
                    self._match_name(resident, self.registry.by_household[stored.pk])

    def _match_name(self, resident, neighbours):
        for stored in neighbours:
            if stored.name == resident.name and stored.pk not in self._taken_residents:
                self.resident_of[id(resident)] = stored
                self._taken_residents.add(stored.pk)
                return

    def missing_residents(self):
        """Stored people of these villages, still present, whom the file does not list."""
        gone = self._taken_residents
        rows = self.registry.residents.values()
        return [each for each in rows if each.pk not in gone and each.left_on is None]

    def missing_households(self, villages):
        """Stored households of these villages that the file does not list and that are not cancelled."""
        rows = self.registry.households.values()
        return [
            each
            for each in rows
            if each.village_id in villages
            and each.pk not in self._taken_households
            and each.residence != each.Residence.CANCELLED
        ]


def _group_names(households):
    sections = defaultdict(set)
    for each in households:
        sections[each.village.pk, each.group].add(each.section)
    names = {}
    for each in households:
        twice = (
            each.section and each.group and len(sections[each.village.pk, each.group] - {""}) > 1
        )
        names[id(each)] = (
            f"{each.section}{each.group}"[:MAX_NUMBER] if twice else each.group or NO_GROUP
        )
    return names
