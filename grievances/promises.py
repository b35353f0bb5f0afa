"""Whose word stands behind a matter: a promise is the post's, not the person's.

Who wrote a matter down told the villager that it would be seen to and answered. He gave his word in a
post; whoever holds that post later keeps it. Nothing has to be moved, and nothing is lost when a cadre
leaves without a handover.
"""

import datetime as dt

from django.db.models import Q
from django.utils import timezone

from cadres.models import Holding, Post, Seat, User
from cadres.roles import TOWNSHIP_WIDE, Role, permissions_of
from villages.models import Village

from .models import Grievance
from .models.states import AWAITED

DAY = dt.timedelta(days=1)
GIVES_WORD = "grievances.register"


def gives_word(post) -> bool:
    """Whether holders of a post write matters down."""
    return GIVES_WORD in permissions_of([post.role])


def promises_of(post):
    """Matters written down by the holders of a post while they held it, whose answer is still owed."""
    held = Q(pk__in=())
    if gives_word(post):
        for holding in post.holdings.prefetch_related("handovers"):
            held |= _while(holding)
    rows = Grievance.objects.filter(held, status__in=AWAITED, township=post.township_id)
    rows = rows.done_here()
    return rows.filter(village__in=_villages(post)) if _is_fixed(post) else rows


def answering(grievance, day) -> list[User]:
    """Who owes the villager an answer on a day.

    Who wrote the matter down, while he holds the post he wrote it in; else the holders of that post;
    where it is vacant, the leads of the village's team.
    """
    registrar = grievance.registered_by
    if registrar is None:
        return []
    posts = [
        held.post
        for held in registrar.holdings.select_related("post").prefetch_related("handovers")
        if _within(_span(held), grievance.entered_at) and _covers(held.post, grievance)
    ]
    now = _holders(Q(post__in=posts), day)
    if registrar in now or not posts:
        return [registrar] if registrar.is_active else []
    seats = Seat.objects.filter(kind=Seat.Kind.LEAD, team__is_active=True, team__kind="liaison")
    leads = Q(post__in=seats.filter(team__villages=grievance.village_id).values("post"))
    return now or _holders(leads, day)


def _holders(which, day):
    held = Holding.objects.current(day).filter(which)
    return list(User.objects.filter(pk__in=held.values("user"), is_active=True).order_by("pk"))


def _while(holding):
    """Matters this holder typed in while he held the post."""
    first, end = _span(holding)
    typed = Q(registered_by=holding.user_id, entered_at__gte=first)
    return typed & Q(entered_at__lt=end) if end else typed


def _span(holding):
    """From the first moment in a post to the end of the last day, None while that is open.

    Handed over later than the last day, a holding reaches to that moment: until then he could write, and
    what he wrote is no less the post's word.
    """
    if holding.until is None:
        return _midnight(holding.since), None
    ends = [each.ordered_at for each in holding.handovers.all() if not each.withdrawn_at]
    return _midnight(holding.since), max([_midnight(holding.until + DAY), *ends])


def _within(span, moment):
    first, end = span
    return first <= moment and (end is None or moment < end)


def _midnight(day):
    return dt.datetime.combine(day, dt.time(), tzinfo=timezone.get_default_timezone())


def _is_fixed(post: Post) -> bool:
    return post.role not in TOWNSHIP_WIDE and post.role != Role.COUNTY


def _villages(post):
    """Villages of a post's teams, and its own."""
    teams = Q(teams__seats__post=post, teams__is_active=True, teams__kind="liaison")
    return Village.objects.filter(teams | Q(pk=post.village_id)).values("pk")


def _covers(post, grievance):
    if not gives_word(post) or post.township_id != grievance.township_id:
        return False
    return not _is_fixed(post) or _villages(post).filter(pk=grievance.village_id).exists()
