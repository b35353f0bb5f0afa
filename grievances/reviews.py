"""工作点评: the town's review of the quarter, where the township's own practice has one (大瑶: 镇级一季一点评).

It has where 例会安排 names one; an office without such a row is asked for nothing, as in ``grievances.analyses``.
"""

import datetime as dt

from cadres.models import StandingMeeting
from villages.models import Township

from .models import Meeting

KIND = Meeting.Kind.REVIEW
NAMED = "点评"  # 工作点评, 点评会, 镇工作点评会: offices name it in their own way
PERMISSION = "grievances.meet"
DAY = dt.timedelta(days=1)


def quarter_asked(on) -> tuple[dt.date, dt.date]:
    """First and last day of the quarter whose review is asked for on a day.

    This one in its last month; before that the one that has ended, whose review may still be held.
    """
    start = dt.date(on.year, (on.month - 1) // 3 * 3 + 1, 1)
    if on.month % 3:  # not in its last month
        end = start - DAY
        return dt.date(end.year, end.month - 2, 1), end
    after = dt.date(on.year + on.month // 12, on.month % 12 + 1, 1)
    return start, after - DAY


def towns_without_review(user, on):
    """Townships whose office this is and which have not held the review asked for on a day.

    Held is one whose minutes are there and whose day lies in the quarter or, late, after it.
    """
    start, end = quarter_asked(on)
    towns = user.village_scope(PERMISSION).townships
    rows = StandingMeeting.objects.in_force(min(on, end)).filter(
        township__in=towns, name__contains=NAMED
    )
    held = Meeting.objects.filter(kind=KIND, status="held", on__range=(start, on))
    named = Township.objects.filter(pk__in=rows.values("township"))
    return named.exclude(pk__in=held.values("township"))
