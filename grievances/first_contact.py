"""首访负责: whoever received the villager first stays answerable to him until he is told the outcome."""

from dataclasses import dataclass

from cadres.models import User
from visits.models import Attendance, Visit

from .promises import answering


@dataclass(frozen=True)
class FirstContact:
    """Who received or visited first, on which occasion, and who tells the outcome today.

    Attributes:
        people: the visit's people, who wrote it down first; the registrar alone where no visit is known.
        visit: None where the matter was registered without one.
        now: who owes the answer today (``promises.answering``); empty once the villager is answered.
    """

    people: list[User]
    visit: Visit | None
    now: list[User]

    @property
    def is_handed_on(self) -> bool:
        """None of the first is among those who answer today."""
        return bool(self.now) and not {user.pk for user in self.people} & {
            user.pk for user in self.now
        }


def first_contact(matter, on) -> FirstContact | None:
    """Of one matter on a day; None where an older ledger does not say.

    Who wrote the visit down stands first, then the others who were present on its liaison day.
    """
    visit = matter.visit
    first = visit.entered_by if visit else matter.registered_by
    if first is None:
        return None
    people = {first.pk: first}
    if visit and visit.session_id:
        here = (Attendance.Mark.PRESENT, Attendance.Mark.STAND_IN)
        rows = visit.session.attendance.filter(mark__in=here).select_related(
            "person", "stand_in_person"
        )
        for line in rows.order_by("pk"):
            person = line.stand_in_person if line.mark == Attendance.Mark.STAND_IN else line.person
            if person:
                people.setdefault(person.pk, person)
    return FirstContact(
        [*people.values()], visit, answering(matter, on) if matter.is_awaited else []
    )
