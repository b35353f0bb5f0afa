"""民情日记 of one person over some days: what he wrote down, and the liaison days he was there on."""

from django.db.models import Q

from liaison.documents.layout import TITLE, Paper
from visits.models import Attendance, LiaisonSession, Visit

from . import kinds, words
from .day import entry, nil
from .rows import Counts, visits_with_matters

Mark = Attendance.Mark


def days_of(user, start, end):
    """Liaison days this person sat on, himself or for another, by the sheets, as far as he may see them."""
    lines = Attendance.objects.filter(
        Q(person=user.pk, mark=Mark.PRESENT) | Q(stand_in_person=user.pk, mark=Mark.STAND_IN)
    )
    rows = LiaisonSession.objects.visible_to(user).within(start, end)
    return rows.filter(pk__in=lines.values("session"))


def diary_of(user, start, end, now) -> Paper:
    """The diary.

    Args:
        start, end: both included; by the day a thing happened, not the day it was typed.
    """
    days = days_of(user, start, end)
    rows = Visit.objects.visible_to(user).within(start, end)
    rows = rows.filter(Q(session=None, entered_by=user.pk) | Q(session__in=days.values("pk")))
    visits = visits_with_matters(rows, user)
    lines = [
        {"日期": words.day_with_weekday(each.occurred_on), "地点": str(each.village)}
        | {"序号": str(number)}
        | entry(each)
        for number, each in enumerate(visits, 1)
    ]
    context = {
        TITLE: f"{user.display_name}民情日记",
        "乡镇": str(user.township or ""),
        "姓名": user.display_name,
        "职务": user.post_title(),
        "期间": f"{start:%Y-%m-%d}至{end:%Y-%m-%d}",
        "合计": f"驻点{days.count()}天；{Counts.of(visits).in_words()}",
        "日记": lines or [nil(kinds.DIARY, "日记", "情况", "这段时间没有记录")],
    }
    return Paper(
        kind=kinds.DIARY,
        context=context | words.made(user, now),
        place=(str(user.township or ""), user.display_name),
        when=f"{start:%Y%m%d}-{end:%Y%m%d}",
    )
