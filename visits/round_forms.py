"""Forms, query block and sheet of 遍访轮次."""

import django_filters
from crispy_forms.layout import Div, Layout
from django import forms

from liaison import clock
from liaison.excel import Column, Export
from liaison.filters import HouseFilterSet
from liaison.forms import ChooseManyField, CreateFormMixin, DateInput, VersionFormMixin
from villages.models import Household, Village

from .forms import EARLIEST
from .models import Visit, VisitRound
from .models.rounds import usual_modes, usual_target

COUNTABLE = [each for each in Household.Residence.choices if each[0] != "cancelled"]


class RoundFields(forms.Form):
    """When, where, whom and how."""

    name = forms.CharField(label="轮次名称", max_length=40, help_text="如：2026年第一轮遍访")
    starts_on = forms.DateField(label="起始日期", widget=DateInput)
    ends_on = forms.DateField(label="截止日期", widget=DateInput, help_text="起止两天都算在内")
    target = forms.MultipleChoiceField(
        label="应走访的户",
        choices=COUNTABLE,
        initial=usual_target,
        widget=forms.CheckboxSelectMultiple,
        help_text="没有勾选的全户外出、空挂另列，已注销的不列。",
    )
    modes = forms.MultipleChoiceField(
        label="计入的方式",
        choices=Visit.Mode.choices,
        initial=usual_modes,
        widget=forms.CheckboxSelectMultiple,
        help_text="用这些方式联系到的户，算本轮已走访；同一户多次只算一户。",
    )
    villages = ChooseManyField(
        Village.objects.none(),
        label="村(社区)",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="一个都不勾选，就是全部村(社区)。",
    )

    def __init__(self, *args, township, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["villages"].queryset = township.villages.in_order()
        for name in ("starts_on", "ends_on"):
            self.fields[name].widget.attrs["min"] = EARLIEST

    @property
    def helper(self):
        """Days side by side; choices in columns."""
        helper = super().helper
        helper.render_hidden_fields = True
        helper.layout = Layout(
            Div("name", "starts_on", "ends_on", css_class="form-grid"),
            Div("target", css_class="boxes-in-line"),
            Div("modes", css_class="boxes-in-line"),
            Div("villages", css_class="boxes-in-line"),
        )
        return helper

    def clean(self):
        """The days stand the right way round, in years anybody keeps notes of."""
        data = super().clean()
        start, end = data.get("starts_on"), data.get("ends_on")
        if start and str(start) < EARLIEST:
            self.add_error("starts_on", "请核对起始日期的年份。")
        if start and end and end < start:
            self.add_error("ends_on", "截止日期早于起始日期，请核对。")
        return data

    def facts(self) -> dict:
        """What the verbs take."""
        facts = {name: self.cleaned_data[name] for name in RoundFields.base_fields}
        return facts | {"villages": list(facts["villages"])}


class NewRoundForm(CreateFormMixin, RoundFields):
    """A round to be made."""


class ChangeRoundForm(VersionFormMixin, RoundFields):
    """A round to be changed."""

    def __init__(self, *args, visit_round, **kwargs):
        initial = {name: getattr(visit_round, name) for name in RoundFields.base_fields}
        initial |= {"version": visit_round.version, "villages": visit_round.villages.all()}
        super().__init__(*args, initial=initial, township=visit_round.township, **kwargs)


class SwitchRoundForm(VersionFormMixin):
    """A round closed, or opened again; why."""

    reason = forms.CharField(
        label="说明",
        max_length=200,
        widget=forms.Textarea({"rows": 2}),
        error_messages={"required": "请写明原因，如“本轮已走完”。"},
    )


class RoundFilter(HouseFilterSet):
    """By name and state."""

    q = django_filters.CharFilter("name", lookup_expr="icontains", label="轮次名称")
    state = django_filters.ChoiceFilter(
        choices=[
            ("running", "进行中"), ("ahead", "未开始"), ("past", "已到期"), ("closed", "已结束"),
        ],
        label="状态",
        empty_label="全部",
        method="in_state",
    )  # fmt: skip

    class Meta:
        model = VisitRound
        fields = []

    def in_state(self, queryset, name, value):
        """Under way, to come, over, or closed."""
        today = clock.today()
        sets = {
            "running": lambda: queryset.running(today),
            "past": lambda: queryset.past(today),
            "ahead": lambda: queryset.open().filter(starts_on__gt=today),
        }
        return sets.get(value, lambda: queryset.exclude(closed_on=None))()


class RoundExport(Export):
    """遍访轮次."""

    title = "遍访轮次一览表"
    file_word = "遍访轮次"
    columns = (
        Column("轮次名称", "name", 24),
        Column("起始日期", "starts_on", 12, "date"),
        Column("截止日期", "ends_on", 12, "date"),
        Column("村(社区)", lambda row: row.places, 30),
        Column("应走访的户", "target_words", 18),
        Column("计入的方式", "modes_words", 30),
        Column("结束日期", "closed_on", 12, "date"),
        Column("说明", "close_reason", 24),
    )

    def __init__(self, *, queryset, **kwargs):
        super().__init__(queryset=queryset.prefetch_related("villages"), **kwargs)
