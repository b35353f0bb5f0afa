"""The words one kind of file uses for its columns, and whom a column is about."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from .text import tidy

# A code before the word ("A4 姓名", "1、姓名"), brackets, blanks, colons, stars.
LONGEST_HEAD = 200  # characters
HEADER_NOISE = re.compile(
    r"[(（\[【].*?[)）\]】]|[\s\u3000:：*＊#_]|^[A-Z]?\d+[.、]|^[A-Z]\d{1,2}(?=[\s\u3000]*[^\W\da-zA-Z])"
)
IN_BRACKETS = re.compile(r"[(（\[【]\s*(.*?)\s*[)）\]】]")
ABOUT = re.compile(r"(的|本人)?(基本)?(情况|信息|资料)?$")


def header_word(value):
    """A header cell without what is not the word: blanks, line breaks, colons, stars, bracketed remarks."""
    text = tidy(value)
    # Brackets that never close cost the square of their number; no head is as long as that.
    return text if len(text) > LONGEST_HEAD else HEADER_NOISE.sub("", text)


def _never(*_):
    return False


@dataclass(frozen=True)
class Vocabulary:
    """The words one kind of file uses for its columns.

    Attributes:
        words: field -> header words parted by blanks; the first one is what the mapping page calls it.
        needed: fields without which a row of words is no header; ``least`` known columns in all.
        repeated: fields that several columns may give (a second phone).
        telling: a row with nothing in any of these fields is no entry; empty means any field.
        free_text: fields whose text is never taken for a total or a signature.
        identity: a field whose digits prove a row to be an entry.
        proof: ``proof(table, cells)`` tells a row to be an entry, too, whatever else stands in it.
        heading: tells a line that says nothing but what heads the rows under it ("第3组").
        others: words for other people (监护人): a column about one of them is nobody's own.
        personal: fields that are about one person, his own or another's.
        persons: fields whose column names a person; what follows it is about that person.
        spare: field -> words of another person's column that may stand in for it where the table has none,
            in the rows for which ``may_stand_in(table, cells)`` holds.
        above: fields that may be written above the header, label beside value, and hold for every row.
        parts_of: the two words of a header cell over two columns, () for others.
    """

    words: dict
    needed: tuple = ("name",)
    least: int = 3
    repeated: tuple = ()
    telling: tuple = ()
    free_text: tuple = ()
    identity: str = ""
    proof: Callable = _never
    heading: Callable[[str], bool] = _never
    others: tuple = ()
    personal: tuple = ()
    persons: tuple = ()
    spare: dict = field(default_factory=dict)
    may_stand_in: Callable = _never
    above: tuple = ()
    parts_of: Callable | None = None

    def field_of(self, cell):
        """The field a header cell names, or ""."""
        return self._fields.get(self.word_of(cell), "") if isinstance(cell, str) else ""

    def word_of(self, cell):
        """A header cell's word; 身份证号（监护人） is 监护人身份证号."""
        word = header_word(cell)
        if self.others and self._fields.get(word) in self.personal:
            for remark in IN_BRACKETS.findall(tidy(cell)):
                if (owner := self.owner_of(remark)) and not word.startswith(owner):
                    return owner + word
        return word

    def owner_of(self, cell):
        """The other person a title is about and nothing else (监护人信息 -> 监护人), or ""."""
        if not self.others or not isinstance(cell, str) or not cell:
            return ""
        word = ABOUT.sub("", header_word(cell))
        return word if word in self.others else ""

    def is_personal(self, cell):
        """True for a header cell that means something of one person."""
        return self.field_of(cell) in self.personal

    def names_another(self, cell):
        """True for a header cell over the names of other people."""
        word = self.word_of(cell)
        return word in self.others or word.removesuffix("姓名") in self.others

    def spare_of(self, cell):
        """The field a header cell may stand in for, or ""."""
        word = self.word_of(cell) if self.spare and isinstance(cell, str) else ""
        return next((name for name, words in self.spare.items() if word in words.split()), "")

    def label(self, name):
        """What a field is called on pages."""
        return self.words[name].split()[0]

    @property
    def _fields(self):
        cached = self.__dict__.get("_cached")
        if cached is None:
            cached = {word: name for name, words in self.words.items() for word in words.split()}
            object.__setattr__(self, "_cached", cached)
        return cached
