"""Query blocks of the lists about time and risk: 延期, 排查化解."""

import django_filters

from liaison import clock
from liaison.filters import HouseFilterSet
from villages.filters import NameFilter
from visits.filters import day_filter, village_filter, villages_of

from .filters import LedgerFilter, choice_filter, departments_of, row_filter
from .models import Extension, Grievance
from .models.alert_parts import Level

WAITING = [("decide", "待我审批"), ("waiting", "待批"), ("untold", "已批准，待告知反映人")]
RESOLVED = [("open", "未化解"), ("settled", "已化解，未销号"), ("closed_out", "已销号")]


class ExtensionFilter(HouseFilterSet):
    """延期查询."""

    village = django_filters.ModelChoiceFilter(
        "grievance__village", queryset=villages_of, label="村(社区)", empty_label="全部"
    )
    whose = choice_filter(WAITING, "待办", method="waits")
    state = choice_filter(Extension.State.choices, "状态")
    asked_from = day_filter("asked_on", "gte", "申请起始")
    asked_to = day_filter("asked_on", "lte", "申请截止")

    class Meta:
        model = Extension
        fields = []

    def waits(self, queryset, name, value):
        """What somebody has to do about it."""
        if value == "decide":
            return queryset.to_decide(self.request.user, clock.today())
        return queryset.waiting() if value == "waiting" else queryset.untold()


class RiskFilter(HouseFilterSet):
    """排查化解查询."""

    q = NameFilter(method="find", label="编号、摘要、反映人", max_length=60)
    village = village_filter()
    alert = choice_filter([*Level.choices, ("any", "有预警的")], "预警", method="at_alert")
    resolved = choice_filter(RESOLVED, "化解情况", method="in_resolution")
    kind = choice_filter(Grievance.Kind.choices, "性质")
    department = row_filter(departments_of, "承办单位")
    registered_from = day_filter("registered_on", "gte", "登记起始")
    registered_to = day_filter("registered_on", "lte", "登记截止")
    closed_from = day_filter("closed_out_on", "gte", "销号起始")
    closed_to = day_filter("closed_out_on", "lte", "销号截止")

    find = LedgerFilter.find
    at_alert = LedgerFilter.at_alert

    class Meta:
        model = Grievance
        fields = []

    def period(self) -> str:
        """The days of registration asked for."""
        return LedgerFilter.period(self)

    def in_resolution(self, queryset, name, value):
        """未化解 is what is on its way; 已化解 is settled; 销号 comes from the ledger."""
        if value == "open":
            return queryset.open()
        if value == "closed_out":
            return queryset.awaiting("closed_out")
        return queryset.settled().exclude(status="closed_out")
