"""The table of bad files: every kind's name, how it is made, and what must become of it."""

from collections.abc import Callable
from dataclasses import dataclass

READ = ""  # No reason to refuse the file: what is wrong is told row by row, or is nothing at all


@dataclass(frozen=True)
class BadFile:
    """One kind. `code`: the F- code that refuses it, READ where its rows are read; `word`: stands in the refusal."""

    name: str
    make: Callable[[], bytes]
    code: str
    suffix: str
    word: str = ""


KINDS: dict[str, BadFile] = {}


def bad(code, suffix, word=""):
    """Enter the decorated function, which makes the bytes, under its own name."""

    def enter(make):
        KINDS[make.__name__] = BadFile(make.__name__, make, code, suffix, word)
        return make

    return enter
