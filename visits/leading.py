"""Who leads a liaison day, who is told of it and who runs it for the township."""

from collections import defaultdict

from cadres.models import Holding, Seat, User
from cadres.roles import Role
from liaison import clock
from villages.models import Village

from .turns import Turns

MANAGE = "visits.manage"


def leads(session, user, now) -> bool:
    """Whether this person leads the day's team: on that day, or now. A day of a rota is led by its turn."""
    posts = Turns([session]).posts(session)
    if posts is None:
        posts = Seat.objects.leading().filter(team=session.team_id).values("post")
    holdings = Holding.objects.filter(user=user.pk, post__in=posts)
    then, today = session.on, clock.local_date(now)
    return (holdings.current(then) | holdings.current(today)).exists()


def manages(session, user) -> bool:
    """Whether a post of this person runs the liaison days of that place: the office's."""
    if not user.has_perm(MANAGE):
        return False
    places = Village.objects.visible_to(user, MANAGE)
    return places.filter(pk=session.village_id).exists()


def may_arrange(session, user, now) -> bool:
    """Whether this person names days and confirms sheets of that team: its lead, or the office."""
    return manages(session, user) or leads(session, user, now)


def leaders_of(team_ids, on) -> dict[int, list[User]]:
    """{team id: who leads it on a day}; two queries."""
    teams_of, leaders = defaultdict(list), defaultdict(list)
    for seat in Seat.objects.leading().filter(team__in=team_ids):
        teams_of[seat.post_id].append(seat.team_id)
    holdings = Holding.objects.current(on).filter(post__in=teams_of, user__is_active=True)
    for holding in holdings.select_related("user").order_by("pk"):
        for team in teams_of[holding.post_id]:
            leaders[team].append(holding.user)
    return leaders


def leaders_of_days(sessions, on) -> dict[int, list[User]]:
    """{session id: who leads that day, as holders of a day ``on``}; of a rota whoever's turn it is."""
    teams, turns = leaders_of({session.team_id for session in sessions}, on), Turns(sessions)
    of_turn = {session.pk: turns.posts(session) for session in sessions}
    posts = set().union(*filter(None, of_turn.values()))
    holders = defaultdict(list)
    holdings = Holding.objects.current(on).filter(post__in=posts, user__is_active=True)
    for holding in holdings.select_related("user").order_by("pk"):
        holders[holding.post_id].append(holding.user)
    return {
        session.pk: teams[session.team_id]
        if of_turn[session.pk] is None
        else [user for post in sorted(of_turn[session.pk]) for user in holders[post]]
        for session in sessions
    }


def offices_of(township_ids, on) -> dict[int, list[User]]:
    """{township id: who works in its liaison office on a day}; one query."""
    offices = defaultdict(list)
    holdings = Holding.objects.current(on).filter(
        post__township__in=township_ids, post__role=Role.OFFICE, user__is_active=True
    )
    for holding in holdings.select_related("user", "post").order_by("post__order", "pk"):
        people = offices[holding.post.township_id]
        if holding.user not in people:
            people.append(holding.user)
    return offices
