"""From bytes to a staged import: what the command and the page both do."""

from liaison.excel_read import read_book

from .parse import parse_roster
from .places import VillageFinder
from .stage import stage


def stage_file(data, *, township, village=None, on):
    """Read, parse and stage an uploaded roster.

    Args:
        data: the file's bytes.
        township: where its villages are looked up; `village` narrows it to one.
        on: today.
    Raises:
        FileRefused: the file as a whole cannot be taken.
    """
    finder = VillageFinder(
        list(township.villages.in_order()), township_name=township.name, only=village
    )
    parsed = parse_roster(read_book(data), on=on, find_village=finder)
    spoken_of = {each.village for each in parsed.households} | ({village} if village else set())
    villages = sorted(spoken_of, key=lambda each: each.code)
    return stage(parsed=parsed, township=township, villages=villages)


def as_json(staged=None, refusal=None):
    """The object `import_roster --json` prints; one of the two arguments is given."""
    if refusal:
        homes = dict.fromkeys(("new", "changed", "unchanged", "missing"), 0)
        people = dict.fromkeys(("new", "changed", "moved", "unchanged", "missing"), 0)
        said = {"code": refusal.code, "message": refusal.message}
        return {
            "file": said,
            "households": homes,
            "residents": people,
            "refused": [],
            "warnings": [],
        }
    return {
        "file": None,
        **staged.counts(),
        "refused": [each.as_json() for each in staged.parsed.refused],
        "warnings": [each.as_json() for each in staged.parsed.warnings],
    }
