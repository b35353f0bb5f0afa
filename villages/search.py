"""The words under which residents and households are found: worked out anywhere, stored with their rows.

``tokens_of_resident`` and ``tokens_of_household`` are pure and quick: an import calls them while it prepares.
``refresh_residents`` and ``refresh_households`` belong into the transaction that stores or changes the rows.
"""

from functools import lru_cache
from itertools import islice
from json import JSONEncoder

from django.db import connection, transaction
from psycopg2.extras import execute_values

from liaison.bulk import copy_lines, update_many
from liaison.personal import blind_index

from .folding import fold
from .models import Household, Resident, SearchToken
from .models.search import PER_OBJECT, PER_ROW
from .pinyin import search_key, ways_of

Kind = SearchToken.Kind
# What a word that begins where the name begins is, and one that begins within it.
RESIDENT = (int(Kind.RESIDENT), int(Kind.RESIDENT_INNER))
FORMER_RESIDENT = (int(Kind.FORMER_RESIDENT),) * 2
HOUSEHOLD = (int(Kind.HOUSEHOLD), int(Kind.HOUSEHOLD_INNER))
FORMER_HOUSEHOLD = (int(Kind.FORMER_HOUSEHOLD),) * 2
LONGEST = 40
ID_TAIL, PHONE_TAIL, NUMBER = "=", "+", "#"
TAIL = 4
BLOCK = 2000  # objects to a statement of SQLite
PIECE = 100  # objects to a piece of PostgreSQL's copy
# Takes one JSON text: [[first key, township, village, kind, kind within, words that begin, [word, ...]], ...].
SQLITE = """
INSERT INTO villages_searchtoken (id, township_id, village_id, kind, token)
SELECT o.first + word.key, o.township, o.village,
       CASE WHEN word.key < o.begins THEN o.kind ELSE o.inner_kind END, word.value
FROM (
    SELECT json_extract(value, '$[0]') AS first, json_extract(value, '$[1]') AS township,
           json_extract(value, '$[2]') AS village, json_extract(value, '$[3]') AS kind,
           json_extract(value, '$[4]') AS inner_kind, json_extract(value, '$[5]') AS begins,
           json_extract(value, '$[6]') AS words
    FROM json_each(%s) LIMIT -1  -- so that an object is read once, not once for each word
) AS o, json_each(o.words) AS word
ORDER BY 2, 4, 5, 3, 1
"""
COLUMNS = ("id", "township_id", "village_id", "kind", "token")
_encode = JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
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
    """A household's number, the same without leading zeros, and without strokes: 012 by 12, 3-012 by 3012."""
    number = "".join(fold(number).split())
    found = dict.fromkeys((number, number.lstrip("0"), number.replace("-", "")))
    return [(NUMBER + each)[:LONGEST] for each in found if each]


@lru_cache(maxsize=25_000)  # every tail there is
def tail_token(sigil: str, tail: str) -> str:
    """What stands for the last four of a number: nobody reads them back without the key."""
    return sigil + blind_index(tail.upper(), f"tail{sigil}")[:10]


def name_tokens(name: str) -> tuple[list[str], list[str]]:
    """(words that begin where the name begins, words that begin within it).

    A name is found from any of its characters onwards, by itself and by its sound, and by its initials,
    two of them at least. A word of both lists stands in the first alone.
    """
    units, ways = ways_of(name)
    ends = [_ends(units), *map(_ends, ways)]
    ends += [_ends([sound[:1] for sound in way])[:-1] for way in ways]
    beginning = dict.fromkeys(each[0] for each in ends if each and each[0])
    within = {
        each[at]: None
        for at in range(1, len(units))
        for each in ends
        if at < len(each) and each[at] and each[at] not in beginning
    }
    return list(beginning), list(within)


def _ends(parts):
    """The word from each part to the end: 张三 and 三; zhangsan and san."""
    word, start, found = "".join(parts), 0, []
    for part in parts:
        found.append(word[start : start + LONGEST])
        start += len(part)
    return found


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
    _store(
        (
            row.pk * PER_OBJECT, row.township_id, row.village_id,
            RESIDENT if row.left_on is None else FORMER_RESIDENT, words,
        )
        for row, words in zip(rows, tokens, strict=True)
    )  # fmt: skip


@transaction.atomic(savepoint=False)
def refresh_households(rows, tokens=None, *, new=False) -> None:
    """Store anew by what these households are found; as ``refresh_residents``."""
    rows = list(rows)
    if tokens is None:
        tokens = (tokens_of_household(row.number, row.head_name) for row in rows)
    if not new:
        forget_households(row.pk for row in rows)
    _store(
        (
            row.pk * PER_OBJECT + PER_ROW, row.township_id, row.village_id,
            FORMER_HOUSEHOLD if row.residence == Household.Residence.CANCELLED else HOUSEHOLD, words,
        )
        for row, words in zip(rows, tokens, strict=True)
    )  # fmt: skip


def add_residents(places) -> None:
    """Store by what people made in this transaction are found: ``refresh_residents`` without their rows.

    Args:
        places: (key, township's key, village's key, what ``tokens_of_resident`` gave), nobody of them left.
    """
    _store((pk * PER_OBJECT, town, village, RESIDENT, words) for pk, town, village, words in places)


def add_households(places) -> None:
    """The same for households, none of them cancelled."""
    _store(
        (pk * PER_OBJECT + PER_ROW, town, village, HOUSEHOLD, words)
        for pk, town, village, words in places
    )


def forget_residents(pks) -> None:
    """Take away by what these residents were found: before their rows are deleted."""
    _forget(pk * PER_OBJECT for pk in pks)


def forget_households(pks) -> None:
    """Take away by what these households were found."""
    _forget(pk * PER_OBJECT + PER_ROW for pk in pks)


def _of_resident(row):
    phones = row.phones.split("、") if row.phones else []
    return tokens_of_resident(row.name, row.id_number, phones)


def _store(facts):
    """Store the tokens of each (first key, township, village, kinds, words), at most PER_ROW of each.

    SQLite takes the words apart itself: a row for each handed over one by one costs twice as much, and there
    are a million to a township, and sorts them, because neighbours in the index are then written together.
    PostgreSQL copies lines, which costs it half of an INSERT.
    """
    objects = map(_object, facts)
    if connection.vendor == "postgresql":
        copy_lines(SearchToken, COLUMNS, map(_lines, _blocks(objects, PIECE)))
        return
    with connection.cursor() as cursor:
        for block in _blocks(objects, BLOCK):
            cursor.execute(SQLITE, [_encode(block)])


def _blocks(objects, size):
    while block := list(islice(objects, size)):
        yield block


def _object(facts):
    first, township, village, kinds, words = facts
    beginning, _, within = words.partition("\t")
    words = beginning.split()[:PER_ROW]
    inner_from = len(words)
    words += within.split()[: PER_ROW - inner_from]
    return first, township, village, *kinds, inner_from, words


def _lines(block):
    """A block of objects as COPY reads its rows. Not sorted: here that costs more than it spares the index."""
    lines = []
    for first, town, village, kind, inner_kind, begins, words in block:
        begin, within = f"\t{town}\t{village}\t{kind}\t", f"\t{town}\t{village}\t{inner_kind}\t"
        lines += [
            f"{first + at}{begin if at < begins else within}{word}\n"
            for at, word in enumerate(words)
        ]
    return "".join(lines).replace("\\", "\\\\")  # words hold no other sign COPY reads otherwise


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
