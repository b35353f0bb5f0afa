"""Panels of matters for pages of other apps; only what the reader may see."""

from django import template

from grievances.models import Grievance

register = template.Library()
SHOWN = 10


def _newest(context, **of):
    """(may he read matters at all, the newest ones he sees of a place)."""
    user = context["request"].user
    if not user.has_perm("grievances.view"):
        return False, []
    rows = Grievance.objects.visible_to(user).filter(**of).select_related("category", "department")
    rows = rows.defer("phone", "detail", "result").order_by("-registered_on", "-id")
    return True, list(rows[:SHOWN])


@register.inclusion_tag("grievances/_panel.html", takes_context=True)
def household_grievances(context, household):
    """Matters a household and those joined to it brought, newest first, and the button to write one down."""
    may, rows = _newest(context, household__in=household.history_ids())
    writes = context["request"].user.has_perm("grievances.register")
    empty = "这一户还没有登记过诉求。"
    place = {"household": household, "village": household.village_id}
    return {"may": may, "rows": rows, "writes": writes, "empty": empty, **place}


@register.inclusion_tag("grievances/_panel.html", takes_context=True)
def village_grievances(context, village):
    """A village's matters, newest first, with the link to all of them."""
    may, rows = _newest(context, village=village)
    return {"may": may, "rows": rows, "village": village.pk, "empty": "这个村还没有登记过诉求。"}
