"""Which stored household is meant, and which stored person."""

from collections import Counter, defaultdict

from liaison import personal

from .grouping import ParsedHousehold
from .text import same_name

NO_GROUP = "未分组"
MAX_NUMBER = 30


class Matching:
    """Finds for each parsed household and resident the stored one (``.stored``), or settles that it is new.

    Households: by number; without one, by where its people live now, else by group and head.
    People: by ID number anywhere in the township, then by household and name.
    """

    def __init__(self, parsed, registry):
        self.parsed, self.registry = parsed, registry
        self._taken_households, self._taken_residents = set(), set()
        self._serials = Counter()
        self._used = set(registry.by_number)
        _name_groups(parsed.households)
        self._by_id()
        self._leave_at_home()
        self._numbered()
        self._unnumbered()
        self._refuse_strangers()
        self._by_name()

    def _by_id(self):
        for household in self.parsed.households:
            for resident in household.residents:
                if resident.id_index:
                    resident.stored = self.registry.by_index.get(resident.id_index)
                    if resident.stored:
                        self._taken_residents.add(resident.stored.pk)

    def _leave_at_home(self):
        """Where the file tells no households, who is known stays where he lives: a list of names moves nobody."""
        households = []
        for household in self.parsed.households:
            households.append(household)
            if not household.told:
                households += self._homes_of_known(household)
        self.parsed.households = [each for each in households if each.residents]

    def _homes_of_known(self, household):
        """Take the known ones out of a household that is none, into the stored ones they live in; those are returned.

        Who came in by the same list before lives in such a household without a head, and stays in it.
        """
        homes, own = {}, self._headless(household)
        for person in list(household.residents):
            known = person.stored
            # Another name under the number is refused below: nothing says that it is a correction.
            if known is None or known.household_id == own or known.name != person.name:
                continue
            stored = self.registry.households[known.household_id]
            if stored.pk not in homes:
                homes[stored.pk] = ParsedHousehold(
                    stored.village, stored.village.name, "", stored.group.name, 0, stored.number, "", "",
                    person.sheet, person.row, told=True, stored=stored, stored_number=stored.number,
                )  # fmt: skip
            household.residents.remove(person)
            homes[stored.pk].residents.append(person)
            self.parsed.rehouse(person, homes[stored.pk])
        self._taken_households.update(homes)
        return list(homes.values())

    def _headless(self, household):
        homes = Counter(each.stored.household_id for each in household.residents if each.stored)
        for pk, _ in homes.most_common():
            stored = self.registry.households[pk]
            if not stored.head_name and stored.village.pk == household.village.pk:
                return pk
        return None

    def _numbered(self):
        for household in self.parsed.households:
            if household.stored or not household.number:
                continue
            village, number = household.village.pk, household.number
            in_group = f"{household.stored_group}-{number}"[:MAX_NUMBER]
            if household.number_repeats or self._lives_in(household, (village, in_group)):
                number = in_group
            household.stored_number = number
            self._settle(household, self.registry.by_number.get((village, number)))
            self._used.add((village, number))

    def _lives_in(self, household, place):
        """Whether it is the household stored as 第2组-001, though here is one group's numbering only."""
        stored = self.registry.by_number.get(place)
        plain = self.registry.by_number.get((place[0], household.number))
        if stored is None or (plain and plain.group.name == household.stored_group):
            return False
        if household.head_name and household.head_name == same_name(stored.head_name):
            return True
        return any(
            each.stored and each.stored.household_id == stored.pk for each in household.residents
        )

    def _unnumbered(self):
        heads = defaultdict(list)
        for stored in self.registry.households.values():
            place = (stored.village.pk, stored.group.name, same_name(stored.head_name))
            heads[place].append(stored)
        for household in self.parsed.households:
            if household.number:
                continue
            if not household.told:
                self.parsed.warn(household, household.residents[0], "relation", "W-NO-HEAD")
            place = (household.village.pk, household.stored_group, household.head_name)
            live = self._where_they_live(household)
            if not household.told:
                live = self.registry.households.get(self._headless(household))
            self._settle(household, live or self._free(heads[place]))
            stored = household.stored
            household.stored_number = stored.number if stored else self._next_number(household)

    def _where_they_live(self, household):
        votes = Counter(
            each.stored.household_id
            for each in household.residents
            if each.stored and each.stored.village_id == household.village.pk
        )
        return self._free(self.registry.households[pk] for pk, _ in votes.most_common())

    def _free(self, candidates):
        return next((each for each in candidates if each.pk not in self._taken_households), None)

    def _next_number(self, household):
        """A number for a household that has none: 第3组-001, free in its village."""
        village, group = household.village.pk, household.stored_group
        while True:
            self._serials[village, group] += 1
            number = f"{group[: MAX_NUMBER - 6]}-{self._serials[village, group]:03d}"
            if (village, number) not in self._used:
                self._used.add((village, number))
                return number

    def _settle(self, household, stored):
        household.stored = stored
        if stored:
            self._taken_households.add(stored.pk)

    def _refuse_strangers(self):
        """An ID number that belongs to somebody of another name in another household: one of the two is wrong.

        Neither is overwritten. Another name in the same household is a correction.
        """
        strangers = []
        for household in self.parsed.households:
            home = household.stored
            for person in household.residents:
                stored = person.stored
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
            if household.stored is None:
                continue
            neighbours = self.registry.by_household[household.stored.pk]
            for resident in household.residents:
                if resident.stored is None and neighbours:
                    self._match_name(resident, neighbours)

    def _match_name(self, resident, neighbours):
        for stored in neighbours:
            if stored.name != resident.name or stored.pk in self._taken_residents:
                continue
            # Somebody gone, known by another number, is another person: the grandson bears the name.
            other = resident.id_index and stored.id_index and stored.left_on
            if not other and stored.merged_into_id is None:
                resident.stored = stored
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
            if each.village.pk in villages
            and each.pk not in self._taken_households
            and not each.is_cancelled
        ]


def _name_groups(households):
    """Settle the group's name as it is stored: with its section before it where two sections each have a 第1组."""
    sections = defaultdict(set)
    for each in households:
        sections[each.village.pk, each.group].add(each.section)
    for each in households:
        twice = (
            each.section and each.group and len(sections[each.village.pk, each.group] - {""}) > 1
        )
        name = f"{each.section}{each.group}"[:MAX_NUMBER] if twice else each.group
        each.stored_group = name or NO_GROUP
