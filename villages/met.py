"""Why a row was found: which of its words was met, and which letters of the name that is."""

from itertools import accumulate
from typing import NamedTuple

from .folding import fold
from .pinyin import UNIT, spellings
from .search import ID_TAIL, LONGEST, NUMBER, PHONE_TAIL
from .typed import Typed

NAME, SOUND, INITIALS = "姓名", "拼音", "首字母"
SIGILS = {ID_TAIL: "身份证号末四位", PHONE_TAIL: "电话末四位", NUMBER: "户编号"}
WHOLE_ID, WHOLE_PHONE = "身份证号", "电话"


class Met(NamedTuple):
    """``why`` in the office's word; ``before`` + ``mark`` + ``after`` is the name, ``mark`` what was typed of it."""

    why: str
    before: str
    mark: str = ""
    after: str = ""


def explain(name: str, word: str, typed: Typed) -> Met:
    """Which word of a name was met.

    Args:
        name: of the resident or the household's head.
        word: the search word that was read; "" for a row found by a whole number.
    """
    if not word:
        return Met(WHOLE_ID if typed.id_number else WHOLE_PHONE, name)
    if word[0] in SIGILS:
        return Met(SIGILS[word[0]], name)
    folded = fold(name)
    spans = [match.span() for match in UNIT.finditer(folded)]
    units = [folded[start:end] for start, end in spans]
    met = _met(units, word)
    if met is None:
        return Met(NAME, name)
    why, rest, at = met
    if len(folded) != len(name):  # a letter that folds into two: nothing can be pointed at
        return Met(why, name)
    (start, _), (_, end) = spans[at], spans[at + _cover(rest, len(typed.word)) - 1]
    return Met(why, name[:start], name[start:end], name[end:])


def _met(units, word):
    """(why, the parts from where the word begins, their place in the name) of the first reading; None for none."""
    for why, parts in _readings(units):
        for at in range(len(parts)):
            if "".join(parts[at:])[:LONGEST] == word:
                return why, parts[at:], at
    return None


def _readings(units):
    ways = spellings(units)
    yield NAME, units
    for way in ways:
        yield SOUND, way
    for way in ways:
        yield INITIALS, [sound[:1] for sound in way]


def _cover(parts, letters):
    """How many of the parts that many letters reach into."""
    return 1 + sum(reached < letters for reached in accumulate(map(len, parts[:-1])))
