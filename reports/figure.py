"""What a figure is: a number with its unit, what it was divided by, and the rows behind both."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from urllib.parse import urlencode

NOTHING = "—"  # What is printed where nothing can be divided


@dataclass(frozen=True)
class Rows:
    """The rows behind a number: which list, under which filter."""

    page: str
    filters: tuple[tuple[str, str], ...]

    @property
    def query(self) -> str:
        """The filter as it stands in an address."""
        return urlencode(self.filters)


@dataclass(frozen=True)
class Part:
    """A number and the rows it counts.

    Args:
        listed: how many rows the list shows, where that is not the number itself (人次 of 批).
        rows: None where no list shows them.
        unit: 件, 户, 天 where the number stands alone.
    """

    name: str
    number: int
    rows: Rows | None = None
    listed: int | None = None
    unit: str = ""

    @property
    def length(self) -> int:
        """How many rows the list must show."""
        return self.number if self.listed is None else self.listed


@dataclass(frozen=True)
class Figure:
    """One figure: a rate, a count or a number of days.

    Args:
        numerator: a Decimal where parts are weighted; None when there is nothing to tell.
        denominator: None for what is no rate.
        above, below: the counted parts of numerator and denominator, each with its rows.
        excluded: what was left out and is printed beside it, by reason.
        among: 其中: what is counted in it and told besides, left out of nothing.
    """

    key: str
    name: str
    unit: str
    numerator: int | Decimal | None
    denominator: int | None = None
    above: tuple[Part, ...] = ()
    below: tuple[Part, ...] = ()
    excluded: tuple[Part, ...] = ()
    among: tuple[Part, ...] = ()

    @property
    def is_rate(self) -> bool:
        """Whether it is shown in percent."""
        return self.denominator is not None

    @property
    def percent(self) -> Decimal | None:
        """The rate with one decimal, half up; None when there is nothing to divide by."""
        if not self.denominator:
            return None
        exact = Decimal(self.numerator) * 100 / self.denominator
        return exact.quantize(Decimal("0.1"), ROUND_HALF_UP)

    @property
    def shown(self) -> str:
        """「64.2%」, 「106」 or 「—」."""
        if not self.is_rate:
            return NOTHING if self.numerator is None else _plain(self.numerator)
        return NOTHING if self.percent is None else f"{self.percent}%"

    @property
    def in_words(self) -> str:
        """「68/106，64.2%」: a rate never stands without both counts."""
        if not self.is_rate:
            return f"{self.shown}{self.unit if self.numerator is not None else ''}"
        return f"{_plain(self.numerator)}/{self.denominator}，{self.shown}"


def _plain(number):
    return f"{number.normalize():f}" if isinstance(number, Decimal) else str(number)


def rate(key, name, unit, above, below, excluded=()) -> Figure:
    """A rate of parts added up; single parts may come without their tuple."""
    above, below = _tuple(above), _tuple(below)
    numerator, denominator = (sum(part.number for part in side) for side in (above, below))
    return Figure(key, name, unit, numerator, denominator, above, below, present(excluded))


def count(key, name, unit, part, excluded=(), among=()) -> Figure:
    """A count of one part."""
    left_out, told = present(excluded), present(among)
    return Figure(key, name, unit, part.number, None, (part,), (), left_out, told)


def _tuple(parts):
    return (parts,) if isinstance(parts, Part) else tuple(parts)


def present(excluded) -> tuple[Part, ...]:
    """What was left out, without the reasons nobody was left out for."""
    return tuple(part for part in excluded if part.number)
