"""回访抽样 as pure functions: who is drawn, and who asks. Same seed and same population, same answer.

Drawing: villages share the places by Webster's rule (n ÷ (2g+1), the largest first), so each gets its
part of the whole; inside a village matters stand in the order of sha256(seed:matter). Neither depends
on the order rows come in, so a draw can be made again from what the sample kept.
"""

import hashlib
from collections import Counter, defaultdict
from fractions import Fraction

RULE = "webster-sha256-1"


def size_of_share(count: int, share: int) -> int:
    """How many 件 a share of a population is: rounded up, none of none."""
    return -(-count * share // 100)


def draw(population: list, size: int, seed: str) -> list[int]:
    """The matters drawn, village by village.

    Args:
        population: (matter, village) ids, each matter once.
        size: how many 件; more than there are draws them all.
        seed: any text; recorded with the sample.
    """
    villages = defaultdict(list)
    for matter, village in population:
        villages[village].append(matter)
    places = _places({key: len(rows) for key, rows in villages.items()}, size, seed)
    drawn = []
    for village in sorted(villages):
        in_order = sorted(villages[village], key=lambda matter: _lot(seed, matter))
        drawn += in_order[: places[village]]
    return drawn


def _places(sizes, size, seed) -> Counter:
    """{village: how many of it are drawn}."""
    given = Counter()
    for _ in range(min(size, sum(sizes.values()))):
        given[max(sizes, key=lambda key: (_claim(sizes[key], given[key]), _lot(seed, key)))] += 1
    return given


def _claim(count, given):
    return Fraction(count, 2 * given + 1)


def _lot(seed, key) -> str:
    return hashlib.sha256(f"{seed}:{key}".encode()).hexdigest()


def share_out(drawn: list[int], may_ask: dict[int, list[int]]) -> dict[int, int | None]:
    """Who asks about each matter: {matter: person}, as evenly as who may ask what allows.

    Args:
        may_ask: {matter: the people who may ask about it, in order}.
    Returns:
        None for a matter nobody may ask about.
    """
    load, asks = Counter(), {}
    # Who has the fewest to choose from chooses first
    for matter in sorted(drawn, key=lambda each: (len(may_ask[each]), drawn.index(each))):
        people = may_ask[matter]
        person = min(people, key=lambda each: (load[each], people.index(each)), default=None)
        asks[matter] = person
        load[person] += 1
    return asks
