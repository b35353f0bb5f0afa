"""Who is expected at a liaison day."""

from collections import defaultdict

from cadres.models import Holding, Seat, User


def expected_of(sessions) -> dict[int, list[User]]:
    """{session id: the people who hold its team's seats on its day}; two queries a date."""
    by_day = defaultdict(list)
    for session in sessions:
        by_day[session.on].append(session)
    expected = {}
    for day, of_day in by_day.items():
        members = _members({session.team_id for session in of_day}, day)
        expected |= {session.pk: members[session.team_id] for session in of_day}
    return expected


def _members(team_ids, day):
    """{team id: those who hold its seats on that day}."""
    teams_of = defaultdict(list)
    for seat in Seat.objects.filter(team__in=team_ids):
        teams_of[seat.post_id].append(seat.team_id)
    members = defaultdict(list)
    holdings = Holding.objects.current(day).filter(post__in=teams_of, user__is_active=True)
    for holding in holdings.select_related("user"):
        for team_id in teams_of[holding.post_id]:
            members[team_id].append(holding.user)
    return members
