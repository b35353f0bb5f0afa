"""What was read of a roster, kept from its preview to its confirmation: the workbook is read once.

Only the reading is kept. The comparison with the registry is made anew, and so is the reading itself wherever
anything it went by is no longer the same: the day, the villages and their names, the uploader's territory, the
columns put right.
"""

import datetime as dt
import hashlib
import json
import zlib
from dataclasses import dataclass
from itertools import chain
from operator import attrgetter

from .grouping import ParsedHousehold
from .parse import ParsedRoster
from .people import ParsedResident

FORMAT = 2  # raised when the lines below or the rules of reading change
HOUSEHOLD = (
    "village_name", "section", "group", "group_number", "number", "head_cell", "address", "sheet", "row",
    "number_repeats", "told",
)  # fmt: skip
PERSON = tuple(ParsedResident.__slots__)[:11]  # what the file says: all but index and match
BORN = PERSON.index("birth_date")
_encode = json.JSONEncoder(
    ensure_ascii=False, separators=(",", ":"), default=dt.date.isoformat
).encode
_household_says, _person_says = attrgetter(*HOUSEHOLD), attrgetter(*PERSON)
LEVEL = 1  # of compression: a third of the size for a fifth of a second


@dataclass
class KeptRoster(ParsedRoster):
    """A ParsedRoster without the file's tables: nobody looks at its problems any more."""

    returned: bool = False

    @property
    def is_returned(self):
        """As it was when the file was read."""
        return self.returned

    def _tell(self, *problem):
        """The preview has told it."""

    def sort_problems(self):
        """There are none to sort."""


def keep(parsed, place) -> bytes:
    """A ParsedRoster that is not yet compared, as compressed lines of JSON."""
    press = zlib.compressobj(LEVEL)
    lines = chain((_head(parsed, place),), map(_household, parsed.households))
    pressed = [press.compress(f"{_encode(each)}\n".encode()) for each in lines]
    return b"".join((*pressed, press.flush()))


def bring_back(kept: bytes, place):
    """The KeptRoster that ``keep`` made, or None where the file would have to be read anew."""
    lines = iter(zlib.decompress(kept).decode().rstrip("\n").split("\n"))
    head = json.loads(next(lines))
    if head["bound"] != _bound(place):
        return None
    villages = {each.pk: each for each in place.township.villages.all()}
    shared = {}  # one copy of the texts that stand in row after row
    return KeptRoster(
        households=[_read_household(json.loads(line), villages, shared) for line in lines],
        columns=set(head["columns"]),
        data_rows=head["rows"],
        returned=head["returned"],
    )


def _head(parsed, place):
    return {
        "bound": _bound(place),
        "columns": sorted(parsed.columns),
        "rows": parsed.data_rows,
        "returned": parsed.is_returned,
    }


def _bound(place):
    """Differs where a reading of the same file could differ."""
    villages = list(place.township.villages.in_order())
    said = [
        FORMAT,
        str(place.on),
        place.township.name,
        [(each.pk, each.name, place.covers(each)) for each in villages],
        place.village and place.village.pk,
        sorted(place.layouts.items()),
    ]
    return hashlib.sha256(_encode(said).encode()).hexdigest()


def _household(household):
    people = [_person_says(each) for each in household.residents]
    return household.village.pk, _household_says(household), people


def _read_household(line, villages, shared):
    village, said, people = line
    said = [shared.setdefault(each, each) if isinstance(each, str) else each for each in said]
    household = ParsedHousehold(villages[village], *said[:9], number_repeats=said[9], told=said[10])
    household.residents = [_read_person(each, shared) for each in people]
    return household


def _read_person(said, shared):
    if said[BORN] is not None:
        said[BORN] = dt.date.fromisoformat(said[BORN])
    person = ParsedResident(*said)
    person.relation = shared.setdefault(person.relation, person.relation)
    person.sheet = shared.setdefault(person.sheet, person.sheet)
    return person
