"""What somebody typed into a search box, and the words it may be the beginning of.

Names, sounds, numbers and tails are told apart by their characters alone, so one box serves all.
"""

import re
from dataclasses import dataclass
from functools import cached_property

from .folding import fold
from .pinyin import units_of
from .roster.text import as_searched
from .search import ID_TAIL, LONGEST, NUMBER, PHONE_TAIL, TAIL, tail_token

MOST = 50
ID_NUMBER = re.compile(r"\d{17}[\dXx]|\d{15}")
PHONE = re.compile(r"1\d{10}")
LONG_NUMBER = re.compile(r"\d{13,}|(?<!\d)1\d{10}(?!\d)")
TAIL_OF_ID = re.compile(r"\d{3}[\dxX]")
_ENDS = "\U0010ffff"


@dataclass(frozen=True)
class Typed:
    """One query. ``text`` is what was typed, tidied, at most MOST characters."""

    text: str

    @classmethod
    def read(cls, raw: str) -> "Typed":
        """From a form or an address; controls, wide letters and gaps inside a name are put right."""
        return cls(as_searched(raw)[:MOST].strip())

    @cached_property
    def bare(self) -> str:
        """The same in half-width characters, capitals made small, without blanks and hyphens."""
        return re.sub(r"[\s\-]", "", fold(self.text))

    @cached_property
    def id_number(self) -> str:
        """The whole ID number this is, as it is stored; "" if it is none."""
        return self.bare.upper() if ID_NUMBER.fullmatch(self.bare) else ""

    @cached_property
    def phone(self) -> str:
        """The whole mobile number this is, or ""."""
        return self.bare if PHONE.fullmatch(self.bare) else ""

    @property
    def is_personal(self) -> bool:
        """Whether an ID or phone number stands in it: kept out of addresses and never echoed."""
        return bool(self.id_number or self.phone or LONG_NUMBER.search(self.bare))

    @cached_property
    def word(self) -> str:
        """The beginning of a name or of its sound, as words are stored; "" when this is none."""
        text = re.sub("['’]", "", fold(self.text)).replace("ü", "v")
        text = re.sub("^([ln])yu", r"\1v", text)
        word = "".join(units_of(text))[:LONGEST]
        return "" if word.isascii() and not word.isalpha() else word

    @cached_property
    def number(self) -> str:
        """The beginning of a household's number, or ""."""
        number = "".join(fold(self.text).split())
        return number if any(char.isdigit() for char in number) else ""

    def resident_ranges(self) -> list[tuple[str, str]]:
        """[(from, before)]: the words of residents this may mean."""
        ranges = [_beginning(self.word)] if self.word else []
        if TAIL_OF_ID.fullmatch(self.bare):
            ranges.append(_exactly(tail_token(ID_TAIL, self.bare)))
        if TAIL_OF_ID.fullmatch(self.bare) and self.bare.isdigit():
            ranges.append(_exactly(tail_token(PHONE_TAIL, self.bare)))
        return ranges

    def phone_ranges(self) -> list[tuple[str, str]]:
        """[(from, before)]: the words of residents whose phone ends as this one does."""
        return [_exactly(tail_token(PHONE_TAIL, self.phone[-TAIL:]))]

    def household_ranges(self) -> list[tuple[str, str]]:
        """[(from, before)]: the words of households this may mean."""
        ranges = [_beginning(self.word)] if self.word else []
        if self.number:
            ranges.append(_beginning((NUMBER + self.number)[:LONGEST]))
        return ranges


def _beginning(text):
    """All that begins with the text: in the order of code points that is one stretch."""
    return text, text + _ENDS


def _exactly(token):
    return token, token + "\x01"
