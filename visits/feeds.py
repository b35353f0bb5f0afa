"""Liaison days as a calendar file (.ics, RFC 5545). Pure: rows in, bytes out; the same rows give the same bytes.

Teams, villages, places and hours alone: nobody's name, no reason somebody typed, nothing of a villager,
not the door a day is for.
"""

import datetime as dt
import hashlib
import json
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, Timezone, TimezoneStandard

from .models import LiaisonSession

ZONE = "Asia/Shanghai"
_OFFSET = dt.timedelta(hours=8)
_ASK_AGAIN = dt.timedelta(hours=6)
# What calendar programs keep of the past: this year and the last.
YEARS_BACK = 1


def rows_of(sessions, today: dt.date) -> list[LiaisonSession]:
    """The days a feed holds, in order, with team and village."""
    since = dt.date(today.year - YEARS_BACK, 1, 1)
    rows = sessions.filter(on__gte=since).select_related("team", "village__township")
    return list(rows.order_by("on", "starts_at", "pk"))


def fingerprint(name: str, rows, address_of) -> str:
    """Equal while a feed would read the same; an HTTP ETag without its quotes."""
    said = [
        [row.pk, row.version, row.changed_at.isoformat(), row.team.name, row.village.name]
        for row in rows
    ]
    text = json.dumps([name, address_of(rows[0]) if rows else "", said], ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def calendar_file(name: str, rows, address_of) -> bytes:
    """The file.

    Args:
        name: what calendar programs call it.
        rows: sessions, from rows_of().
        address_of: gives the full address of a day's page.
    """
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", "-//zhudian//liaison days//ZH")
    calendar.add("calscale", "GREGORIAN")
    # NAME and REFRESH-INTERVAL are RFC 7986; the others what older programs look for.
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", ZONE)
    calendar.add("refresh-interval", _ASK_AGAIN, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT6H")
    calendar.add_component(_zone())
    for row in rows:
        calendar.add_component(_event(row, address_of(row)))
    return calendar.to_ical()


def _zone():
    """China keeps one time all the year; nothing here is older than that (1992)."""
    zone, standard = Timezone(), TimezoneStandard()
    zone.add("tzid", ZONE)
    standard.add("dtstart", dt.datetime(1992, 1, 1))  # noqa: DTZ001 (a zone's own rule has none)
    standard.add("tzoffsetfrom", _OFFSET)
    standard.add("tzoffsetto", _OFFSET)
    standard.add("tzname", "CST")
    zone.add_component(standard)
    return zone


def _event(row, address):
    """One day. Its UID outlives a move, and SEQUENCE counts with the row's version."""
    event, zone = Event(), ZoneInfo(ZONE)
    off = row.status == LiaisonSession.Status.CANCELLED
    event.add("uid", f"liaison-day-{row.pk}@{row.village.township.code}")
    event.add("sequence", row.version)
    event.add("dtstamp", row.changed_at)
    event.add("last-modified", row.changed_at)
    event.add("dtstart", dt.datetime.combine(row.on, row.starts_at, zone))
    event.add("dtend", dt.datetime.combine(row.on, row.ends_at, zone))
    # Some programs show a cancelled day like any other: the word is in its name too.
    event.add("summary", f"{'【已取消】' if off else ''}驻点：{row.village.name}")
    event.add("status", "CANCELLED" if off else "CONFIRMED")
    event.add("location", row.place_told)
    event.add("description", _description(row))
    event.add("url", address)
    return event


def _description(row):
    lines = [row.team.name, f"状态：{row.get_status_display()}"]
    if row.moved_from:
        lines.append(f"原定{row.moved_from:%Y-%m-%d}，因节假日调整")
    return "\n".join(lines)
