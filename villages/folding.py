"""One spelling for what may be written in several: traditional and simplified, wide and narrow, large and small."""

import unicodedata
from functools import lru_cache

from opencc import OpenCC

# Every block that holds Chinese characters; OpenCC knows which of them have a simplified form.
_HAN = ((0x3400, 0xA000), (0xF900, 0xFB00), (0x20000, 0x32400))


def fold(text: str) -> str:
    """The text in simplified characters, half-width, lower case: 張 and 张, Ａ and a become the same.

    Character by character, so that a piece of a name folds as it does within the name. For comparing only.
    """
    if text.isascii():
        return text.lower()
    return unicodedata.normalize("NFKC", text).translate(_simplified()).lower()


@lru_cache(maxsize=1)
def _simplified():
    """{code point: simplified character} of those that have one."""
    characters = [chr(code) for first, end in _HAN for code in range(first, end)]
    # A line each: OpenCC reads phrases, and here a character must always become the same one.
    folded = OpenCC("t2s").convert("\n".join(characters)).split("\n")
    return {
        ord(old): new for old, new in zip(characters, folded, strict=True) if old != new
    } | _ALIKE


# Forms that names keep apart and people do not: whoever types the one finds the other.
_ALIKE = {ord(old): new for old, new in zip("锺甯閤峯喆堃昇陞", "钟宁合峰哲坤升升", strict=True)}
