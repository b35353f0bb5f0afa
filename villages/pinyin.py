"""Names by sound: what a clerk types instead of characters.

A surname is read as a surname (曾 zeng, 单 shan, 解 xie), and a character with two usual readings in names
has both; a place is read as words are (曾家村 is found by zeng and by ceng alike).
"""

import re
from functools import lru_cache
from itertools import islice, product

from pypinyin import Style, lazy_pinyin

from .folding import fold

SPELLINGS = 4  # of one name, at most: 单长乐 has more readings than anybody types
GAP = "\\s.·•‧・･∙⋅⸱·"
UNIT = re.compile(f"[0-9a-zà-öø-ɏ]+|[^{GAP}]")
SYLLABLE = re.compile("[a-z]+")

# Surnames whose reading is not the everyday one, simplified.
SURNAMES = {
    "干": "gan qian", "曾": "zeng", "单": "shan", "仇": "qiu", "解": "xie", "查": "zha", "区": "ou",
    "盖": "ge gai", "翟": "zhai di", "朴": "piao", "乐": "yue le", "覃": "qin tan",
    "缪": "miao", "员": "yun", "贠": "yun", "黑": "he", "洗": "xian", "折": "she",
    "种": "chong", "繁": "po", "秘": "bi", "召": "shao", "祭": "zhai", "重": "chong",
    "那": "na nuo", "郗": "xi chi", "都": "du", "阚": "kan", "隗": "wei kui", "佴": "nai",
    "句": "gou", "炅": "gui", "么": "yao", "谌": "chen shen", "宓": "mi fu", "郇": "xun huan",
    "行": "xing hang", "乜": "nie", "藏": "zang", "晟": "cheng sheng", "长": "chang",
    "柏": "bai bo", "牟": "mou mu", "莘": "shen xin", "能": "nai", "校": "jiao xiao",
    "费": "fei bi", "卜": "bu bo",
}  # fmt: skip
# Surnames of two characters that are read otherwise together.
DOUBLE_SURNAMES = {
    "尉迟": ("yu", "chi"), "万俟": ("mo", "qi"), "长孙": ("zhang", "sun"), "单于": ("chan", "yu"),
    "澹台": ("tan", "tai"), "令狐": ("ling", "hu"), "宰父": ("zai", "fu"), "亓官": ("qi", "guan"),
    "赫连": ("he", "lian"), "鲜于": ("xian", "yu"), "钟离": ("zhong", "li"), "夏侯": ("xia", "hou"),
}  # fmt: skip
# Characters of given names that people read in two ways, the likelier one first.
GIVEN = {
    "长": "chang zhang", "乐": "le yue", "行": "xing hang", "朝": "chao zhao", "重": "chong zhong",
    "晟": "sheng cheng", "茜": "qian xi", "柏": "bai bo", "盛": "sheng cheng", "传": "chuan zhuan",
    "曾": "zeng ceng", "藏": "zang cang", "都": "du dou", "干": "gan qian", "乾": "qian gan",
    "解": "jie xie", "劲": "jin jing", "觉": "jue jiao", "绿": "lv lu", "覃": "tan qin",
    "单": "dan shan", "石": "shi dan", "宿": "su xiu", "蔚": "wei yu", "校": "xiao jiao",
    "莘": "shen xin", "琢": "zhuo zuo", "楷": "kai jie", "妤": "yu shu", "婼": "ruo", "埔": "pu bu",
    "浒": "hu xu", "参": "shen can", "叶": "ye xie", "阿": "a e", "约": "yue yao", "卜": "bu bo",
}  # fmt: skip


def search_key(name: str) -> str:
    """ "zhangsan zs" for the person 张三: the full sound, a blank, the initials; at most 60 characters."""
    sounds = ways_of(name)[1][0] if name else []
    return f"{''.join(sounds)} {''.join(sound[:1] for sound in sounds)}"[:60] if name else ""


def place_key(name: str) -> str:
    """ "changshacun csc" for the place 长沙村, read as words are."""
    full = "".join(lazy_pinyin(name))
    initials = "".join(lazy_pinyin(name, style=Style.FIRST_LETTER))
    return f"{full} {initials}".lower()[:60] if name else ""


@lru_cache(maxsize=1024)  # its key and its words are worked out one after the other
def ways_of(name: str) -> tuple[list[str], list[list[str]]]:
    """``units_of`` a name and their ``spellings``; neither is to be changed."""
    units = units_of(name)
    return units, spellings(units)


def units_of(name: str) -> list[str]:
    """What a name is made of, simplified and small: a character each, a Latin word as one; no dots, no blanks."""
    return UNIT.findall(fold(name))


def spellings(units: list[str]) -> list[list[str]]:
    """How a person's name may be typed by sound, a syllable a unit, the usual way first; at most SPELLINGS.

    A unit without a known sound has the syllable "".
    """
    options = [_given(unit) for unit in units]
    double = DOUBLE_SURNAMES.get("".join(units[:2]))
    if double and len(units) > 2:
        options[:2] = [(double[0],), (double[1],)]
    elif units:
        options[0] = _surname(units[0])
    return [list(each) for each in islice(product(*options), SPELLINGS)]


@lru_cache(maxsize=1024)
def _surname(unit):
    usual = _usual(unit)
    known = SURNAMES.get(unit, usual).split() or [""]
    return tuple(dict.fromkeys([*known, usual, *_without_dots(usual)]))


@lru_cache(maxsize=20_000)
def _given(unit):
    usual = _usual(unit)
    known = GIVEN.get(unit, usual).split() or [""]
    return tuple(dict.fromkeys([*known, *_without_dots(usual)]))


def _usual(unit):
    sound = lazy_pinyin(unit)[0].lower() if len(unit) == 1 else unit
    return sound if SYLLABLE.fullmatch(sound) else ""


def _without_dots(sound):
    """吕 is typed lv, and lu by those who have no ü."""
    return [sound.replace("v", "u")] if sound[:2] in ("lv", "nv") else []
