"""Who sits on a liaison day.

Those who hold the team's seats and whose turn it is, less who is excused, and who stands in.
"""

from collections import defaultdict
from dataclasses import dataclass

from cadres.models import Holding, Post, Seat, User

from .models import LeaveRequest
from .turns import Turns


@dataclass(frozen=True)
class Sitter:
    """One who sits on a day, by which post, and whom he stands in for (None: himself)."""

    person: User
    post: Post
    stands_in_for: User | None = None


def sitters(session) -> list[Sitter]:
    """Who sits on this day, in the order of the seats; nobody for a vacant seat."""
    return sitters_of([session])[session.pk]


def expected_of(sessions) -> dict[int, list[User]]:
    """{session id: the people expected on its day}, each once: who is excused is not, his stand-in is."""
    return {
        pk: list({sitter.person.pk: sitter.person for sitter in found}.values())
        for pk, found in sitters_of(sessions).items()
    }


def sitters_of(sessions) -> dict[int, list[Sitter]]:
    """{session id: who sits there}; two queries a date and one for all leaves."""
    by_day = defaultdict(list)
    for session in sessions:
        by_day[session.on].append(session)
    leaves, turns, found = _leaves(sessions), Turns(sessions), {}
    for day, of_day in by_day.items():
        members = _members({session.team_id for session in of_day}, day)
        for session in of_day:
            seated = [each for each in members[session.team_id] if turns.sits(session, each[0])]
            found[session.pk] = _sitting(seated, leaves[session.pk])
    return found


def _sitting(members, leaves):
    """Members and stand-ins; somebody excused sits in none of his seats."""
    sitting = []
    for seat, person in members:
        post = seat.post
        leave = leaves.get(person.pk)
        if leave is None:
            sitting.append(Sitter(person, post))
        elif leave.stand_in and leave.stand_in.is_active:
            sitting.append(Sitter(leave.stand_in, post, person))
    return sitting


def _leaves(sessions):
    """{session id: {person id: leave in force}}."""
    leaves = defaultdict(dict)
    rows = LeaveRequest.objects.in_force().filter(session__in=[each.pk for each in sessions])
    for leave in rows.select_related("person", "stand_in"):
        leaves[leave.session_id][leave.person_id] = leave
    return leaves


def _members(team_ids, day):
    """{team id: (seat, who holds its post on that day), in the seats' order}."""
    seats = Seat.objects.filter(team__in=team_ids).select_related("post")
    posts = {seat.post_id for seat in seats}
    holders = defaultdict(list)
    holdings = Holding.objects.current(day).filter(post__in=posts, user__is_active=True)
    for holding in holdings.select_related("user"):
        holders[holding.post_id].append(holding.user)
    members = defaultdict(list)
    for seat in sorted(seats, key=lambda seat: (seat.order, seat.pk)):
        members[seat.team_id] += [(seat, person) for person in holders[seat.post_id]]
    return members
