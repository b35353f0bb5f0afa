"""Query blocks of notices and their deliveries."""

import django_filters

from cadres.models import Delivery, Notice
from liaison.filters import HouseFilterSet


class NoticeFilter(HouseFilterSet):
    """Read or not, words of the title."""

    state = django_filters.ChoiceFilter(
        label="状态",
        choices=[("unread", "未读"), ("read", "已读")],
        empty_label="全部",
        method="by_state",
    )
    q = django_filters.CharFilter("title", lookup_expr="icontains", label="标题")

    class Meta:
        model = Notice
        fields = []

    def by_state(self, queryset, name, value):
        """未读 or 已读."""
        return queryset.filter(read_at__isnull=value == "unread")


class DeliveryFilter(HouseFilterSet):
    """By state."""

    state = django_filters.ChoiceFilter(
        choices=[("failed", "发送失败"), ("queued", "等待重试")], label="状态", empty_label="全部"
    )

    class Meta:
        model = Delivery
        fields = []
