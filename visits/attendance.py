"""Who should sit on a liaison day, and who may write the day up."""

from dataclasses import dataclass

from cadres.models import Holding, Post, Seat, User
from liaison import clock

from .leading import leads, manages
from .models import Attendance, LeaveRequest
from .standing_in import is_stand_in
from .turns import Turns


@dataclass(frozen=True)
class SeatMark:
    """What the sheet says of one seat: 到/假/代/缺; for 代 who stood in, for 假 of which kind.

    ``stand_in`` is a name; ``stand_in_person`` the User, where it was one of the township.
    """

    post_id: int
    mark: str
    stand_in: str = ""
    leave_kind: str = ""
    stand_in_person: User | None = None

    def tidy(self) -> "SeatMark":
        """Nothing said beside the mark that does not belong to it."""
        mark = Attendance.Mark
        stood_in = self.mark == mark.STAND_IN
        person = self.stand_in_person if stood_in else None
        name = (person.display_name if person else self.stand_in.strip()) if stood_in else ""
        kind = self.leave_kind if self.mark == mark.LEAVE else ""
        return SeatMark(self.post_id, self.mark, name, kind, person)


@dataclass(frozen=True)
class SeatOfDay:
    """One seat of the team, who held it on that day (None: vacant), its line and his leave if there are any."""

    post: Post
    kind: str
    person: User | None
    line: Attendance | None
    leave: LeaveRequest | None = None

    def expected(self) -> SeatMark:
        """What the sheet is prefilled with: what it says, else 假 or 代 by an approved leave, else 到."""
        mark, line, leave = Attendance.Mark, self.line, self.leave
        if line:
            return SeatMark(
                self.post.pk, line.mark, line.stand_in, line.leave_kind, line.stand_in_person
            )
        if leave and leave.stand_in:
            return SeatMark(self.post.pk, mark.STAND_IN, leave.stand_in_name, "", leave.stand_in)
        if leave:
            return SeatMark(self.post.pk, mark.LEAVE, "", leave.kind)
        return SeatMark(self.post.pk, mark.PRESENT if self.person else mark.ABSENT)

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
    """Seats of the session's team in the team's order, held as of the day; four queries.

    A post that has left the team since keeps the line it was given; on a day of a rota only the seats
    whose turn it is, and those that never rotate, are there.
    """
    lines = {
        line.post_id: line
        for line in session.attendance.select_related("post", "person", "stand_in_person")
    }
    seats = Seat.objects.filter(team=session.team_id).select_related("post")
    turns = Turns([session])
    sitting = [seat for seat in seats.order_by("order", "pk") if turns.sits(session, seat)]
    kinds = {seat.post: seat.get_kind_display() for seat in sitting}
    posts = list(kinds) + [line.post for line in lines.values() if line.post not in kinds]
    holders = {
        holding.post_id: holding.user
        for holding in Holding.objects.current(session.on)
        .filter(post__in=posts)
        .select_related("user")
        .order_by("since")
    }
    leaves = LeaveRequest.objects.in_force().filter(session=session.pk)
    excused = {leave.person_id: leave for leave in leaves.select_related("stand_in")}
    return [
        SeatOfDay(
            post,
            kinds.get(post, ""),
            person := holders.get(post.pk),
            lines.get(post.pk),
            excused.get(person.pk) if person else None,
        )
        for post in posts
    ]


def may_write_up(session, user, now) -> bool:
    """Whether this person writes the day up: one of the team, on that day or now, or the office.

    A stand-in does on the day itself: then the village is open to him (standing_in.py).
    """
    if not user.has_perm("visits.log"):
        return False
    if manages(session, user):
        return True
    holdings = Holding.objects.filter(user=user, post__seats__team=session.team_id)
    then, today = session.on, clock.local_date(now)
    if (holdings.current(then) | holdings.current(today)).exists():
        return True
    return then == today and is_stand_in(session, user)


def may_confirm(session, user, now) -> bool:
    """Whether this person confirms the sheet, and may put it right afterwards: the lead, or the office."""
    if not user.has_perm("visits.log"):
        return False
    return manages(session, user) or leads(session, user, now)
