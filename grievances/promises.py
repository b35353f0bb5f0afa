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
from liaison import clock
from villages.models import Village

from .models import Grievance, Status
from .models.states import OPEN

AWAITED = (*OPEN, Status.SETTLED)  # what the villager has not been answered yet
DAY = dt.timedelta(days=1)
GIVES_WORD = "grievances.register"


def gives_word(post) -> bool:
    """Whether holders of a post write matters down."""
    return GIVES_WORD in permissions_of([post.role])


def promises_of(post):
    """Matters written down by the holders of a post while they held it, whose answer is still owed."""
    held = Q(pk__in=())
    if gives_word(post):
        for holding in post.holdings.all():
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
    then = clock.local_date(grievance.entered_at)
    posts = [
        held.post
        for held in registrar.holdings.current(then).select_related("post")
        if _covers(held.post, grievance)
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
    """Matters this holder typed in on the days of his holding."""
    typed = Q(registered_by=holding.user_id, entered_at__gte=_midnight(holding.since))
    return typed & Q(entered_at__lt=_midnight(holding.until + DAY)) if holding.until else typed


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
