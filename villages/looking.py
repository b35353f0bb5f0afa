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
    """One look-up of somebody's: where he may look is asked once.

    Attributes:
        typed: what is looked for.
    """

    def __init__(self, user, typed: Typed):
        self.user, self.typed = user, typed

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
            alike = self._found(rows, facts, RESIDENTS, typed.phone_ranges(), CHUNK)
            return [(row, "") for row, _ in alike if typed.phone in row.phones.split("、")][:limit]
        return self._found(rows, facts, RESIDENTS, typed.resident_ranges(), limit)

    def households(self, limit: int) -> list[tuple]:
        """(facts, word) of households, as ``residents``; facts are those of HOUSEHOLD_FACTS."""
        rows, ranges = Household.objects.visible_to(self.user), self.typed.household_ranges()
        return self._found(rows, HOUSEHOLD_FACTS, HOUSEHOLDS, ranges, limit)

    def _found(self, rows, facts, kinds, ranges, limit):
        if not ranges or not self.territory.townships:
            return []
        visible, share = _facts(rows, facts), limit
        while True:
            words, whole = _words(self.territory, kinds, ranges, share * WORDS_EACH)
            found = _in_order(visible, words, limit)
            if whole or len(found) >= limit:
                return found
            share *= STEP_UP


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


def _words(territory, kinds, ranges, limit):
    """({row id: the first word met}, whether that is all there is), a name's beginning before its middle."""
    table = connection.ops.quote_name(SearchToken._meta.db_table)
    within, villages = "", list(territory.villages or ())
    if territory.villages is not None:
        within = f"AND village_id IN ({', '.join(['%s'] * len(villages))}) "
    part = (
        f"SELECT * FROM (SELECT id, kind, token FROM {table} "  # noqa: S608 - a name of our own
        "WHERE township_id = %s AND kind = %s AND token >= %s AND token < %s "
        f"{within}ORDER BY token, village_id, id LIMIT %s) AS met"
    )
    stretches, met = list(product(kinds, territory.townships, ranges)), []
    while stretches and len(met) < limit:
        now, stretches = stretches[:UNITED], stretches[UNITED:]
        params = []
        for kind, township, (low, high) in now:
            params += [township, int(kind), low, high, *villages, limit]
        with connection.cursor() as cursor:
            cursor.execute(f"{' UNION ALL '.join([part] * len(now))} LIMIT %s", [*params, limit])
            met += cursor.fetchall()
    words = {}
    for key, _, token in sorted(met, key=itemgetter(1)):  # within a kind as they came
        words.setdefault(key // PER_OBJECT, token)
    return words, len(met) < limit
