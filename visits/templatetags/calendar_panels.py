"""Liaison days on the work calendar: how many on each day, each a link to exactly those."""

from django import template
from django.db.models import Count
from django.urls import reverse
from django.utils.html import format_html

from visits.models import LiaisonSession

register = template.Library()


@register.simple_tag(takes_context=True)
def liaison_days_of(context, year) -> dict:
    """{date: 驻点日 of one's villages, cancelled ones apart} for a year; empty for who may not see them."""
    user = context["request"].user
    if not user.has_perm("visits.view"):
        return {}
    days = LiaisonSession.objects.visible_to(user).filter(on__year=year)
    counted = days.exclude(status=LiaisonSession.Status.CANCELLED).order_by()
    return dict(counted.values_list("on").annotate(Count("pk")))


@register.simple_tag
def liaison_day_link(counts, day):
    """「驻3」, a link to the three liaison days of that day; nothing on a day without."""
    count = counts.get(day)
    if not count:
        return ""
    return format_html(
        '<a class="cal-days" href="{}?on_from={}&amp;on_to={}" title="{}:{}个驻点日">驻{}</a>',
        reverse("visits:sessions"),
        day.isoformat(),
        day.isoformat(),
        day.isoformat(),
        count,
        count,
    )
