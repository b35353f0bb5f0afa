"""What was promised for later when a matter of the demo was settled."""

import datetime as dt

from grievances.models import LookBack

AFTER = dt.timedelta(days=90)


def comes_back(matter, day, at) -> LookBack | None:
    """A matter settled on a day: the day one looks again, for a method that names one; not saved."""
    if not matter.method.comes_back:
        return None
    matter.comes_back_on = day + AFTER
    why = "interim" if matter.settlement == "interim" else "project"
    return LookBack(grievance=matter, due_on=matter.comes_back_on, why=why, entered_at=at)
