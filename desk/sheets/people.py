"""Who sits on a day, as the sheet's head names them: internal paper, so telephones of cadres stand beside."""

from dataclasses import dataclass, field

from cadres.models import Seat
from visits.models import LeaveRequest
from visits.sitting import sitters_of


@dataclass
class People:
    """One day's people, in the order of the seats."""

    sitting: list[str] = field(default_factory=list)
    away: list[str] = field(default_factory=list)
    ids: set[int] = field(default_factory=set)

    def in_words(self) -> str:
        """All of it, to tell one edition from the next."""
        return "；".join([*self.sitting, *self.away])


def people_of_days(sessions) -> dict[int, People]:
    """{session id: People}; a few queries for all days."""
    people = {session.pk: People() for session in sessions}
    seats = Seat.objects.filter(team__in={session.team_id for session in sessions})
    kinds = {(seat.team_id, seat.post_id): seat.get_kind_display() for seat in seats}
    found = sitters_of(sessions)
    for session in sessions:
        own = people[session.pk]
        for sitter in found[session.pk]:
            kind = kinds.get((session.team_id, sitter.post.pk), "")
            own.sitting.append(_sitter(sitter, kind))
            own.ids.add(sitter.person.pk)
    leaves = LeaveRequest.objects.in_force().filter(session__in=people)
    for leave in leaves.order_by("session", "pk"):
        # Why somebody is away is nobody else's business.
        stood = f"，{leave.stand_in_name}代" if leave.stand_in_name else ""
        people[leave.session_id].away.append(f"{leave.person_name}请假{stood}")
    return people


def _sitter(sitter, kind) -> str:
    """「李明 责任人 154 5550 0001」, 「冯兰(代李明) …」."""
    person = sitter.person
    name = person.display_name
    if sitter.stands_in_for:
        name = f"{name}(代{sitter.stands_in_for.display_name})"
    phone = person.phone.split("、")[0]
    if len(phone) == 11 and phone.isdecimal():
        phone = f"{phone[:3]} {phone[3:7]} {phone[7:]}"
    return " ".join(part for part in (name, kind, phone) if part)
