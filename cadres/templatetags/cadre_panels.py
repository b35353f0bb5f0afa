"""Panels of people for pages of other apps: who is fixed to a village, and how many notices wait."""

from django import template

from cadres.models import Holding, LiaisonPlan, LiaisonTeam, Notice, Seat

register = template.Library()


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


@register.simple_tag(takes_context=True)
def unread_notices(context) -> int:
    """How many of one's notices are not opened yet (条): the bell of the top bar."""
    return Notice.objects.visible_to(context["request"].user).unread().count()
