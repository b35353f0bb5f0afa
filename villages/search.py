"""The words under which residents and households are found: worked out anywhere, stored with their rows.

``tokens_of_resident`` and ``tokens_of_household`` are pure and quick: an import calls them while it prepares.
``refresh_residents`` and ``refresh_households`` belong into the transaction that stores or changes the rows.
"""

from functools import lru_cache
from itertools import islice

from django.db import connection, transaction
from psycopg2.extras import execute_values

from liaison.bulk import store_rows, update_many
from liaison.personal import blind_index

from .folding import fold
from .models import Household, Resident, SearchToken
from .models.search import PER_OBJECT, PER_ROW
from .pinyin import search_key, spellings, units_of

Kind = SearchToken.Kind
LONGEST = 40
ID_TAIL, PHONE_TAIL, NUMBER = "=", "+", "#"
TAIL = 4
COLUMNS = ("id", "township_id", "village_id", "kind", "token")
CHUNK = 5000
RESIDENT_FACTS = ("name", "pinyin", "id_number", "phones", "left_on", "village_id", "township_id")
HOUSEHOLD_FACTS = ("number", "head_name", "head_pinyin", "residence", "village_id", "township_id")


def tokens_of_resident(name: str, id_number: str = "", phones=()) -> str:
    """The words a resident is found by, as one opaque text for ``refresh_residents``.

    Args:
        id_number: 18 characters, or "" when it is not known.
        phones: the numbers as digits.
    """
    words = [tail_token(ID_TAIL, id_number[-TAIL:])] if len(id_number) > TAIL else []
    words += {tail_token(PHONE_TAIL, phone[-TAIL:]) for phone in phones if len(phone) > TAIL}
    return " ".join((*words, _of_name(name)))


def tokens_of_household(number: str, head_name: str) -> str:
    """The words a household is found by, as one opaque text for ``refresh_households``."""
    return " ".join((*number_tokens(number), _of_name(head_name)))


def number_tokens(number: str) -> list[str]:
    """A household's number and the same without leading zeros: 012 is found by 12."""
    number = "".join(fold(number).split())
    found = dict.fromkeys((number, number.lstrip("0")))
    return [(NUMBER + each)[:LONGEST] for each in found if each]


@lru_cache(maxsize=25_000)  # every tail there is
def tail_token(sigil: str, tail: str) -> str:
    """What stands for the last four of a number: nobody reads them back without the key."""
    return sigil + blind_index(tail.upper(), f"tail{sigil}")[:10]


def name_tokens(name: str) -> tuple[list[str], list[str]]:
    """(words that begin where the name begins, words that begin within it).

    A name is found from any of its characters onwards, by itself and by its sound, and by its initials,
    two of them at least.
    """
    units = units_of(name)
    ways = spellings(units)
    wholes = [units, *ways]
    initials = [[sound[:1] for sound in way] for way in ways]
    found = []
    for at in range(len(units)):
        parts = wholes if at + 1 == len(units) else wholes + initials
        found.append(dict.fromkeys("".join(part[at:])[:LONGEST] for part in parts))
    beginning = list(filter(None, found[0])) if found else []
    within = dict.fromkeys(word for words in found[1:] for word in words if word)
    return beginning, list(within)


@lru_cache(maxsize=50_000)
def _of_name(name):
    beginning, within = name_tokens(name)
    return f"{' '.join(beginning)}\t{' '.join(within)}"


# --- Storing --------------------------------------------------------------------------------


@transaction.atomic(savepoint=False)
def refresh_residents(rows, tokens=None, *, new=False) -> None:
    """Store anew by what these residents are found; call it in the transaction that saved them.

    Args:
        rows: stored Residents, with name, village, township and ``left_on`` as they are now.
        tokens: what ``tokens_of_resident`` gave for each, in the same order; None works it out, which
            decrypts the numbers of each row.
        new: the rows were made in this transaction, so there is nothing older to take away.
    """
    rows = list(rows)
    if tokens is None:
        tokens = (_of_resident(row) for row in rows)
    if not new:
        forget_residents(row.pk for row in rows)
    if rows:
        store_rows(SearchToken, COLUMNS, _resident_rows(rows, tokens))


