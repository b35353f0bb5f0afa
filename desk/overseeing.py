"""What of 督办 and of meetings waits: (words, count, unit, address, is it late), None where nothing does."""

from urllib.parse import urlencode

from django.urls import reverse

from grievances.models import Meeting, Supervision


def supervised(user):
    """督办 this person's units have to answer."""
    rows = Supervision.objects.visible_to(user).to_answer_by(user)
    return _told("督办待回复", rows, "件", "grievances:supervisions", "mine", is_late=True)


def unreplied(user, on):
    """督办 whose day for the answer has passed."""
    rows = Supervision.objects.visible_to(user).late(on)
    return _told("督办回复超期", rows, "件", "grievances:supervisions", "late", is_late=True)


def unwritten_meetings(user, on):
    """Meetings he keeps whose day has come and whose minutes are not written."""
    rows = Meeting.objects.visible_to(user).kept_by(user).to_be_held(on)
    return _told("会议待记录", rows, "次", "meetings:meetings", "unwritten", is_late=False)


def _told(words, rows, unit, page, state, *, is_late):
    count = rows.count()
    url = f"{reverse(page)}?{urlencode({'state': state})}"
    return (words, count, unit, url, is_late) if count else None
