"""What a wall may say: words without numbers, names and doors; and what is found in words that came from a clerk."""

import re

from liaison.masking import hide_numbers, long_numbers
from villages.models import Household, Resident

_TWO = (
    "欧阳", "司马", "上官", "诸葛", "东方", "皇甫", "尉迟", "公孙", "慕容", "令狐", "司徒", "夏侯",
)  # fmt: skip
_NAMELESS = ("匿名", "某", "未留名", "群众", "村民", "居民", "不详")
NOBODY = "村民"
# Groups and doors: an address on a wall ends with the village
_DOOR = re.compile(
    r"第?[\d一二三四五六七八九十]{1,3}(?:村民小组|小组|组|队)(?![织成])"
    r"|(?<![月\d])\d{1,4}(?:号|栋|幢|单元|室)(?:楼)?(?!线|文|令)"
)
# What nobody wants read of himself on a wall: health, poverty, family, punishment
_PRIVATE = (
    "患病", "重病", "大病", "癌", "残疾", "精神", "智力", "艾滋", "怀孕", "低保", "特困", "五保", "离婚",
    "家暴", "吸毒", "服刑", "矫正", "刑满", "欠债",
)  # fmt: skip
_SHORTEST, _LONGEST = 2, 4  # letters of a name that is looked for


def public_name(name: str) -> str:
    """「董某某」: the surname alone; 村民 for who gave no name, or none that begins as names do."""
    name = name.strip()
    if not name or any(word in name for word in _NAMELESS) or not "一" <= name[0] <= "鿿":
        return NOBODY
    return f"{name[:2] if name.startswith(_TWO) else name[0]}某某"


def names_of(township_id, village_id=None) -> set[str]:
    """Names of heads and residents of a village, or of the whole township; two queries."""
    place = {"village": village_id} if village_id else {"township": township_id}
    heads = Household.objects.filter(**place).exclude(head_name="").order_by()
    names = set(heads.values_list("head_name", flat=True).distinct())
    residents = Resident.objects.filter(**place).order_by()
    names.update(residents.values_list("name", flat=True).distinct())
    return {name for name in names if _SHORTEST <= len(name) <= _LONGEST}


def names_in(text: str, names: set[str]) -> list[str]:
    """The names that stand in a text, in its order."""
    pieces = (
        text[at : at + length]
        for at in range(len(text))
        for length in range(_SHORTEST, _LONGEST + 1)
    )
    return list(dict.fromkeys(piece for piece in pieces if piece in names))


def for_a_wall(text: str, matter, names: set[str], most: int) -> str:
    """A first proposal: numbers hidden, groups and doors left out, names as 董某某; the clerk reads it over.

    Args:
        names: of people who live there (names_of). most: letters.
    """
    text = _DOOR.sub("", hide_numbers(text))
    own = [matter.complainant, matter.household.head_name if matter.household else ""]
    own = [name.strip() for name in own if len(name.strip()) >= _SHORTEST]
    own = [name for name in own if public_name(name) != NOBODY]
    for name in sorted({*own, *names_in(text, names)}, key=len, reverse=True):
        text = text.replace(name, public_name(name))
    # Once more: where a door went, digits may have met
    return hide_numbers(" ".join(text.split()))[:most]


def long_number_in(text: str) -> str:
    """The first long number in words meant for a wall; "" without one."""
    return next(iter(long_numbers(text)), "")


def doubtful(text: str, names: set[str]) -> list[str]:
    """What may be somebody's name, door or private affair: a person has to look."""
    doors = [match[0] for match in _DOOR.finditer(text)]
    return [*names_in(text, names), *doors, *(word for word in _PRIVATE if word in text)]
