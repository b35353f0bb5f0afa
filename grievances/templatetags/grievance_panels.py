"""Panels of matters for pages of other apps; only what the reader may see."""

from django import template
from django.urls import reverse

from cadres.roles import Role
from grievances.handing_over import in_hand
from grievances.models import Grievance, TakenAlong
from grievances.promises import gives_word, promises_of

register = template.Library()
SHOWN = 10
PROMISES_SHOWN = 50


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


@register.inclusion_tag("grievances/_visit_matters.html", takes_context=True)
def visit_grievances(context, visit):
    """Matters asked at a visit, in order, and the button to write down one more."""
    user = context["request"].user
    may = user.has_perm("grievances.view")
    rows = Grievance.objects.visible_to(user).filter(visit=visit).select_related("category")
    rows = list(rows.defer("phone", "detail", "result").order_by("pk")) if may else []
    return {
        "may": may,
        "rows": rows,
        "visit": visit,
        "writes": user.has_perm("grievances.register"),
    }


@register.inclusion_tag("grievances/_handover.html", takes_context=True)
def handover_matters(context, handover):
    """What a successor has to keep and to handle, as far as the reader sees it: oldest due date first."""
    user = context["request"].user
    if not user.has_perm("grievances.view"):
        return {"may": False}
    post, base = handover.holding.post, reverse("grievances:ledger")
    lists = []
    if gives_word(post):
        hint = "没有待反馈的承诺，或不在您的工作范围内。"
        url = f"{base}?promise_of={post.pk}"
        lists.append(_listed("待反馈的承诺", hint, promises_of(post), user, url))
    if post.role == Role.HANDLER:
        hint = "没有随之移交的在办诉求，或不在您的工作范围内。"
        url = f"{base}?handed_over={handover.pk}"
        ids = handover.moved.get("grievances", ())
        going = in_hand(handover.holding.user, post)
        rows = Grievance.objects.filter(pk__in=ids) if handover.carried_at else going
        if not handover.carried_at:
            url = f"{base}?handler={handover.holding.user_id}&department={post.department_id}&state=open"
        lists.append(_listed("移交的在办诉求", hint, rows, user, url))
    return {"may": True, "lists": lists}


def _listed(title, hint, rows, user, url):
    seen = Grievance.objects.visible_to(user).filter(pk__in=rows.values("pk"))
    seen = seen.select_related("village", "department").defer("phone", "detail", "result")
    rows = list(seen.order_by("due_at", "registered_on", "pk")[:PROMISES_SHOWN])
    return {"title": title, "hint": hint, "rows": rows, "count": seen.count(), "url": url}


@register.simple_tag(takes_context=True)
def day_matters(context, session) -> list:
    """Matters taken along to a liaison day, as far as the reader sees them; one query."""
    user = context["request"].user
    if not user.has_perm("grievances.view"):
        return []
    rows = TakenAlong.objects.visible_to(user).filter(session=session.pk)
    return list(rows.select_related("grievance").order_by("pk"))
