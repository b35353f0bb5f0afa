"""Which village an older ledger means: 包墩村, 包墩, 包墩村面前领村 are all 包墩村委会."""

from liaison.imports.text import half_width, tidy
from villages.roster.places import VillageFinder, split_name


class LedgerPlaces:
    """Looks villages up, with what stands behind a village's name (自然村, 组) told apart.

    Args:
        township: where names are looked up. only: the one village an import is for.
    """

    def __init__(self, township, only=None):
        self.only = only
        villages = list(township.villages.in_order())
        self._find = VillageFinder(villages, township_name=township.name, only=only)
        self._found = {}

    def __call__(self, value):
        """(village or None, what is wrong to follow 村名, the part within the village)."""
        text = tidy(value)
        if text not in self._found:
            self._found[text] = self._look(text)
        return self._found[text]

    def in_title(self, text):
        """The one village a title speaks of (石桥村民情台账), or ""."""
        return self._find.in_title(text)

    def _look(self, text):
        village, wrong = self._find(text)
        if village:
            return village, "", ""
        bare = half_width(text)
        for end in range(len(bare) - 1, 1, -1):
            name, rest = bare[:end], bare[end:]
            if split_name(name)[1] and (found := self._find(name)[0]):
                return found, "", rest
        return None, wrong, ""
