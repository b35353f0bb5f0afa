"""本周清单待公示: from the township's weekday on, until something of this week hangs."""

import datetime as dt

from grievances.models import PaperPolicy, Publication

SIX_DAYS = dt.timedelta(days=6)


def lists_due(user, on) -> int:
    """How many townships' lists of this week this person has still to hang: 份."""
    places = user.village_scope("grievances.publish").townships
    if not places:
        return 0
    monday = on - dt.timedelta(days=on.weekday())
    hung = Publication.objects.filter(township__in=places).hung_within(monday, monday + SIX_DAYS)
    due = PaperPolicy.objects.filter(
        township__in=places, reminds_weekly=True, weekday__lte=on.isoweekday()
    )
    return due.exclude(township__in=hung.values("township")).count()
