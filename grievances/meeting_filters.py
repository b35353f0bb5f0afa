"""Query block of meetings."""

from liaison import clock
from liaison.filters import HouseFilterSet
from visits.filters import day_filter, village_filter

from .filters import choice_filter
from .models import Meeting

STATES = [("planned", "待召开"), ("unwritten", "待我记录的"), ("held", "已召开")]


class MeetingFilter(HouseFilterSet):
    """会议查询."""

    kind = choice_filter(Meeting.Kind.choices, "会议类别")
    village = village_filter()
    state = choice_filter(STATES, "状态", method="in_state")
    on_from = day_filter("on", "gte", "起始日期")
    on_to = day_filter("on", "lte", "截止日期")

    class Meta:
        model = Meeting
        fields = []

    def in_state(self, queryset, name, value):
        """Planned, held, or planned for a day that has come."""
        if value == "unwritten":
            return queryset.kept_by(self.request.user).to_be_held(clock.today())
        return queryset.filter(status=value)
