"""Query block and forms of 公示."""

import re

import django_filters
from django import forms

from liaison import clock
from liaison.filters import HouseFilterSet
from liaison.forms import CreateFormMixin, DateInput

from .filters import LARGEST_ID, teams_of, village_filter
from .models import LiaisonSession
from .posting import due

STATES = (("due", "待张贴"), ("said", "已张贴"), ("all", "全部"))
WAYS = (("pdf", "PDF"), ("page", "网页"), ("chat", "群消息文字"), ("cards", "当天服务卡"))
_TICK = re.compile(r"[0-9]{1,18}:[0-9]{1,9}")
MOST = 200  # days in one go


class NoticeFilter(HouseFilterSet):
    """Which days; those whose notice is due unless asked otherwise."""

    state = django_filters.ChoiceFilter(
        choices=STATES, label="公示", empty_label=None, method="as_stated", required=False
    )
    village = village_filter()
    team = django_filters.ModelChoiceFilter(queryset=teams_of, label="团队", empty_label="全部")

    class Meta:
        model = LiaisonSession
        fields = []

    def as_stated(self, queryset, name, value):
        """By what hangs on the board."""
        if value == "said":
            return queryset.filter(said=True)
        if value == "due":
            return queryset.filter(pk__in=due(self.request.user, clock.today()).values("pk"))
        return queryset


class TicksField(forms.MultipleChoiceField):
    """Ticked days, each 「id:version」 as the page showed it."""

    def __init__(self, **kwargs):
        super().__init__(required=False, **kwargs)

    def valid_value(self, value):
        return bool(_TICK.fullmatch(value)) and int(value.partition(":")[0]) <= LARGEST_ID

    def clean(self, value):
        """{id: version}."""
        ticks = [each.split(":") for each in super().clean(value)]
        return {int(pk): int(version) for pk, version in ticks}


class TickForm(forms.Form):
    """What was ticked, one line, or every line shown; and how to print."""

    days = TicksField()
    shown = TicksField()
    one = TicksField()
    every = forms.BooleanField(required=False)
    way = forms.ChoiceField(choices=WAYS, required=False)

    def chosen(self) -> dict[int, int]:
        """{session id: version}, MOST at the most; a print without a tick is of every line shown."""
        said = self.cleaned_data
        every = said["every"] or (said["way"] and not said["days"])
        picked = said["one"] or (said["shown"] if every else said["days"])
        return dict(list(picked.items())[:MOST])


class NoticePolicyForm(CreateFormMixin):
    """How many days ahead, from when."""

    days = forms.IntegerField(
        label="提前天数", min_value=1, max_value=30, help_text="自然日；驻点日前几天要贴出公示"
    )
    days_moved = forms.IntegerField(
        label="改期提前天数", min_value=1, max_value=30, help_text="改期、换地点的要更早告知"
    )
    since = forms.DateField(label="启用日期", widget=DateInput)

    def facts(self):
        """What the verb takes."""
        return {name: self.cleaned_data[name] for name in ("days", "days_moved", "since")}
