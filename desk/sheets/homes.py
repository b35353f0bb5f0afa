"""Which households a team sees first, and why: appointed, due by need, never reached, longest not reached."""

import datetime as dt

from villages.models import Household
from visits.actions.sheets import Line
from visits.contacting import ORDINARY, contacts_of, hang_next_contacts
from visits.models import Appointment, SheetLine
from visits.querysets import ELSEWHERE

NEVER = "还没有走访到过"
APPOINTED = "约好今天见"


def homes_first(session, by, most) -> list[Line]:
    """At most ``most`` lines (户), chosen by need and laid in the order of walking: by group and number.

    Need is, in this order: the day was appointed for them; 重点户 whose interval is over by the day; never
    reached; longest not reached, those reached on that very day left out. A sensitive tag is not named on
    paper: it says 重点户.

    Args:
        by: whoever prints; only households he reads are named. The roll of a village is read whole, in
            five queries.
    """
    if not most:
        return []
    rows = Household.objects.visible_to(by).resident().filter(village=session.village_id)
    order = ("group__number", "group__name", "number", "pk")
    roll = list(rows.select_related("group").order_by(*order))
    hang_next_contacts(roll, session.on)
    last = _last_reached(roll, session.on)
    nearest = sorted(roll, key=lambda home: last[home.pk] or dt.date.min)
    homes = dict.fromkeys(_appointed(session, by), APPOINTED)
    for home in nearest:
        if _is_due_by_need(home, session.on):
            homes.setdefault(home, _need(home.contact))
    for home in [home for home in nearest if last[home.pk] != session.on][:most]:
        homes.setdefault(home, _since(last[home.pk], session.on))
    chosen = sorted(list(homes)[:most], key=_place)
    return [Line(SheetLine.Kind.HOUSEHOLD, home, why=homes[home]) for home in chosen]


def _appointed(session, by):
    rows = Appointment.objects.visible_to(by).filter(session=session.pk)
    return [row.household for row in rows.select_related("household__group")]


def _last_reached(roll, on) -> dict:
    """{household id: the last day it was reached, None: never}; who came to us was not reached."""
    contacts = contacts_of(roll, on)
    return {
        home.pk: max(
            (day for day, mode in contacts[home.pk] if mode not in ELSEWHERE), default=None
        )
        for home in roll
    }


def _is_due_by_need(home, on):
    return bool(
        home.contact and home.contact.need.tag_id is not ORDINARY and home.contact.is_due(on)
    )


def _need(contact) -> str:
    """「重点户，30天一次，上次10-12」: short, because the line has 40 mm."""
    last = f"上次{contact.last:%m-%d}" if contact.last else "没走访过"
    return f"{contact.why(plainly=False)}，{last}"


def _since(last, on) -> str:
    if last is None:
        return NEVER
    return f"{(on - last).days}天没有走访，上次{last:%Y-%m-%d}"


def _place(home):
    return home.group.number or 0, home.group.name, home.number, home.pk
