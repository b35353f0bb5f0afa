"""Query blocks of proposals and needs; the desk and the panels link to them by these names."""

import django_filters
from django.db.models import Q

from cadres.models import Department
from liaison import clock
from liaison.filters import HouseFilterSet
from villages.filters import NameFilter
from villages.models import Household

from .filters import IdFilter, day_filter, village_filter
from .models import Need, NeedKind, Proposal


def units_of(request):
    """Units of the person's townships."""
    return Department.objects.visible_to(request.user)


class NotedFilter(HouseFilterSet):
    """What both lists are asked by."""

    village = village_filter()
    household = IdFilter("household_id", label="户", method="of_household")

    def of_household(self, queryset, name, value):
        """Of a household and of those joined to it, as its page shows them."""
        return queryset.filter(household__in=Household(pk=value).history_ids())

    def of_somebody(self, queryset, name, value):
        """By the beginning of a name, the household's whole number, the row's own, or its words."""
        return queryset.filter(
            Q(household__head_name__startswith=value)
            | Q(household__number=value)
            | Q(visitor__startswith=value)
            | Q(number=value)
            | Q(words__contains=value)
        )


class ProposalFilter(NotedFilter):
    """金点子."""

    q = NameFilter(label="内容、提出人或编号", method="of_somebody", max_length=50)
    state = django_filters.ChoiceFilter(
        choices=Proposal.State.choices, label="状态", empty_label="全部"
    )
    answered = django_filters.ChoiceFilter(
        choices=[("0", "还没答复提出人"), ("1", "已答复")],
        label="答复",
        empty_label="全部",
        method="by_answer",
    )
    proposed_from = day_filter("proposed_on", "gte", "提出起始")
    proposed_to = day_filter("proposed_on", "lte", "提出截止")
    session = IdFilter("visit__session_id", label="驻点日")

    class Meta:
        model = Proposal
        fields = []

    def by_answer(self, queryset, name, value):
        """Whether who made it was told what became of it."""
        return queryset.filter(answered_on__isnull=value == "0")


class NeedFilter(NotedFilter):
    """需求线索."""

    q = NameFilter(label="户主、户编号、姓名或编号", method="of_somebody", max_length=50)
    look = django_filters.ChoiceFilter(
        choices=[("due", "到期待跟进"), ("open", "在跟进(含未到期)"), ("closed", "已了结")],
        label="跟进",
        empty_label="全部",
        method="by_look",
    )
    kind = django_filters.ModelChoiceFilter(
        queryset=NeedKind.objects.order_by("order", "pk"), label="可能符合", empty_label="全部"
    )
    state = django_filters.ChoiceFilter(
        choices=Need.State.choices, label="状态", empty_label="全部"
    )
    department = django_filters.ModelChoiceFilter(
        queryset=units_of, label="转往单位", empty_label="全部"
    )
    found_from = day_filter("found_on", "gte", "发现起始")
    found_to = day_filter("found_on", "lte", "发现截止")
    session = IdFilter("lines__visit__session_id", label="驻点日", distinct=True)

    class Meta:
        model = Need
        fields = []

    def by_look(self, queryset, name, value):
        """Due by today, open at all, or closed."""
        if value == "due":
            return queryset.due(clock.today())
        return queryset.open() if value == "open" else queryset.exclude(closed_on=None)
