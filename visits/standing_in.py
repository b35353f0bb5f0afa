"""代班: who may stand in on a day, and what a stand-in may do there."""

import datetime as dt
from dataclasses import dataclass

from cadres.models import Holding, Post, User
from cadres.roles import MAY, Role
from liaison.scoping import Scope

from .models import LeaveRequest, LiaisonSession
from .sitting import expected_of

# Whom a post of this role lets write a liaison day up can stand in on one.
ROLES = tuple(role for role in Role.values if "visits.log" in MAY[role])
# What he may do in the village on that day: receive, visit and write down as the team does. Not what it
# does between two days: change the roll, reveal numbers, answer, follow up.
STAND_IN_MAY = frozenset(
    {
        "villages.view", "villages.view_households", "cadres.view", "visits.view", "visits.log",
        "grievances.view", "grievances.register", "grievances.settle",
        "reports.view",  # else a figure would count fewer rows than its list shows him
    }
)  # fmt: skip
MARK = "stands_in"
# A mark (cadres/marks.py): whether somebody stands in today or later.
STANDS_IN = """
EXISTS (SELECT 1 FROM visits_leaverequest AS leave
        WHERE leave.stand_in_id = %(user)s AND leave.state = 'approved' AND leave."on" >= %(today)s)
"""


@dataclass(frozen=True)
class Candidate:
    """Somebody free that day, with the post he is known by."""

    person: User
    post: Post

    def __str__(self):
        return f"{self.person.display_name}({self.post.title})"


def free_for(session, *, besides=(), leave=None) -> list[Candidate]:
    """Who can stand in on a day, in the order of the posts; nobody is ranked. A few queries.

    Free is who is not expected at another session at overlapping hours, not on leave that day (asked for
    or approved), and not proposed or named elsewhere. One's own team is free: it is there anyway.

    Args:
        besides: ids of people left out: who asks.
        leave: the request itself, whose own proposal takes nobody away.
    """
    taken = _busy(session, leave) | set(besides)
    holdings = Holding.objects.current(session.on).filter(
        post__township=session.township_id, post__role__in=ROLES, user__is_active=True
    )
    free = {}
    for holding in holdings.select_related("user", "post").order_by(
        "post__order", "post__title", "user_id"
    ):
        if holding.user_id not in taken:
            free.setdefault(holding.user_id, Candidate(holding.user, holding.post))
    return list(free.values())


def people_of(session) -> list[Candidate]:
    """Everybody of the township in office that day, in the order of the posts: whom a sheet can name."""
    holdings = Holding.objects.current(session.on).filter(
        post__township=session.township_id, user__is_active=True
    )
    rows = holdings.select_related("user", "post").order_by("post__order", "post__title", "user_id")
    people = {}
    for holding in rows:
        people.setdefault(holding.user_id, Candidate(holding.user, holding.post))
    return list(people.values())


def _busy(session, own) -> set[int]:
    """Ids of those who are elsewhere, away, or asked for already."""
    others = LiaisonSession.objects.filter(township=session.township_id).overlapping(session)
    busy = {user.pk for users in expected_of(list(others)).values() for user in users}
    leaves = LeaveRequest.objects.alive().filter(on=session.on).exclude(pk=own.pk if own else None)
    away = leaves.values_list("person", flat=True)
    named = leaves.filter(session__in=[session.pk, *(row.pk for row in others)])
    return busy | set(away) | set(named.exclude(stand_in=None).values_list("stand_in", flat=True))


def is_stand_in(session, user) -> bool:
    """Whether this person stands in on that day."""
    leaves = LeaveRequest.objects.in_force().filter(session=session.pk, stand_in=user.pk)
    return leaves.exists()


def lent_villages(user, on: dt.date):
    """The villages somebody stands in at today, for the gate (cadres/territory.py); that day alone.

    Hardly anybody does, so his posts' mark is looked at before the question costs a query.
    """
    # The office has the whole township anyway
    if Role.CADRE not in user.roles or not user.is_marked(MARK):
        return []
    leaves = LeaveRequest.objects.in_force().filter(stand_in=user.pk, on=on).order_by()
    found = leaves.values_list("session__village", "session__status")
    cancelled = LiaisonSession.Status.CANCELLED
    villages = frozenset(village for village, status in found if status != cancelled)
    return [(STAND_IN_MAY, Scope(villages=villages))] if villages else []
