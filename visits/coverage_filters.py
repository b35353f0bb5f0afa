"""Query block of 走访情况: which households were reached, in a period or in a round; figures link to it."""

import datetime as dt

import django_filters
from django.db.models import BooleanField, Case, Value, When
from django.db.models.functions import Coalesce

from liaison import clock
from liaison.filters import HouseFilterSet
from liaison.forms import DateInput
from villages.models import Household, Section
from villages.tags import holdings_shown, visible_tags

from .filters import groups_of, village_filter
from .models import VisitRound
from .reaching import reaching, with_last_reached
from .rounds import PARTS, TARGET, Reach

LONG_AGO = dt.date.min  # where a household that nobody reached stands among the others


def rounds_of(request):
    """Rounds of the person's townships, the newest first."""
    return VisitRound.objects.visible_to(request.user).order_by("-starts_on", "-pk")


def sections_of(request):
    """片 of the chosen village."""
    chosen = request.GET.get("village", "")
    if not (chosen.isdecimal() and len(chosen) < 19):
        return Section.objects.none()
    villages = village_filter().get_queryset(request)
    return Section.objects.filter(village__in=villages.filter(pk=chosen))


def tags_of(request):
    """Tags this person may look for."""
    return visible_tags(request.user)


def tagged(user, tag, on):
    """Ids of the households in which somebody on the roll carries a tag, as far as this person may know."""
    held = holdings_shown(user).current(on).filter(tag=tag, resident__left_on=None)
    return held.values("resident__household")


class CoverageFilter(HouseFilterSet):
    """Households, each with ``in_period`` and when it was last reached."""

    round = django_filters.ModelChoiceFilter(
        queryset=rounds_of, label="遍访轮次", empty_label="不按轮次", method="as_is"
    )
    village = village_filter()
    reached = django_filters.ChoiceFilter(
        choices=[("yes", "已走访"), ("no", "未走访"), ("never", "从未走访过")],
        label="走访情况",
        empty_label="全部",
        method="as_is",
    )
    section = django_filters.ModelChoiceFilter(
        queryset=sections_of, label="片", empty_label="全部(先选村)", method="in_section"
    )
    group = django_filters.ModelChoiceFilter(
        queryset=groups_of, label="组", empty_label="全部(先选村)"
    )
    occurred_from = django_filters.DateFilter(label="走访起始", widget=DateInput, method="as_is")
    occurred_to = django_filters.DateFilter(label="走访截止", widget=DateInput, method="as_is")
    part = django_filters.ChoiceFilter(
        choices=PARTS, label="范围", empty_label=None, null_label=None, method="as_is"
    )
    tag = django_filters.ModelChoiceFilter(
        queryset=tags_of, label="标签", empty_label="全部", method="with_tag"
    )

    class Meta:
        model = Household
        fields = []

    def __init__(self, *args, **kwargs):
        """A round says its own days."""
        super().__init__(*args, **kwargs)
        if self.data.get("round"):
            del self.filters["occurred_from"], self.filters["occurred_to"]

    @property
    def visit_round(self):
        """The round asked for; None for a period."""
        return self.form.cleaned_data.get("round")

    def period(self) -> str:
        """The days asked for, 「2026-10-01至2026-10-31」, or the round's; empty when none are."""
        if self.visit_round:
            row = self.visit_round
            return f"{row.name}({row.starts_on}至{row.last_day})"
        told = self.form.cleaned_data
        since, until = told.get("occurred_from"), told.get("occurred_to")
        return f"{since or '建账'}至{until or '今'}" if since or until else ""

    def as_is(self, queryset, name, value):
        """These belong together; filter_queryset reads them."""
        return queryset

    def in_section(self, queryset, name, value):
        """Of the groups of a 片."""
        return queryset.filter(group__section=value)

    def with_tag(self, queryset, name, value):
        """Somebody of the household carries it."""
        return queryset.filter(pk__in=tagged(self.request.user, value, clock.today()))

    def reach(self) -> Reach:
        """What counts: a round's own rules, or those of every figure between two days."""
        if self.visit_round:
            return Reach.of(self.visit_round)
        told = self.form.cleaned_data
        return Reach(since=told.get("occurred_from"), until=told.get("occurred_to"))

    def filter_queryset(self, queryset):
        """The rows asked for, with ``in_period``, ``last_reached_on`` and what ``longest`` orders by."""
        rows, asked, reach = super().filter_queryset(queryset), self.form.cleaned_data, self.reach()
        if self.visit_round:
            rows = rows.filter(village__in=self.visit_round.villages_in_order().order_by())
        rows = rows.filter(reach.part(asked.get("part") or TARGET))
        if asked.get("reached"):
            rows = rows.filter(reach.state(asked["reached"]))
        seen = Case(When(reach.reached, then=True), default=False, output_field=BooleanField())
        last = with_last_reached(rows.annotate(in_period=seen), reaching(reach.modes))
        return last.annotate(waiting_since=Coalesce("last_reached_on", Value(LONG_AGO)))
