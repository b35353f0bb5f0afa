"""What of 督办 and of meetings waits for a person: (words, count, unit, address, is it late) by what it is."""

from urllib.parse import urlencode

from django.db.models import Count, Value
from django.urls import reverse

from grievances.models import Meeting, Supervision

SUPERVISED, UNREPLIED, UNWRITTEN_MEETINGS = "supervised", "unreplied", "unwritten_meetings"
OVERSEEN = {
    SUPERVISED: ("督办待回复", "件", "grievances:supervisions", "mine", True),
    UNREPLIED: ("督办回复超期", "件", "grievances:supervisions", "late", True),
    UNWRITTEN_MEETINGS: ("会议待记录", "次", "meetings:meetings", "unwritten", False),
}


def overseen(user, on, wanted) -> dict[str, tuple]:
    """Of these, as far as there is any; one query for all of them."""
    parts = [_counted(_rows(what, user, on), what) for what in OVERSEEN if what in wanted]
    if not parts:
        return {}
    counts = dict(parts[0].union(*parts[1:], all=True))
    return {what: _told(what, counts[what]) for what in OVERSEEN if counts.get(what)}


def _rows(what, user, on):
    if what == UNWRITTEN_MEETINGS:
        return Meeting.objects.visible_to(user).kept_by(user).to_be_held(on)
    rows = Supervision.objects.visible_to(user)
    return rows.to_answer_by(user) if what == SUPERVISED else rows.late(on)


def _counted(rows, what):
    rows = rows.order_by().values(what=Value(what)).annotate(count=Count("pk"))
    return rows.values_list("what", "count")


def _told(what, count):
    words, unit, page, state, is_late = OVERSEEN[what]
    return words, count, unit, f"{reverse(page)}?{urlencode({'state': state})}", is_late