@transaction.atomic(savepoint=False)
def refresh_households(rows, tokens=None, *, new=False) -> None:
    """Store anew by what these households are found; as ``refresh_residents``."""
    rows = list(rows)
    if tokens is None:
        tokens = (tokens_of_household(row.number, row.head_name) for row in rows)
    if not new:
        forget_households(row.pk for row in rows)
    if rows:
        store_rows(SearchToken, COLUMNS, _household_rows(rows, tokens))


def forget_residents(pks) -> None:
    """Take away by what these residents were found: before their rows are deleted."""
    _forget(pk * PER_OBJECT for pk in pks)


def forget_households(pks) -> None:
    """Take away by what these households were found."""
    _forget(pk * PER_OBJECT + PER_ROW for pk in pks)


def _of_resident(row):
    phones = row.phones.split("、") if row.phones else []
    return tokens_of_resident(row.name, row.id_number, phones)


def _resident_rows(rows, tokens):
    for row, words in zip(rows, tokens, strict=True):
        gone = row.left_on is not None
        kinds = (Kind.FORMER_RESIDENT,) * 2 if gone else (Kind.RESIDENT, Kind.RESIDENT_INNER)
        yield from _token_rows(row, row.pk * PER_OBJECT, kinds, words)


def _household_rows(rows, tokens):
    for row, words in zip(rows, tokens, strict=True):
        gone = row.residence == Household.Residence.CANCELLED
        kinds = (Kind.FORMER_HOUSEHOLD,) * 2 if gone else (Kind.HOUSEHOLD, Kind.HOUSEHOLD_INNER)
        yield from _token_rows(row, row.pk * PER_OBJECT + PER_ROW, kinds, words)


def _token_rows(row, first, kinds, words):
    """At most PER_ROW tokens of a row; a beginning and a middle that read alike count once."""
    beginning, _, within = words.partition("\t")
    beginning = beginning.split()
    places = [(int(kinds[0]), word) for word in beginning]
    places += [(int(kinds[1]), word) for word in within.split() if word not in beginning]
    for at, (kind, word) in enumerate(islice(places, PER_ROW)):
        yield first + at, row.township_id, row.village_id, kind, word


def _forget(firsts):
    """Delete the PER_ROW ids from each of these on."""
    ranges = [(first, first + PER_ROW - 1) for first in firsts]
    table = connection.ops.quote_name(SearchToken._meta.db_table)
    if not ranges:
        return
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            sql = f"DELETE FROM {table} USING (VALUES %s) AS g (a, z) WHERE id BETWEEN g.a AND g.z"  # noqa: S608
            execute_values(cursor.cursor, sql, ranges, page_size=1000)
        else:
            cursor.executemany(f"DELETE FROM {table} WHERE id BETWEEN %s AND %s", ranges)  # noqa: S608


def rebuild(township) -> int:
    """Work the words and sounds of a township out anew, CHUNK rows at a time; returns how many rows were read."""
    return _rebuild(
        Resident.objects.filter(township=township).only(*RESIDENT_FACTS),
        refresh_residents,
        ("name", "pinyin"),
    ) + _rebuild(
        Household.objects.filter(township=township).only(*HOUSEHOLD_FACTS),
        refresh_households,
        ("head_name", "head_pinyin"),
    )


def _rebuild(rows, refresh, fields):
    name, sound = fields
    done = last = 0
    while chunk := list(rows.filter(pk__gt=last).order_by("pk")[:CHUNK]):
        refresh(chunk)
        misread = [row for row in chunk if getattr(row, sound) != search_key(getattr(row, name))]
        for row in misread:  # stored before surnames were read as surnames
            setattr(row, sound, search_key(getattr(row, name)))
        update_many(rows.model, misread, [sound])
        last, done = chunk[-1].pk, done + len(chunk)
    return done
