"""Query blocks of sessions, visits and coverage; their names are linked to from figures."""

import django_filters
from django import forms
from django.db.models import Exists, OuterRef, Q

from cadres.models import LiaisonTeam
from liaison import clock
from liaison.filters import HouseFilterSet
from liaison.forms import DateInput
from villages.filters import NameFilter
from villages.models import Group, Household, Village

from .models import LiaisonSession, Visit

LARGEST_ID = 2**63 - 1


class IdFilter(django_filters.Filter):
    """A row's id in a link: not shown in the block, never out of range."""

    field_class = forms.IntegerField

    def __init__(self, field_name, **kwargs):
        super().__init__(
            field_name, widget=forms.HiddenInput, min_value=1, max_value=LARGEST_ID, **kwargs
        )


def villages_of(request):
    """Villages of the person who asks."""
    return Village.objects.visible_to(request.user).in_order()


def groups_of(request):
    """Groups of the chosen village, or of all one's villages."""
    groups = Group.objects.visible_to(request.user).select_related("village").in_order()
    chosen = request.GET.get("village", "")
    return (
        groups.filter(village=chosen) if chosen.isdecimal() and len(chosen) < 19 else groups.none()
    )


def teams_of(request):
    """Teams of the person's townships, in the order of their villages."""
    return LiaisonTeam.objects.visible_to(request.user).for_liaison().in_order()


def village_filter():
    """The 村 every list asks for."""
    return django_filters.ModelChoiceFilter(
        field_name="village", queryset=villages_of, label="村(社区)", empty_label="全部"
    )


def day_filter(field_name, lookup, label):
    """One end of a period, included."""
    return django_filters.DateFilter(field_name, lookup_expr=lookup, label=label, widget=DateInput)


class SessionFilter(HouseFilterSet):
    """Liaison days."""

    village = village_filter()
    team = django_filters.ModelChoiceFilter(queryset=teams_of, label="团队", empty_label="全部")
    status = django_filters.MultipleChoiceFilter(
        choices=LiaisonSession.Status.choices,
        label="状态",
        widget=forms.CheckboxSelectMultiple,
    )
    on_from = day_filter("on", "gte", "起始日期")
    on_to = day_filter("on", "lte", "截止日期")
    due = django_filters.ChoiceFilter(
        choices=[("1", "应驻点(截至今天)")], label="范围", empty_label="全部", method="only_due"
    )

    class Meta:
        model = LiaisonSession
        fields = []

    def only_due(self, queryset, name, value):
        """Not cancelled, and up to today."""
        return queryset.due(clock.today())


class VisitFilter(HouseFilterSet):
    """Receptions, visits and calls."""

    q = NameFilter(label="户主、户编号或来访人", method="of_somebody", max_length=50)
    village = village_filter()
    mode = django_filters.ChoiceFilter(choices=Visit.Mode.choices, label="方式", empty_label="全部")
    occurred_from = day_filter("occurred_on", "gte", "起始日期")
    occurred_to = day_filter("occurred_on", "lte", "截止日期")
    reached = django_filters.ChoiceFilter(
        choices=[("1", "走访到户(不含来访)")], label="范围", empty_label="全部", method="to_a_door"
    )
    household = IdFilter("household_id", label="户", method="of_household")
    session = IdFilter("session_id", label="驻点日")

    class Meta:
        model = Visit
        fields = []

    def of_somebody(self, queryset, name, value):
        """By the beginning of a name, or the household's whole number."""
        return queryset.filter(
            Q(household__head_name__startswith=value)
            | Q(household__number=value)
            | Q(visitor__startswith=value)
        )

    def of_household(self, queryset, name, value):
        """Of a household and of those joined to it, as its page shows them."""
        return queryset.filter(household__in=Household(pk=value).history_ids())

    def to_a_door(self, queryset, name, value):
        """At a household's door or by telephone."""
        return queryset.to_households()


class CoverageFilter(HouseFilterSet):
    """Which resident households were reached in a period."""

    village = village_filter()
    group = django_filters.ModelChoiceFilter(
        queryset=groups_of, label="组", empty_label="全部(先选村)"
    )
    occurred_from = django_filters.DateFilter(label="走访起始", widget=DateInput, method="as_is")
    occurred_to = django_filters.DateFilter(label="走访截止", widget=DateInput, method="as_is")
    reached = django_filters.ChoiceFilter(
        choices=[("yes", "已走访"), ("no", "未走访")],
        label="走访情况",
        empty_label="全部",
        method="as_is",
    )

    class Meta:
        model = Household
        fields = []

    def period(self) -> str:
        """The days asked for, 「2026-10-01至2026-10-31」; empty when none are."""
        told = self.form.cleaned_data
        since, until = told.get("occurred_from"), told.get("occurred_to")
        return f"{since or '建账'}至{until or '今'}" if since or until else ""

    def as_is(self, queryset, name, value):
        """Period and 走访情况 belong together; filter_queryset reads them."""
        return queryset

    def filter_queryset(self, queryset):
        """Resident households, each with ``in_period``: reached between the two days, either end open."""
        rows, asked = super().filter_queryset(queryset), self.form.cleaned_data
        visits = Visit.objects.to_households().filter(household=OuterRef("pk"))
        if asked.get("occurred_from"):
            visits = visits.filter(occurred_on__gte=asked["occurred_from"])
        if asked.get("occurred_to"):
            visits = visits.filter(occurred_on__lte=asked["occurred_to"])
        rows = rows.annotate(in_period=Exists(visits))
        if not asked.get("reached"):
            return rows
        return rows.filter(in_period=asked["reached"] == "yes")
