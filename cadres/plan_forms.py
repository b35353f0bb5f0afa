"""Forms and query block of 驻点安排."""

import django_filters
from crispy_forms.layout import Div, Layout
from django import forms

from cadres.actions.plans import FIELDS
from cadres.models import LiaisonPlan, LiaisonTeam
from liaison.filters import HouseFilterSet
from liaison.forms import CreateFormMixin, DateInput, HouseFormMixin, TimeInput, VersionFormMixin
from villages.models import Village

Recurrence = LiaisonPlan.Recurrence
WEEKDAYS = [("", "请选择"), *((n, f"周{name}") for n, name in enumerate("一二三四五六日"))]
EARLIEST, LATEST = 2004, 2100  # years anybody could mean


class PlanFields(HouseFormMixin, forms.Form):
    """The three fixed; ``user`` bounds what can be chosen."""

    team = forms.ModelChoiceField(LiaisonTeam.objects.none(), label="团队", empty_label="请选择")
    village = forms.ModelChoiceField(
        Village.objects.none(), label="村(社区)", empty_label="请选择", help_text="团队联系的村"
    )
    place = forms.CharField(
        label="驻点地点", max_length=100, required=False, help_text="不填即为村(社区)办公地点"
    )
    recurrence = forms.ChoiceField(label="周期", choices=Recurrence)
    weekday = forms.TypedChoiceField(
        label="星期",
        choices=WEEKDAYS,
        coerce=int,
        empty_value=None,
        required=False,
        help_text="周期为“每月固定日”时不用填",
    )
    month_day = forms.IntegerField(
        label="每月几日",
        min_value=1,
        max_value=31,
        required=False,
        help_text="周期为“每月固定日”时填写；当月没有这一天的，取当月最后一天",
    )
    starts_at = forms.TimeField(label="开始时间", widget=TimeInput)
    ends_at = forms.TimeField(label="结束时间", widget=TimeInput)
    holiday_rule = forms.ChoiceField(
        label="遇节假日",
        choices=LiaisonPlan.HolidayRule,
        help_text="顺延到的那天本来就驻点的，并作一次；“每月第一个为工作日的星期几”不受此项影响",
    )
    valid_from = forms.DateField(label="生效日期", widget=DateInput)
    valid_to = forms.DateField(
        label="截止日期", widget=DateInput, required=False, help_text="不填即长期有效"
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["team"].queryset = (
            LiaisonTeam.objects.visible_to(user).for_liaison().filter(is_active=True).in_order()
        )
        self.fields["village"].queryset = Village.objects.visible_to(user).in_order()

    @property
    def helper(self):
        """Short fields side by side where there is room."""
        helper = super().helper
        helper.render_hidden_fields = True
        helper.layout = Layout(
            Div("team", "village", "place", css_class="form-grid"),
            Div("recurrence", "weekday", "month_day", css_class="form-grid"),
            Div("starts_at", "ends_at", "holiday_rule", css_class="form-grid"),
            Div("valid_from", "valid_to", css_class="form-grid"),
        )
        return helper

    def clean(self):
        """The day belongs to the rhythm; ends come after beginnings."""
        data = super().clean()
        self._clean_rhythm(data)
        for name in ("valid_from", "valid_to"):
            if data.get(name) and not EARLIEST <= data[name].year <= LATEST:
                self.add_error(name, f"年份应在{EARLIEST}至{LATEST}之间。")
        if _wrong_way(data, "starts_at", "ends_at"):
            self.add_error("ends_at", "结束时间应晚于开始时间。")
        if _before(data, "valid_to", "valid_from"):
            self.add_error("valid_to", "截止日期不能早于生效日期。")
        return data

    def _clean_rhythm(self, data):
        needed, other = ("weekday", "month_day")
        if data.get("recurrence") == Recurrence.MONTHLY_DAY:
            needed, other = other, needed
        if data.get("recurrence") and needed not in self.errors and data.get(needed) is None:
            self.add_error(needed, "这种周期需要填写此项。")
        data[other] = None
        self.errors.pop(other, None)

    def facts(self) -> dict:
        """What the verbs take."""
        return {name: self.cleaned_data[name] for name in FIELDS}


def _wrong_way(data, first, last):
    return data.get(first) and data.get(last) and data[last] <= data[first]


def _before(data, first, last):
    return data.get(first) and data.get(last) and data[first] < data[last]


class NewPlanForm(CreateFormMixin, PlanFields):
    """A plan to be made."""


class ChangePlanForm(VersionFormMixin, PlanFields):
    """A plan to be changed."""

    def __init__(self, *args, plan, **kwargs):
        super().__init__(*args, **kwargs)
        # A plan of a team no longer in use can still be ended.
        teams = self.fields["team"].queryset.model.objects
        self.fields["team"].queryset |= teams.visible_to(kwargs["user"]).filter(pk=plan.team_id)


class PlanFilter(HouseFilterSet):
    """By village, by team."""

    village = django_filters.ModelChoiceFilter(
        queryset=lambda request: Village.objects.visible_to(request.user).in_order(),
        label="村(社区)",
        empty_label="全部",
    )
    team = django_filters.ModelChoiceFilter(
        queryset=lambda request: (
            LiaisonTeam.objects.visible_to(request.user).for_liaison().in_order()
        ),
        label="团队",
        empty_label="全部",
    )

    class Meta:
        model = LiaisonPlan
        fields = []
