"""Long numbers in running words: phones, ID, bank and land-line numbers, however their digits are parted."""

import re

from .personal import mask_phone

_PART = r"[\s\-‐-―·.．－]?"
# 11 digits and more with at most one sign between two of them, or 7 and more in a row
_LONG = re.compile(rf"\d(?:{_PART}\d){{10,}}(?:{_PART}[Xx])?|\d{{7,}}[Xx]?")
_PHONE_OR_ID = re.compile(rf"\d(?:{_PART}\d){{10,}}(?:{_PART}[Xx])?")
# Days and numbers of matters are long and tell nobody's
_HARMLESS = re.compile(
    r"(?:(?:19|20)\d\d[\-.](?:0?[1-9]|1[0-2])[\-.](?:0?[1-9]|[12]\d|3[01])|\d{1,6}-20\d\d-\d{5})"
)
_ONLY_HARMLESS = re.compile(rf"(?:{_HARMLESS.pattern}\s?)+")
HIDDEN = "****"


def _is_harmless(text) -> bool:
    return _ONLY_HARMLESS.fullmatch(text) is not None


def long_numbers(text: str) -> list[str]:
    """The long numbers in a text, as they stand there; days and numbers of matters are none."""
    found = (match[0] for match in _LONG.finditer(text))
    return [each for each in found if not _is_harmless(each)]


def hide_numbers(text: str) -> str:
    """The text for a wall: nothing is left of a long number but ****."""
    return _LONG.sub(lambda match: match[0] if _is_harmless(match[0]) else HIDDEN, text)


def mask_in_words(text: str) -> str:
    """The text for a paper: 138****0000 for every phone or longer number in it."""
    return _PHONE_OR_ID.sub(
        lambda match: match[0] if _is_harmless(match[0]) else mask_phone(match[0].strip()), text
    )
