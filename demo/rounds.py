"""遍访轮次 of a practice, year by year."""

import datetime as dt

from visits.models import VisitRound


def add_rounds(scheme, township, since, until) -> int:
    """The practice's rounds where they are not there yet; returns how many were made.

    Args:
        since, until: from the one that is under way on the first day to the last of the second day's year.
        scheme: its ``rounds`` are tables of a file under schemes/: name, from, to, modes.
    """
    made = 0
    for year in range(since.year, until.year + 1):
        for said in scheme.rounds:
            if _day(year, said["to"]) < since:
                continue
            facts = {"starts_on": _day(year, said["from"]), "ends_on": _day(year, said["to"])}
            if "modes" in said:
                facts["modes"] = said["modes"]
            name = f"{year}年{said['name']}"
            made += VisitRound.objects.get_or_create(township=township, name=name, defaults=facts)[
                1
            ]
    return made


def close_past(township, on) -> None:
    """Rounds that were over a month before a day have been closed since."""
    for row in VisitRound.objects.open().filter(township=township):
        if row.ends_on + dt.timedelta(days=30) < on:
            row.closed_on, row.close_reason = row.ends_on + dt.timedelta(days=7), "本轮已走完"
            row.save(update_fields=["closed_on", "close_reason"])


def _day(year, text):
    month, day = text.split("-")
    return dt.date(year, int(month), int(day))
