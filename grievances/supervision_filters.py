"""Query block of 督办."""

from liaison import clock
from liaison.filters import HouseFilterSet
from visits.filters import day_filter, village_filter

from .filters import choice_filter, departments_of, row_filter
from .models import Supervision
from .models.supervision import SupervisionLevel

STATES = [
    ("waiting", "待回复"),
    ("mine", "待我单位回复"),
    ("late", "回复超期"),
    ("replied", "已回复，未解除"),
    ("force", "进行中"),
    ("ended", "已解除或已升级"),
]


class SupervisionFilter(HouseFilterSet):
    """督办查询."""

    state = choice_filter(STATES, "情况", method="in_state")
    level = choice_filter(SupervisionLevel.choices, "级别")
    village = village_filter()
    department = row_filter(departments_of, "承办单位")
    asked_from = day_filter("asked_on", "gte", "督办起始")
    asked_to = day_filter("asked_on", "lte", "督办截止")

    class Meta:
        model = Supervision
        fields = []

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.filters["village"].field_name = "grievance__village"

    def in_state(self, queryset, name, value):
        """As the desk counts them."""
        if value == "mine":
            return queryset.to_answer_by(self.request.user)
        if value == "late":
            return queryset.late(clock.today())
        if value == "waiting":
            return queryset.waiting()
        if value == "ended":
            return queryset.exclude(lifted_on=None)
        rows = queryset.in_force()
        return rows.exclude(replied_on=None) if value == "replied" else rows
