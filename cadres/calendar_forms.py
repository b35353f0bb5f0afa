"""Forms of the 工作日历."""

from crispy_forms.layout import Div, Layout
from django import forms

from cadres.models import CalendarDay
from liaison.forms import CreateFormMixin, DateInput

EARLIEST, LATEST = 2004, 2100


class YearForm(forms.Form):
    """Which year is looked at."""

    year = forms.IntegerField(min_value=EARLIEST, max_value=LATEST)


class LocalDayForm(CreateFormMixin):
    """A day of the township's own."""

    on = forms.DateField(label="日期", widget=DateInput)
    kind = forms.ChoiceField(
        label="类型", choices=[("holiday", "放假"), ("workday", "上班")], widget=forms.RadioSelect
    )
    name = forms.CharField(
        label="名称", max_length=30, help_text="如：庙会、抗旱、县里统一安排；显示在日历上"
    )
    # What the person was shown would move; another answer is shown first.
    seen = forms.CharField(label="已看过的变动", required=False, widget=forms.HiddenInput)

    @property
    def helper(self):
        """The visible fields, the hidden ones behind."""
        helper = super().helper
        helper.render_hidden_fields = True
        helper.layout = Layout(Div("on", "kind", "name"))
        return helper

    def is_workday(self) -> bool:
        """Whether the day is to be worked."""
        return self.cleaned_data["kind"] == CalendarDay.Kind.WORKDAY
