"""更正: from when on a change of a visit needs a reason, and who may still make one."""

import datetime as dt

from cadres.models import Seat
from liaison import clock

from .attendance import may_confirm
from .leading import MANAGE
from .rules import rules_of


def is_settled(visit, now) -> bool:
    """Whether a change needs a reason by now: its day is confirmed, or it stood there longer than the rule says.

    Outside a day it counts from the moment it was typed: who enters a visit late can still put it right.
    """
    if visit.session_id:
        return visit.session.is_confirmed
    typed = clock.local_date(visit.entered_at)
    days = rules_of(visit.township_id, clock.local_date(now)).edit_days
    return clock.local_date(now) > typed + dt.timedelta(days=days)


def may_amend(visit, user, now) -> bool:
    """Whether this person changes a settled visit: who wrote it, the lead of that day or village, the office."""
    if not user.has_perm("visits.log"):
        return False
    if visit.entered_by_id == user.pk:
        return True
    if visit.session_id:
        return may_confirm(visit.session, user, now)
    return _leads_in(visit.village_id, user) or _manages(visit, user)


def may_change(visit, user, now) -> bool:
    """Whether this person is offered to change a visit he reads."""
    if not user.has_perm("visits.log"):
        return False
    return not is_settled(visit, now) or may_amend(visit, user, now)


def _leads_in(village_id, user):
    """Whether he leads a team of the village today."""
    posts = [post.pk for post in user.current_posts]
    return Seat.objects.leading().filter(post__in=posts, team__villages=village_id).exists()


def _manages(visit, user):
    return user.village_scope(MANAGE).townships >= {visit.township_id}
