"""Who stands in a cell: several people parted by 、，, line breaks or blanks, with what brackets say of them."""

import re
import unicodedata
from dataclasses import dataclass

from liaison.imports.text import is_nothing, tidy_lines
from villages.roster.text import BRACKETED, HAN, Name, read_name, read_phones

LONGEST = 2000  # characters of a cell that could be a list of names
_OPEN, _CLOSE = "(（[【", ")）]】"
_HARD = re.compile(
    rf"[、，,；;/\n|]+(?![^{re.escape(_OPEN)}]*[{re.escape(_CLOSE)}])"  # not inside brackets
)
_SOFT = re.compile(rf"\s+(?![^{re.escape(_OPEN)}]*[{re.escape(_CLOSE)}])")
_BEFORE_BRACKET = re.compile(rf"\s+(?=[{re.escape(_OPEN)}])")
_LONE = re.compile(rf"[{HAN}]")
_LABEL = re.compile(r"^(常务副组长|副组长|组长|成员|组员|联络员|责任人|责任领导|团队成员)[:：]")
_NUMBER = re.compile(r"[\d\-—()（）+]{7,}$")
_COUNTED = re.compile(r"^(\d{1,2}|[①-⑳])[.．、]?(?=\S)")


@dataclass(frozen=True)
class Person:
    """One person of a cell. ``phones`` and ``note`` (a title) come out of brackets; ``wrong`` as in read_name."""

    name: str
    phones: tuple[str, ...] = ()
    note: str = ""
    wrong: str = ""


def read_people(value) -> list[Person]:
    """The people of a cell, in order, each once; an empty one (无, /) gives none."""
    text = _BEFORE_BRACKET.sub("", tidy_lines(value))
    if is_nothing(text):
        return []
    if len(text) > LONGEST:
        return [Person("", wrong="一格里写得太长，请每人一个姓名、用“、”隔开")]
    people = []
    for part in _HARD.split(text):
        for word in _words(_LABEL.sub("", part.strip())):
            person = _person(word)
            if person and person not in people:
                people.append(person)
    return people


def _words(part):
    """Blanks part people, but 李 明 is one: two single characters that an office has set apart."""
    words, lone = [], ""
    for word in filter(None, _SOFT.split(part)):
        if _LONE.fullmatch(word):
            lone += word
            if len(lone) == 2:
                words.append(lone)
                lone = ""
            continue
        if lone:
            words.append(lone)
            lone = ""
        words.append(word)
    return [*words, lone] if lone else words


def _person(word):
    notes = BRACKETED.findall(word)
    bare = _COUNTED.sub("", BRACKETED.sub("", word))
    if number := _NUMBER.search(unicodedata.normalize("NFKC", bare)):
        notes.append(number[0])
        bare = unicodedata.normalize("NFKC", bare)[: number.start()]
    bare = bare.rstrip(":：")
    if is_nothing(bare):
        return None
    name: Name = read_name(bare)
    phones = [phone for note in notes for phone in read_phones(note)[0]]
    parts = [part.strip() for note in notes for part in re.split(r"[，,；;]", note)]
    said = "；".join(part for part in parts if part and not re.search(r"\d{5}", part))
    wrong = name.wrong or ("只有一个字" if _LONE.fullmatch(name.text) else "")
    return Person(name.text, tuple(dict.fromkeys(phones)), said, wrong)
