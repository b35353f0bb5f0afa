"""待办: what waits for a person, by role; each number is the length of the list behind its link.

``waiting.py`` says what waits for whom, in the order the work goes; ``seldom.py`` what is shown only while
there is any, counted together; ``always.py`` what is asked one by one.
"""

from django.urls import reverse

from cadres.roles import Role
from grievances.models import Status
from visits.models import LiaisonSession

from .always import ALWAYS, by_status, fallen, named, standing
from .line import DAY, Todo
from .seldom import SELDOM, told_seldom
from .waiting import ADRIFT, DOORS, MY_TURN, WAITING

__all__ = ["DAY", "Todo", "doors", "sessions_ahead", "todos"]


def todos(user, on, now) -> list[Todo]:
    """What waits for this person's roles; a few queries whatever the roles.

    Args:
        on: today; now: the moment overdue is compared with.
    """
    waiting = {what: None for role in WAITING if role in user.roles for what in WAITING[role]}
    counts = by_status(user, [what for what in waiting if what in Status.values])
    told = told_seldom([what for what in waiting if what in SELDOM], user, on, now)
    told |= fallen(user, on) if ADRIFT in waiting or MY_TURN in waiting else {}
    found = []
    for what in waiting:
        if what in ALWAYS:
            found.append(ALWAYS[what](user, on, now))
        elif what in Status.values:
            found.append(standing(what, counts))
        else:
            found.append(told.get(what))
    return [todo for todo in (*found, named(user)) if todo]


def doors(user) -> list[tuple[str, str]]:
    """(words, address) of the pages this person's roles begin with."""
    return list({(word, reverse(name)): 0 for role, word, name in DOORS if role in user.roles})


def sessions_ahead(user, on, most=3) -> list[LiaisonSession]:
    """The liaison days of one's villages: today's, else the next ones not called off."""
    if not (user.roles & {Role.CADRE, Role.CONTACT}):
        return []
    rows = LiaisonSession.objects.visible_to(user).filter(on__gte=on).exclude(status="cancelled")
    rows = list(rows.select_related("village", "team").order_by("on", "starts_at", "pk")[:20])
    return [row for row in rows if row.on == on] or rows[:most]
