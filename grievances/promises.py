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
    """Who owes the villager an answer on a day (see ``answering_of``)."""
    return answering_of([grievance], day)[grievance.pk]


def answering_of(matters, day) -> dict[int, list[User]]:
    """{matter's id: who owes the villager an answer on a day}; a few queries, however many matters.

    Who wrote the matter down, while he holds the post he wrote it in; else the holders of that post;
    where it is vacant, the leads of the village's team. Nobody for what an older ledger does not say.
    """
    registrars = User.objects.in_bulk({each.registered_by_id for each in matters} - {None})
    posts = _posts_written_in(matters, registrars)
    now = _holders_by_post(Q(post__in={post for given in posts.values() for post in given}), day)
    found = {each.pk: _owing(each, registrars, posts, now) for each in matters}
    vacant = [each for each in matters if posts[each.pk] and not found[each.pk]]
    leads = _leads_by_village({each.village_id for each in vacant}, day) if vacant else {}
    return found | {each.pk: leads.get(each.village_id, []) for each in vacant}


def _owing(matter, registrars, posts, now):
    """The registrar, or the present holders of his post; nobody where it is vacant."""
    registrar = registrars.get(matter.registered_by_id)
    if registrar is None:
        return []
    holding = {user.pk: user for post in posts[matter.pk] for user in now.get(post, ())}
    if registrar.pk in holding or not posts[matter.pk]:
        return [registrar] if registrar.is_active else []
    return [holding[pk] for pk in sorted(holding)]


def _posts_written_in(matters, registrars) -> dict[int, list[int]]:
    """{matter's id: posts its registrar held when he typed it in, as far as they reach its village}."""
    held = Holding.objects.filter(user__in=registrars).select_related("post")
    held = list(held.prefetch_related("handovers")) if registrars else []
    places = _villages_by_post({each.post for each in held if _is_fixed(each.post)})
    return {
        each.pk: [
            holding.post_id
            for holding in held
            if holding.user_id == each.registered_by_id
            and _within(_span(holding), each.entered_at)
            and _covers(holding.post, each, places)
        ]
        for each in matters
    }


def _holders_by_post(which, day) -> dict[int, list[User]]:
    found: dict[int, list[User]] = {}
    rows = Holding.objects.current(day).filter(which, user__is_active=True).select_related("user")
    for held in rows.order_by("user"):
        found.setdefault(held.post_id, []).append(held.user)
    return found


def _leads_by_village(villages, day) -> dict[int, list[User]]:
    """{village: the leads of its team}, each once."""
    seats = Seat.objects.filter(kind=Seat.Kind.LEAD, team__is_active=True, team__kind="liaison")
    seats = seats.filter(team__villages__in=villages).values_list("team__villages", "post")
    seats = [(village, post) for village, post in seats if village in villages]
    now = _holders_by_post(Q(post__in={post for _, post in seats}), day)
    found: dict[int, dict[int, User]] = {}
    for village, post in seats:
        found.setdefault(village, {}).update((user.pk, user) for user in now.get(post, ()))
    return {village: [people[pk] for pk in sorted(people)] for village, people in found.items()}


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


def _villages_by_post(posts) -> dict[int, set[int]]:
    """{post: villages of its teams, and its own}; one query."""
    found = {post.pk: {post.village_id} - {None} for post in posts}
    teams = {"teams__is_active": True, "teams__kind": "liaison", "teams__seats__post__in": found}
    if found:
        rows = Village.objects.filter(**teams)
        for post, village in rows.values_list("teams__seats__post", "pk"):
            found.get(post, set()).add(village)
    return found


def _covers(post, grievance, places):
    if not gives_word(post) or post.township_id != grievance.township_id:
        return False
    return not _is_fixed(post) or grievance.village_id in places[post.pk]
