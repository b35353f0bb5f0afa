"""What people and places are called: names, phones, group names."""

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from liaison.imports.text import NOTHING, half_width, is_nothing, tidy, tidy_lines

HAN = "\u3007\u3400-\u9fff\uf900-\ufaff\ue000-\uf8ff\U00020000-\U0003ffff\U000f0000-\U0010fffd"
BETWEEN_HAN = re.compile(f"(?<=[{HAN}]) +(?=[{HAN}])")
MIDDLE_DOTS = re.compile("[\u00b7\u2022\u2027\u30fb\uff65\u2219\u22c5\u2e31\u0387]")
DOT_IN_NAME = re.compile(f"(?<=[{HAN}]) *[.．\u00b7] *(?=[{HAN}])")
LONGEST_CELL = 1000  # characters of a name with its remark
BRACKETED = re.compile(r"[(（\[【〔](.*?)[)）\]】〕]")
# Nine names in ten: nothing but everyday characters, nothing to put right.
EVERYDAY = re.compile("[\u4e00-\u9fff]{1,50}")
PRIVATE_USE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010fffd]")


def as_searched(text):
    """What somebody typed to find a name or a place: tidied, and without the gaps offices set (王 强)."""
    return BETWEEN_HAN.sub("", tidy(text))


class Name(NamedTuple):
    """`note` came out of brackets; `wrong` says what is wrong with the name, "" when it is good."""

    text: str
    note: str = ""
    wrong: str = ""
    private_use: bool = False


def read_name(value):
    """A person's name of 1-50 Chinese characters, letters, blanks and middle dots; the characters are left alone."""
    if isinstance(value, str) and value not in NOTHING and EVERYDAY.fullmatch(value):
        return Name(value)
    text = tidy(value)
    if (
        len(text) > LONGEST_CELL
    ):  # also because brackets that never close cost the square of their number
        return Name(text, wrong="超过50个字")
    notes = [note.strip() for note in BRACKETED.findall(text)]
    text = same_name(BRACKETED.sub("", text))
    if text in NOTHING:
        return Name("", wrong="没有填写")
    if len(text) > 50:
        return Name(text, wrong="超过50个字")
    if not all(_is_name_character(char) for char in text):
        return Name(text, wrong="含有不该出现的字符")
    return Name(
        text, "；".join(note for note in notes if note), private_use=bool(PRIVATE_USE.search(text))
    )


def same_name(text):
    """The one spelling of a name: 王　伟 -> 王伟, every middle dot U+00B7."""
    if isinstance(text, str) and EVERYDAY.fullmatch(text):
        return text
    text = MIDDLE_DOTS.sub("\u00b7", tidy(text))
    return BETWEEN_HAN.sub("", DOT_IN_NAME.sub("\u00b7", text)).strip()


def _is_name_character(char):
    return (
        char in " \u00b7\u3007"
        or unicodedata.category(char)[0] in "LM"
        or bool(PRIVATE_USE.match(char))
    )


PHONE_BREAK = re.compile(r"[/、,;\n|]+|或|和")
COUNTRY = re.compile(r"^(\+|00)?86(?=1[3-9]\d{9}$)")
LONGEST_PHONES = 1000  # characters of a cell of phones; more is a text that got into the column
PHONE = re.compile(r"1[3-9]\d{9}|0\d{2,3}\d{7,8}|[2-8]\d{6,7}|[48]00\d{7}")


def read_phones(value):
    """(good numbers as digits, pieces that are none). Two numbers in one cell are both kept, in order."""
    if isinstance(value, str) and (value == "" or (value.isascii() and PHONE.fullmatch(value))):
        return [value] if value else [], []
    text = unicodedata.normalize("NFKC", tidy_lines(value))
    if len(text) > LONGEST_PHONES:
        return [], [text]
    good, bad = [], []
    for piece in PHONE_BREAK.split(text):
        if is_nothing(piece):
            continue
        numbers = [_phone(piece)] if _phone(piece) else [_phone(part) for part in piece.split()]
        if all(numbers):
            good += [number for number in numbers if number not in good]
        else:
            bad.append(piece.strip())
    return good, bad


def _phone(piece):
    digits = COUNTRY.sub("", re.sub(r"[\s\-—–()']", "", piece))
    if not PHONE.fullmatch(digits):
        return ""
    return digits


CHINESE_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {
    "〇": 0,
    "两": 2,
}
GROUP_ENDING = re.compile(r"(村民小组|居民小组|村民组|居民组|小组|组)$")
GROUP_LIKE = re.compile(
    r"(第?\s*[\d一二三四五六七八九十百]+\s*|\S{1,8})(村民小组|居民小组|村民组|小组|组)"
)


@lru_cache(maxsize=2000, typed=True)  # the same few, row after row
def read_group(value):
    """(name, number) of a 组: 第3组, 3组, 三组, ３组, 第三村民小组 and 3 are all ("第3组", 3).

    A group known by a word keeps it: 塘坡村民小组 -> ("塘坡组", 0); 面前领村 stays as it is.
    """
    text = half_width(value)
    stem = GROUP_ENDING.sub("", text)
    number = chinese_number(stem.removeprefix("第"))
    if number:
        return f"第{number}组", number
    return (f"{stem}组" if stem and stem != text else text), 0


def looks_like_group(text):
    """True for a line or a sheet named like a group."""
    return bool(GROUP_LIKE.fullmatch(tidy(text)))


def chinese_number(text):
    """12, 十二, 〇六, 一百零三 -> int; None when the text is no number from 1 to 999."""
    if text.isascii() and text.isdigit():
        return int(text) if 0 < int(text) < 1000 else None
    total = digit = 0
    for char in text:
        if char in CHINESE_DIGITS:
            digit = CHINESE_DIGITS[char]
        elif char in "十百":
            total += (digit or 1) * (10 if char == "十" else 100)
            digit = 0
        else:
            return None
    return total + digit or None
