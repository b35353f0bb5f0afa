"""Reading the search words: which residents and households of somebody's territory a text may mean.

Each stretch of words is read in the order of the index and only as far as it is shown. Which rows somebody may
see is asked of the rows themselves, by ``visible_to``.
"""

from dataclasses import dataclass
from functools import cached_property
from itertools import product
from operator import itemgetter

from django.db import connection
from django.db.models import F, Q, QuerySet

from liaison.personal import blind_index

from .models import Household, Resident, SearchToken, Village
from .models.search import PER_OBJECT
from .typed import Typed

Kind = SearchToken.Kind
RESIDENTS = (Kind.RESIDENT, Kind.RESIDENT_INNER, Kind.FORMER_RESIDENT)
HOUSEHOLDS = (Kind.HOUSEHOLD, Kind.HOUSEHOLD_INNER, Kind.FORMER_HOUSEHOLD)
RESIDENT_FACTS = (
    "pk", "name", "relation", "id_number", "left_on", "left_as", "household_id",
    "village__name", "household__group__name", "household__number",
)  # fmt: skip
HOUSEHOLD_FACTS = ("pk", "head_name", "number", "residence", "village__name", "group__name")
# Somebody is met by several of his words; and who may see a few households passes over the words of others.
WORDS_EACH, STEP_UP, CHUNK = 4, 20, 500
UNITED = 300  # SELECTs in one statement; SQLite takes 500


@dataclass(frozen=True)
class Territory:
    """Where somebody may look: townships, and in them all villages (None) or these."""

    townships: tuple[int, ...]
    villages: tuple[int, ...] | None = None

    @classmethod
    def of(cls, user) -> "Territory":
        """Of the posts that open the registry; a query when some are fixed to villages."""
        scope = user.village_scope(Household.objects.all().reading)
        if not scope.places:
            return cls(tuple(sorted(scope.townships)))
        around = Village.objects.filter(pk__in=scope.places).values_list("township", flat=True)
        if scope.townships:
            return cls(tuple(sorted(scope.townships | set(around))))
        return cls(tuple(sorted(set(around))), tuple(sorted(scope.places)))


class Look:
    """One look-up of somebody's: where he may look is asked once, and words of both kinds by one statement.

    Attributes:
        typed: what is looked for.
    """

    def __init__(self, user, typed: Typed):
        self.user, self.typed = user, typed
        self._read = {}  # {how many: what was read of each kind}

    @cached_property
    def territory(self) -> Territory:
        """Where he may look."""
        return Territory.of(self.user)

    def residents(self, limit: int) -> list[tuple]:
        """(facts, the word that was met) of residents this may mean, the best first, at most ``limit``.

        Facts are a named tuple of RESIDENT_FACTS, with ``phones`` where digits were typed: whole rows would
        be decrypted for nothing. A whole ID number meets by its blind index, a whole phone number any of
        somebody's phones.
        """
        typed, rows = self.typed, Resident.objects.visible_to(self.user)
        facts = (*RESIDENT_FACTS, "phones") if typed.bare.isdigit() else RESIDENT_FACTS
        if typed.id_number:
            same = rows.filter(id_index=blind_index(typed.id_number, "id")).order_by("pk")
            return [(row, "") for row in _facts(same, facts)[:limit]]
        if typed.phone:
            alike = self._found(rows, facts, RESIDENTS, CHUNK)
            return [(row, "") for row, _ in alike if typed.phone in row.phones.split("、")][:limit]
        return self._found(rows, facts, RESIDENTS, limit)

    def households(self, limit: int) -> list[tuple]:
        """(facts, word) of households, as ``residents``; facts are those of HOUSEHOLD_FACTS."""
        rows = Household.objects.visible_to(self.user)
        return self._found(rows, HOUSEHOLD_FACTS, HOUSEHOLDS, limit)

    @cached_property
    def ranges(self) -> dict:
        """{kinds: the words that are met}; none where nothing may be looked for."""
        typed = self.typed
        people = typed.phone_ranges() if typed.phone else typed.resident_ranges()
        wanted = {RESIDENTS: people, HOUSEHOLDS: typed.household_ranges()}
        return wanted if self.territory.townships else dict.fromkeys(wanted, ())

    def _found(self, rows, facts, kinds, limit):
        if not self.ranges[kinds]:
            return []
        visible, share = _facts(rows, facts), limit
        while True:
            words, whole = self._words(share * WORDS_EACH)[kinds]
            found = _in_order(visible, words, limit)
            if whole or len(found) >= limit:
                return found
            share *= STEP_UP

    def _words(self, limit):
        if limit not in self._read:
            self._read[limit] = _words(self.territory, self.ranges, limit)
        return self._read[limit]


