"""Query blocks of notices and their deliveries."""

import django_filters

from cadres.models import Delivery, Notice
from liaison.filters import HouseFilterSet


class NoticeFilter(HouseFilterSet):
    """Read or not, words of the title."""

    state = django_filters.ChoiceFilter(
        label="状态",
        choices=[("unread", "未读"), ("read", "已读"), ("expired", "过期未发")],
        empty_label="全部",
        method="by_state",
    )
    q = django_filters.CharFilter("title", lookup_expr="icontains", label="标题")

    class Meta:
        model = Notice
        fields = []

    def by_state(self, queryset, name, value):
        """未读, 已读 or 过期未发."""
        if value == "unread":
            return queryset.unread()
        told = {"read_at__isnull": False} if value == "read" else {"is_expired": True}
        return queryset.filter(**told)


class DeliveryFilter(HouseFilterSet):
    """By state and channel."""

    state = django_filters.ChoiceFilter(
        choices=[
            ("given_up", "已放弃"),
            ("failed", "待重试"),
            ("queued", "久未发出"),
            ("expired", "过期未发"),
        ],
        label="状态",
        empty_label="全部",
    )
    channel = django_filters.ChoiceFilter(
        choices=Delivery.Channel.choices, label="渠道", empty_label="全部"
    )

    class Meta:
        model = Delivery
        fields = []
