"""Which village is meant: names as offices shorten and lengthen them."""

from collections import defaultdict

from liaison.imports.text import half_width

# Longest first. 村委会, 村民委员会 and 村 are one ending; 居委会 and 社区 another; a bare name fits either.
ENDINGS = (
    ("社区居民委员会", "community"),
    ("村村民委员会", "village"),
    ("村民委员会", "village"),
    ("居民委员会", "community"),
    ("社区居委会", "community"),
    ("居委会", "community"),
    ("村委会", "village"),
    ("社区", "community"),
    ("村", "village"),
)


def split_name(name):
    """("石桥", "village") for 石桥村, 石桥村委会 …; the kind is "" for a bare name."""
    for ending, kind in ENDINGS:
        if name.endswith(ending) and len(name) > len(ending):
            return name.removesuffix(ending), kind
    return name, ""


class VillageFinder:
    """Looks names up among the villages of one township; `find_village` of parse_roster().

    `only` is the one village an import is for: rows without a village name are its own, others are refused.
    """

    def __init__(self, villages, *, township_name="", only=None):
        self.township_name, self.only = township_name, only
        self.by_name = {half_width(village.name): village for village in villages}
        self.by_stem = defaultdict(list)
        for name, village in self.by_name.items():
            stem, kind = split_name(name)
            self.by_stem[stem].append((kind, village))

    def __call__(self, name):
        """(village, "") or (None, what is wrong, to follow the word 村名)."""
        text = half_width(name)
        if not text:
            return (self.only, "") if self.only else (None, "没有填写")
        if (
            self.township_name
            and text.startswith(self.township_name)
            and text != self.township_name
        ):
            text = text.removeprefix(self.township_name)
        found = self._matches(text)
        if self.only:
            if self.only in found:
                return self.only, ""
            return None, f"“{name}”不是本次导入的{self.only.name}"
        if len(found) == 1:
            return found[0], ""
        if found:
            names = "、".join(village.name for village in found)
            return None, f"“{name}”可能是{names}，请写全称"
        return None, f"“{name}”在本乡镇查不到"

    def in_title(self, text):
        """The name of the one village a title speaks of (浏阳市大瑶镇强盛村农户花名册), or ""."""
        text = half_width(text)
        found = [name for name in self.by_name if name in text]
        found = [n for n in found if not any(n != other and n in other for other in found)]
        return found[0] if len(found) == 1 else ""

    def _matches(self, text):
        if text in self.by_name:
            return [self.by_name[text]]
        stem, kind = split_name(text)
        near = [v for its, v in self.by_stem.get(stem, ()) if not kind or not its or its == kind]
        return near or [village for _, village in self.by_stem.get(text, ())]