def resident_ids(user, typed: Typed) -> QuerySet:
    """Ids of all residents this may mean, for ``pk__in`` of rows that are ``visible_to`` the user."""
    return _ids(user, RESIDENTS, typed.resident_ranges())


def household_ids(user, typed: Typed) -> QuerySet:
    """Ids of all households this may mean, for ``pk__in``."""
    return _ids(user, HOUSEHOLDS, typed.household_ranges())


def _ids(user, kinds, ranges):
    territory, wanted = Territory.of(user), Q(pk__in=())
    for low, high in ranges:
        wanted |= Q(token__gte=low, token__lt=high)
    rows = SearchToken.objects.filter(wanted, kind__in=kinds, township_id__in=territory.townships)
    if territory.villages is not None:
        rows = rows.filter(village_id__in=territory.villages)
    return rows.annotate(found=F("id") / PER_OBJECT).values("found")


def _facts(rows, names):
    return rows.values_list(*names, named=True)


def _in_order(visible, words, limit):
    """[(row, word)] of the first ``limit`` that may be seen; no more rows are loaded than that takes."""
    found, pks, at, size = [], list(words), 0, limit
    while len(found) < limit and at < len(pks):
        some = pks[at : at + size]
        rows = {row.pk: row for row in visible.filter(pk__in=some)}
        found += [(rows[pk], words[pk]) for pk in some if pk in rows]
        at, size = at + size, CHUNK
    return found[:limit]


def _words(territory, ranges, limit):
    """{kinds: ({row id: the first word met}, whether that is all)}, a name's beginning before its middle."""
    waiting = {kinds: list(product(kinds, territory.townships, ranges[kinds])) for kinds in ranges}
    met, share = {kinds: [] for kinds in ranges}, UNITED // len(ranges)
    while now := [
        waiting[kinds][:share] for kinds in ranges if waiting[kinds] and len(met[kinds]) < limit
    ]:
        rows = _united(territory, now, limit)
        for kinds in ranges:
            met[kinds] += [row for row in rows if row[1] in kinds]
            waiting[kinds] = waiting[kinds][share:]
    return {kinds: (_first_words(met[kinds]), len(met[kinds]) < limit) for kinds in ranges}


def _united(territory, groups, limit):
    """(id, kind, token) of at most ``limit`` words of each group of stretches, by one statement."""
    table = connection.ops.quote_name(SearchToken._meta.db_table)
    villages = list(territory.villages or ())
    within = ""
    if territory.villages is not None:
        within = f"AND village_id IN ({', '.join(['%s'] * len(villages))}) "
    part = (
        f"SELECT * FROM (SELECT id, kind, token FROM {table} "  # noqa: S608 - a name of our own
        "WHERE township_id = %s AND kind = %s AND token >= %s AND token < %s "
        f"{within}ORDER BY token, village_id, id LIMIT %s) AS met"
    )
    united, params = [], []
    for group in groups:
        parts = " UNION ALL ".join([part] * len(group))
        united.append(f"SELECT * FROM ({parts} LIMIT %s) AS met_of_a_kind")  # noqa: S608
        for kind, township, (low, high) in group:
            params += [township, int(kind), low, high, *villages, limit]
        params.append(limit)
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(united), params)
        return cursor.fetchall()


def _first_words(met):
    words = {}
    for key, _, token in sorted(met, key=itemgetter(1)):  # within a kind as they came
        words.setdefault(key // PER_OBJECT, token)
    return words
