"""Query blocks of what comes after settling: 回头看, 回访抽样; and what the ledger's own block asks of it."""

import calendar

import django_filters

from liaison import clock
from liaison.filters import HouseFilterSet
from liaison.forms import DateInput
from visits.filters import IdFilter, day_filter, teams_of, villages_of

from .models import FollowUpSample, LookBack, LookBackDraw, SampledMatter

BOOK = [("on", "挂账中"), ("due", "复查日已到")]
LOOKS = [
    ("due", "到期待看"), ("settled_due", "到期待看(不含挂账)"), ("waiting", "还没有看的"), ("done", "看过的"),
]  # fmt: skip


class MonthInput(DateInput):
    """The browser's month picker; 2026-11 by hand where it has none."""

    input_type = "month"

    def __init__(self):
        super().__init__()
        self.format = "%Y-%m"


def choices(asked, label, **more):
    """One of a few, or all."""
    return django_filters.ChoiceFilter(choices=asked, label=label, empty_label="全部", **more)


class EndFilters(HouseFilterSet):
    """What the ledger asks about 挂账, samples and 待重办; figures and the desk link by these names."""

    book = choices(BOOK, "挂账", method="on_book")
    sampled = choices([("mine", "抽样中待我回访的")], "回访抽样", method="asked_by_me")
    redo = choices([("1", "不满意、反弹，待重办")], "待重办", method="called_for")

    def on_book(self, queryset, name, value):
        """挂账, or its review day has come."""
        return queryset.on_book() if value == "on" else queryset.book_due(clock.today())

    def asked_by_me(self, queryset, name, value):
        """Drawn, and given to the reader to ask about."""
        return queryset.to_ask_by(self.request.user)

    def called_for(self, queryset, name, value):
        """To be reopened, or answered for in writing."""
        return queryset.called_for()


class LookBackFilter(HouseFilterSet):
    """回头看: of a month and a village, as its monthly list is made."""

    month = django_filters.DateFilter(
        label="月份", method="in_month", widget=MonthInput, input_formats=["%Y-%m"]
    )
    village = django_filters.ModelChoiceFilter(
        field_name="grievance__village", queryset=villages_of, label="村(社区)", empty_label="全部"
    )
    why = choices(LookBack.Why.choices, "缘由")
    state = choices(LOOKS, "进展", method="in_state")
    found = choices(LookBack.Found.choices, "情况")
    draw = IdFilter("draw", label="抽查")

    class Meta:
        model = LookBack
        fields = []

    def in_month(self, queryset, name, value):
        """Due within a calendar month."""
        last = calendar.monthrange(value.year, value.month)[1]
        return queryset.filter(due_on__range=(value, value.replace(day=last)))

    def in_state(self, queryset, name, value):
        """Due, not looked at, or done."""
        if value == "done":
            return queryset.exclude(done_on=None)
        if value == "waiting":
            return queryset.waiting()
        due = queryset.due(clock.today())
        return due if value == "due" else due.exclude(why=LookBack.Why.ON_BOOK)

    def period(self) -> str:
        """The month asked for."""
        month = self.form.cleaned_data.get("month")
        return f"{month:%Y年%m月}" if month else "全部"


class LookBackDrawFilter(HouseFilterSet):
    """抽查回头看, by the month it was drawn in."""

    month = django_filters.DateFilter(label="抽查月份", widget=MonthInput, input_formats=["%Y-%m"])

    class Meta:
        model = LookBackDraw
        fields = []


class SampleFilter(HouseFilterSet):
    """回访抽样."""

    team = django_filters.ModelChoiceFilter(queryset=teams_of, label="团队", empty_label="全部")
    from_day = day_filter("ends_on", "gte", "办结日期自")
    to_day = day_filter("starts_on", "lte", "办结日期至")

    class Meta:
        model = FollowUpSample
        fields = []


class SampledFilter(HouseFilterSet):
    """One sample's matters."""

    state = choices(SampledMatter.State.choices, "进展")
    given_to = IdFilter("given_to", label="回访人")

    class Meta:
        model = SampledMatter
        fields = []
