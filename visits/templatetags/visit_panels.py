"""Panels of visits and liaison days for pages of other apps; only what the reader may see."""

from django import template
from django.db.models import F

from liaison import clock
from villages.models import Household
from visits.duty_exports import hang_reasons
from visits.models import LiaisonSession, Need, Proposal, Visit
from visits.quotas import duties_of
from visits.rounds import current_round

register = template.Library()
SHOWN = 10
HOMES = 30  # a contact has 5 to 15 households; more are on their own list


@register.filter
def weekday(on) -> str:
    """周二: the day of the week beside a duty's date."""
    return f"周{'一二三四五六日'[on.weekday()]}"


def _may(context):
    user = context["request"].user
    return user if user.has_perm("visits.view") else None


@register.inclusion_tag("visits/_household_visits.html", takes_context=True)
def household_visits(context, household):
    """The last visits to a household and those joined to it, newest first, with the link to all of them."""
    user, rows = _may(context), []
    if user:
        rows = Visit.objects.visible_to(user).filter(household__in=household.history_ids())
        rows = list(rows.select_related("entered_by").order_by("-occurred_on", "-id")[:SHOWN])
    return {"rows": rows, "household": household, "may": user is not None}


@register.inclusion_tag("visits/_household_noted.html", takes_context=True)
def household_noted(context, household):
    """Needs and proposals of a household and those joined to it: what is open first; and the buttons for new ones."""
    user, needs, proposals = _may(context), [], []
    if user:
        homes = household.history_ids()
        needs = Need.objects.visible_to(user).filter(household__in=homes)
        needs = needs.select_related("kind", "department").order_by(
            F("closed_on").desc(nulls_first=True), "pk"
        )
        proposals = Proposal.objects.visible_to(user).filter(household__in=homes)
        proposals = proposals.order_by("-proposed_on", "-pk")
    return {
        "household": household,
        "needs": needs[:SHOWN],
        "proposals": proposals[:SHOWN],
        "writes": user is not None and user.has_perm("visits.log"),
        "may": user is not None,
    }


@register.inclusion_tag("visits/_village_round.html", takes_context=True)
def village_round(context, village):
    """The round under way in a village, and the ways to its lists and its drawing."""
    user = _may(context)
    row = current_round(user, clock.today(), village) if user else None
    return {"visit_round": row, "village": village, "may": user is not None}


@register.inclusion_tag("visits/_village_sessions.html", takes_context=True)
def village_sessions(context, village):
    """A village's liaison days around today: the newest past ones and the next."""
    user, coming, past = _may(context), [], []
    if user:
        rows = LiaisonSession.objects.visible_to(user).filter(village=village)
        rows, today = rows.select_related("team"), clock.today()
        coming = list(rows.filter(on__gte=today).order_by("on", "id")[:3])
        past = list(rows.filter(on__lt=today).order_by("-on", "-id")[:5])
    return {"coming": coming, "past": past, "village": village, "may": user is not None}


@register.inclusion_tag("visits/_my_households.html", takes_context=True)
def my_households(context):
    """A village contact's own households in the order of the roll: last contact, what is due, 报告情况."""
    user, today = context["request"].user, clock.today()
    if not user.has_perm("visits.report"):
        return {"may": False}
    rows = Household.objects.visible_to(user, "visits.report").exclude(residence="cancelled")
    rows = rows.select_related("group", "village").order_by(
        "village__code", "group__number", "group__name", "number", "pk"
    )
    homes = list(rows[: HOMES + 1])
    hang_reasons(homes[:HOMES], user, today)
    duties = duties_of(user, today)
    _hang_turns(homes, duties)
    return {
        "may": True,
        "homes": homes[:HOMES],
        "more": len(homes) > HOMES,
        "duties": duties,
        "today": today,
        "perms": context["perms"],
    }


def _hang_turns(homes, duties):
    """``home.turn``: (本周, seen already) where every household is to be seen in each period; else None.

    大瑶's representatives go every week: half a year until an interval ends is no date of theirs.
    """
    each = next((duty for duty in duties if duty.quota.least is None), None)
    seen = each.seen() if each else {}
    for home in homes:
        home.turn = (each.this, seen[home.pk]) if home.pk in seen else None


@register.filter
def is_due(contact, on) -> bool:
    """Whether a household is to be seen by a day; none is where nothing is asked."""
    return contact is not None and contact.is_due(on)
