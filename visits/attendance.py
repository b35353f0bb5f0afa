"""Who should sit on a liaison day, and who may write the day up."""

from dataclasses import dataclass

from cadres.models import Holding, Post, Seat, User
from liaison import clock

from .models import Attendance, LiaisonSession


@dataclass(frozen=True)
class SeatMark:
    """What the sheet says of one seat: 到/假/公/代/缺, with the stand-in's name for 代."""

    post_id: int
    mark: str
    stand_in: str = ""


@dataclass(frozen=True)
class SeatOfDay:
    """One seat of the team, who held it on that day (None: vacant), and its line if there is one."""

    post: Post
    kind: str
    person: User | None
    line: Attendance | None

    @property
    def person_name(self) -> str:
        """The name as of that day: once a line is written, the name it was written with."""
        if self.line:
            return self.line.person_name
        return self.person.display_name if self.person else ""

    @property
    def post_title(self) -> str:
        """The post's name as of that day, likewise."""
        return self.line.post_title if self.line else self.post.title


def seats_of(session) -> list[SeatOfDay]:
    """Seats of the session's team in the team's order, held as of the day; three queries.

    A post that has left the team since keeps the line it was given.
    """
    lines = {line.post_id: line for line in session.attendance.select_related("post", "person")}
    seats = Seat.objects.filter(team=session.team_id).select_related("post")
    kinds = {seat.post: seat.get_kind_display() for seat in seats.order_by("order", "pk")}
    posts = list(kinds) + [line.post for line in lines.values() if line.post not in kinds]
    holders = {
        holding.post_id: holding.user
        for holding in Holding.objects.current(session.on)
        .filter(post__in=posts)
        .select_related("user")
        .order_by("since")
    }
    return [
        SeatOfDay(post, kinds.get(post, ""), holders.get(post.pk), lines.get(post.pk))
        for post in posts
    ]


def manages(session, user) -> bool:
    """Whether a post of this person runs the liaison days of that place: the office's."""
    days = LiaisonSession.objects.visible_to(user, "visits.manage")
    return user.has_perm("visits.manage") and days.filter(pk=session.pk).exists()


def may_write_up(session, user, now) -> bool:
    """Whether this person confirms the day: one of the team, on that day or now, or the office."""
    if not user.has_perm("visits.log"):
        return False
    if manages(session, user):
        return True
    holdings = Holding.objects.filter(user=user, post__seats__team=session.team_id)
    then, today = session.on, clock.local_date(now)
    return (holdings.current(then) | holdings.current(today)).exists()
