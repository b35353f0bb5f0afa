"""Where everything stands on the sheet: pure arithmetic in mm from the top of an A4 page, so that it can be tested.

A line to write on is 12 mm high: two rows of handwriting, and never less than the 8 mm a pen needs.
"""

from dataclasses import dataclass

from visits.models import SheetLine

Kind = SheetLine.Kind
TALL, TOP, FOOT = 297, 10, 24  # the page, white above, sign-off and marks below
HEAD, PERSON = 19, 5  # title and facts; each row of people
PART = 12  # heading of a part with the names of its columns
WRITING, ASKED = 12, 14  # a household or blank line; a matter's
PEOPLE_A_ROW = 3
ORDER = (Kind.HOUSEHOLD, Kind.MATTER, Kind.CALL_BACK, Kind.BLANK)


@dataclass(frozen=True)
class Placed:
    """One thing on a page: a part's heading (``number`` 0) or a numbered line; ``top`` in mm."""

    kind: str
    top: float
    number: int = 0
    goes_on: bool = False  # the part began on an earlier page

    @property
    def bottom(self) -> float:
        """Its lower edge in mm."""
        return self.top + (height_of_line(self.kind) if self.number else PART)


def height_of_line(kind) -> float:
    """mm."""
    return ASKED if kind in (Kind.MATTER, Kind.CALL_BACK) else WRITING


def head_height(people_rows) -> float:
    """mm the head takes on the first page."""
    return HEAD + PERSON * people_rows


def people_rows(people) -> int:
    """Rows of names: three to a row, and one for who is away."""
    return max(1, -(-len(people.sitting) // PEOPLE_A_ROW)) + bool(people.away)


def pages_of(kinds, head) -> list[list[Placed]]:
    """The lines of a sheet laid on pages.

    Args:
        kinds: of the lines, from number 1, each part's together. head: mm taken on the first page.
    """
    pages, y, part = [[]], TOP + head, None
    for number, kind in enumerate(kinds, 1):
        needs = height_of_line(kind) + (PART if kind != part else 0)
        full = y + needs > TALL - FOOT
        if full:
            pages.append([])
            y = TOP
        if full or kind != part:
            pages[-1].append(Placed(kind, y, goes_on=kind == part))
            y += PART
        pages[-1].append(Placed(kind, y, number))
        y, part = y + height_of_line(kind), kind
    return pages


def fill_up(sheet, least) -> int:
    """How many blank lines: at least so many, and as many more as the last page holds; 0 stays 0."""
    if not least:
        return 0
    kinds, head = [line.kind for line in sheet.lines], head_height(people_rows(sheet.people))
    blank = [Kind.BLANK]
    pages = len(pages_of(kinds + blank * least, head))
    while len(pages_of(kinds + blank * (least + 1), head)) == pages:
        least += 1
    return least
