"""/households/<pk>/ and /residents/<pk>/ — 一户一档, and one person's own history."""

from django.shortcuts import render

from liaison import clock
from liaison.access import allow
from villages import history
from villages.models import Household
from villages.tags import holdings_shown, tags_shown

from .households import household_or_404
from .life import menu
from .residents import resident_or_404


@allow("villages.view_households")
def household(request, pk):
    """/households/<pk>/ — who lives there, who keeps in touch, visits, matters, what happened."""
    row, today, user = household_or_404(request.user, pk), clock.today(), request.user
    people = list(row.residents.with_tags(today).order_by("left_on", "id"))
    for person in people:
        person.age_now = person.age(today)
        person.tags_shown = [_with_end(held, today) for held in tags_shown(user, person)]
        person.unchecked = unchecked(person)
    members = [person for person in people if person.left_on is None]
    ended = holdings_shown(user).filter(resident__in=people).ended(today).in_order()
    context = {
        "household": row,
        "members": members,
        "gone": [person for person in people if person.left_on],
        "ended_tags": ended.select_related("resident", "tag"),
        "into": _joined(row, user),
        "joined": _joined_to(row, user),
        "timeline": history.of_household(row, user),
        "acts": menu(row, len(members), user),
        "today": today,
    }
    return render(request, "villages/household.html", context)


@allow("villages.view_households")
def resident(request, pk):
    """/residents/<pk>/ — one person: facts, tags with their time, what happened, across households."""
    row, today, user = resident_or_404(request.user, pk), clock.today(), request.user
    holdings = holdings_shown(user).filter(resident__in=row.history_ids()).in_order()
    row.age_now, row.unchecked = row.age(today), unchecked(row)
    kept = row.merged_into
    context = {
        "resident": row,
        "holdings": [_with_end(held, today) for held in holdings],
        "timeline": history.of_resident(row, user),
        "kept": kept
        if kept and type(row).objects.visible_to(user).filter(pk=kept.pk).exists()
        else None,
        "today": today,
    }
    return render(request, "villages/resident.html", context)


def unchecked(person) -> list[str]:
    """待核: what of a person is not known yet; words for the page."""
    marks = []
    if not person.id_number:
        marks.append("无身份证号")
    if person.birth_date is None:
        marks.append("无出生日期")
    elif person.birth_month_only:
        marks.append("出生只到月")
    if not person.relation:
        marks.append("关系未填")
    return marks


def _with_end(held, today):
    """Whether a holding is over, or will be soon, for the page."""
    held.soon, held.now = held.ends_soon(today), held.is_current(today)
    held.coming = held.valid_from is not None and held.valid_from > today
    held.only_entered = bool(
        held.valid_from and held.valid_until and held.valid_until < held.valid_from
    )
    return held


def _joined_to(row, user):
    """The households joined to this one, as far as the reader may open them."""
    rows = Household.objects.visible_to(user).filter(pk__in=row.history_ids()[1:])
    return rows.select_related("village", "group").order_by("pk")


def _joined(row, user):
    """The household this one was joined to, where the reader may open it."""
    if not row.merged_into_id:
        return None
    rows = Household.objects.visible_to(user).filter(pk=row.merged_into_id)
    return rows.select_related("village", "group").first()
