"""How large a demo township is. ``seed_demo`` uses a small one, the benchmarks a large one."""

import datetime as dt
import random
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Place:
    """The real township a build stands on, and its published shape.

    Attributes:
        divisions: file under demo/data; code: 12 digits; sections, groups: 片 and 组 (自然村) in all of it.
    """

    divisions: str
    code: str
    sections: int
    groups: int


# By scheme. 大瑶镇 publishes 81 片 and 356 组, 鄌郚镇 114 natural villages; the others' are of the same order.
PLACES = {
    "dayao": Place("divisions-liuyang.csv", "430181110000", 81, 356),
    "yingzai": Place("divisions-yingzai.csv", "440881109000", 66, 220),
    "laizhou": Place("divisions-laizhou.csv", "370683104000", 70, 140),
    "luyang": Place("divisions-luyang.csv", "340103002000", 32, 96),
    "tangwu": Place("divisions-tangwu.csv", "370725108000", 43, 114),
}


@dataclass
class Build:
    """One build: its size, its days and its source of chance.

    Attributes:
        households: 户 in the whole township.
        years: how many years of liaison days lie behind today.
        visits: 户次 and 人次 in all those years together.
        matters: 件 in all those years together.
        scheme: which practice, and with it which township.
        empty_villages: names of villages whose roster has not come in yet.
    """

    today: dt.date
    now: dt.datetime
    seed: int = 2026
    households: int = 1400
    years: int = 1
    visits: int = 1600
    matters: int = 420
    scheme: str = "dayao"
    empty_villages: tuple[str, ...] = ()
    rng: random.Random = field(init=False)

    def __post_init__(self):
        self.rng = random.Random(self.seed)

    @property
    def place(self) -> Place:
        """The township."""
        return PLACES[self.scheme]

    @property
    def start(self) -> dt.date:
        """The first day of the story: the first of a month, ``years`` years ago."""
        return self.today.replace(year=self.today.year - self.years, day=1)

    def share(self, total: int, parts: int) -> list[int]:
        """Split a total into near-equal parts, the larger ones first: 81 over 15 is 6 × 6 and 9 × 5."""
        base, more = divmod(total, parts)
        return [base + (1 if position < more else 0) for position in range(parts)]
