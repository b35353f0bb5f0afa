"""Query block of the wishes."""

import django_filters

from liaison import clock
from liaison.filters import HouseFilterSet

from .filters import IdFilter, day_filter, village_filter
from .models import Wish, WishKind, WishState

STATES = [("alive", "还没办完的"), *WishState.choices]


class WishFilter(HouseFilterSet):
    """村民点单."""

    village = village_filter()
    state = django_filters.ChoiceFilter(
        choices=STATES, label="状态", empty_label="全部", method="in_state"
    )
    whose = django_filters.ChoiceFilter(
        choices=[("mine", "我和我的团队认领的"), ("entered", "我录入的")],
        label="范围",
        empty_label="全部",
        method="of_whom",
    )
    kind = django_filters.ModelChoiceFilter(
        queryset=WishKind.objects.all(), label="类型", empty_label="全部"
    )
    late = django_filters.ChoiceFilter(
        choices=[("1", "已过希望办好日期")], label="时间", empty_label="全部", method="past"
    )
    asked_from = day_filter("asked_on", "gte", "提出起始")
    asked_to = day_filter("asked_on", "lte", "提出截止")
    household = IdFilter("household_id", label="户")

    class Meta:
        model = Wish
        fields = []

    def in_state(self, queryset, name, value):
        """One state, or all that goes on."""
        return queryset.alive() if value == "alive" else queryset.filter(state=value)

    def of_whom(self, queryset, name, value):
        """Picked up by him or his team; or written down by him."""
        user = self.request.user
        if value == "mine":
            return queryset.picked_up_by(user)
        return queryset.filter(entered_by=user.pk)

    def past(self, queryset, name, value):
        """Wanted by a day that is past, and not done."""
        waits = queryset.filter(state__in=(WishState.OPEN, WishState.PICKED_UP))
        return waits.filter(wanted_by__lt=clock.today())
