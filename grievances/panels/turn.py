"""现在该谁办, and 首访负责."""

from dataclasses import replace

from grievances.first_contact import first_contact
from grievances.turns import turn_of
from liaison.clock import local_date

from .panel import Panel


class TurnPanel(Panel):
    """One person, one step, one day; and who received the villager first."""

    template = "grievances/_turn.html"

    def say(self, matter, user, now):
        """Nothing for what an older ledger calls settled and names nobody."""
        on = local_date(now)
        turn, first = turn_of(matter, on), first_contact(matter, on)
        if turn is None and first is None:
            return None
        if turn is not None and matter.is_suspended:
            rest = matter.suspensions.running().first()
            turn = replace(turn, by=rest.until if rest else None)
        own = turn is not None and turn.person is not None and turn.person.pk == user.pk
        late = turn is not None and turn.by is not None and turn.by < on
        return {"turn": turn, "first": first, "own": own, "late": late}
