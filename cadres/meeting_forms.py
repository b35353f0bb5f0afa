"""Forms, query block and sheet of 例会安排."""

import django_filters
from crispy_forms.layout import Div, Layout
from django import forms

from cadres.models import StandingMeeting
from cadres.rhythm_forms import RecurringFields
from liaison.excel import Column, Export
from liaison.filters import HouseFilterSet
from liaison.forms import CreateFormMixin, VersionFormMixin


class MeetingFields(RecurringFields):
    """Name, time and place of a meeting."""

    name = forms.CharField(
        label="会议名称", max_length=40, help_text="如：调度会、民情分析会、工作点评会"
    )
    place = forms.CharField(label="地点", max_length=100, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["rhythm"].label = "开会时间"
        self.fields["rhythm"].help_text = "照平时的说法写，如“每月25日”“每月第一个周一”"

    @property
    def helper(self):
        """Short fields side by side where there is room."""
        helper = super().helper
        helper.render_hidden_fields = True
        helper.layout = Layout(
            Div("name", "place", css_class="form-grid"),
            Div("rhythm", "starts_at", "ends_at", css_class="form-grid"),
            Div("holiday_rule", "make_up_weekday", css_class="form-grid"),
            Div("valid_from", "valid_to", css_class="form-grid"),
        )
        return helper

    def facts(self) -> dict:
        """What the verbs take."""
        own = {name: self.cleaned_data[name] for name in ("name", "place")}
        return own | self.recurring()


class NewMeetingForm(CreateFormMixin, MeetingFields):
    """A meeting to be made."""


class ChangeMeetingForm(VersionFormMixin, MeetingFields):
    """A meeting to be changed."""


class MeetingFilter(HouseFilterSet):
    """By name."""

    q = django_filters.CharFilter("name", lookup_expr="icontains", label="会议名称")

    class Meta:
        model = StandingMeeting
        fields = []


class MeetingExport(Export):
    """例会安排."""

    title = "例会安排一览表"
    file_word = "例会安排"
    columns = (
        Column("会议名称", "name", 20),
        Column("时间", "in_words", 30),
        Column("地点", "place", 24),
        Column("遇节假日", "holiday_in_words", 16),
        Column("生效日期", "valid_from", 12, "date"),
        Column("截止日期", "valid_to", 12, "date"),
    )
