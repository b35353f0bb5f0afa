"""Which category a matter is probably of, from the words it was told in.

The words of each category are the office's own (/settings/, 诉求类别, 关键词). A guess is shown with its
reason and can be changed; where two categories fit as well as one another, nothing is guessed.
"""

import re
import unicodedata
from collections.abc import Iterable
from typing import NamedTuple

from .models import Category

_BETWEEN = re.compile(r"[、,，;；/\s]+")
_TOLD = re.compile(r"类别(按(?:“[^”]*”)+归为“[^”]*”)。")


class Guess(NamedTuple):
    """A category, and the words it was found by, in the order they stand in the text."""

    category: Category
    words: tuple[str, ...]

    @property
    def reason(self) -> str:
        """「按“路灯”归为“供电能源”」."""
        return f"按{''.join(f'“{word}”' for word in self.words[:3])}归为“{self.category}”"


def guess(text: str, categories: Iterable[Category]) -> Guess | None:
    """The category most of whose keywords stand in a text; None for a tie or no hit.

    A word inside a longer hit does not count: 「路灯」 is no 「路」. The same word twice counts once.

    Args:
        text: the summary, as it was typed.
        categories: those in use, each with its ``keywords``.
    """
    text = _plain(text)
    hits = [(at, word, row) for row in categories for word in keywords_of(row)
            if (at := text.find(word)) >= 0]  # fmt: skip
    kept = sorted((hit for hit in hits if not _is_inside(hit, text, hits)), key=lambda hit: hit[0])
    found: dict[int, Guess] = {}
    for _, word, row in kept:
        so_far = found.get(row.pk, Guess(row, ()))
        found[row.pk] = Guess(row, (*so_far.words, word))
    best = sorted(found.values(), key=lambda each: -len(each.words))[:2]
    if not best or (len(best) == 2 and len(best[0].words) == len(best[1].words)):
        return None
    return best[0]


def guess_told(words: str) -> str:
    """The reason within a line of history, 「按“路灯”归为“供电能源”」; empty where the category was chosen."""
    found = _TOLD.search(words)
    return found[1] if found else ""


def keywords_of(category) -> list[str]:
    """The keywords of a category, each once, as they are compared."""
    return list(dict.fromkeys(filter(None, _BETWEEN.split(_plain(category.keywords)))))


def _is_inside(hit, text, hits) -> bool:
    """Whether a word stands in the text only within longer words that were found too."""
    _, word, _ = hit
    longer = [each for _, each, _ in hits if word in each and word != each]
    for each in sorted(longer, key=len, reverse=True):
        text = text.replace(each, "\n")
    return word not in text


def _plain(text) -> str:
    """Full-width letters and capitals make no difference."""
    return unicodedata.normalize("NFKC", text).lower()
