"""Panels of people for pages of other apps: who is fixed to a village, and how many notices wait."""

from django import template

from cadres import heartbeat
from cadres.holders import hang_holders
from cadres.models import Holding, HouseholdLink, LiaisonPlan, LiaisonTeam, Notice, Seat
from cadres.reference import NationalDays
from cadres.workcalendar import year_wanted
from liaison import clock

register = template.Library()
PERSON_SHOWN = 30  # households named on somebody's card; the rest are in the list


@register.inclusion_tag("cadres/_village_team.html", takes_context=True)
def village_team(context, village):
    """The three fixed of a village: people (as of today), time and place."""
    if not context["request"].user.has_perm("cadres.view"):
        return {"may": False}
    today = context["today"]
    served = LiaisonTeam.objects.for_liaison().filter(is_active=True, villages=village)
    seats = Seat.objects.filter(team__in=served)
    seats = list(seats.select_related("team", "post").order_by("team__name", "order", "pk"))
    holders = Holding.objects.current(today).filter(post__in=[seat.post_id for seat in seats])
    names = {held.post_id: held.user.display_name for held in holders.select_related("user")}
    plans = LiaisonPlan.objects.filter(village=village).in_force(today)
    return {
        "may": True,
        "seats": [{"seat": seat, "holder": names.get(seat.post_id, "")} for seat in seats],
        "plans": list(plans.select_related("team").order_by("valid_from", "pk")),
    }


@register.inclusion_tag("cadres/_year_wanted.html", takes_context=True)
def next_year_wanted(context):
    """From November on: next year's work calendar is missing (or this one's still), and what this person can do."""
    user, year = context["request"].user, year_wanted(clock.today())
    return {"year": year, "publishes": bool(year) and NationalDays().may_change(user)}


@register.simple_tag(takes_context=True)
def unread_notices(context) -> int:
    """How many of one's notices are not opened yet (条): the bell of the top bar."""
    return Notice.objects.visible_to(context["request"].user).unread().count()


@register.simple_tag
def reminders_are_late() -> bool:
    """Whether reminders wait and nobody comes for them: the banner of every page. One query."""
    return heartbeat.is_late(clock.now())


@register.inclusion_tag("cadres/links/_household.html", takes_context=True)
def household_links(context, household):
    """Who answers for a household today, who did before (for one joined to it too), and the buttons of
    those who may change it."""
    user, today = context["request"].user, context["today"]
    if not user.has_perm("villages.view_households"):
        return {"may": False}
    own = household.history_ids()
    links = HouseholdLink.objects.visible_to(user).filter(household__in=own)
    links = list(links.select_related("post", "representative").order_by("-since", "-pk"))
    hang_holders([link.post for link in links if link.post_id], today)
    standing = [link for link in links if link.household_id == own[0] and link.holds(today)]
    return {
        "may": True,
        "household": household,
        "links": standing,
        "past": [
            link
            for link in links
            if link not in standing
            and (link.household_id != own[0] or (link.until and link.until > link.since))
        ],
        "manages": user.has_perm("cadres.manage_links"),
        "lists": user.has_perm("cadres.view_links"),
        "cancelled": household.residence == "cancelled",
    }


@register.inclusion_tag("cadres/links/_person.html", takes_context=True)
def person_links(context, person):
    """The households of somebody's posts of today and of him as 村民代表, as far as the reader sees them."""
    user, today = context["request"].user, context["today"]
    if not user.has_perm("cadres.view_links"):
        return {"may": False}
    links = HouseholdLink.objects.visible_to(user, "cadres.view_links").alive(today)
    posts = [holding.post for holding in person.holdings.current(today).select_related("post")]
    whos = [*posts, *person.represents.current(today)]
    told = []
    for who in whos:
        path = "post" if who in posts else "representative"
        own = links.filter(**{path: who}).select_related("household__group")
        own = own.order_by("village_id", "household__group_id", "household__number")
        if number := own.count():
            homes = [link.household for link in own[:PERSON_SHOWN]]
            told.append({"who": who, "path": path, "number": number, "households": homes})
    return {"may": True, "told": told}
