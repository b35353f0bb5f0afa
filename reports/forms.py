"""Which period the dashboard is asked for."""

from django import forms

from grievances.models import Grievance
from liaison.forms import CreateFormMixin, DateInput, HouseFormMixin

from . import periods
from .models import ReportPolicy

YEARS_OFFERED = 3


class FormatForm(forms.Form):
    """A page, or the workbook of what it shows."""

    format = forms.ChoiceField(choices=[("", ""), ("xlsx", "xlsx")], required=False)


class PeriodForm(HouseFormMixin, forms.Form):
    """A month, quarter or year to choose, or two days to fill in; nothing gives the running month.

    After ``is_valid()`` there are ``.period`` and ``.policy``, the definitions in force in it.
    """

    period = forms.CharField(label="期间", required=False, max_length=30, widget=forms.Select)
    start = forms.DateField(label="或起始日期", required=False, widget=DateInput)
    end = forms.DateField(label="截止日期", required=False, widget=DateInput)
    kind = forms.ChoiceField(
        label="诉求性质", required=False, choices=[("", "全部"), *Grievance.Kind.ordinary()]
    )
    format = forms.ChoiceField(
        choices=[("", ""), ("xlsx", "xlsx")], required=False, widget=forms.HiddenInput
    )

    def __init__(self, data, *, townships, today):
        super().__init__(data)
        self.townships, self.today = townships, today
        self.period = self.policy = None
        self.fields["period"].widget.choices = self._choices()

    def clean(self):
        """Work out the period under the definitions that were in force in it."""
        data = super().clean()
        if self.errors:
            return data
        if (data["start"] is None) != (data["end"] is None):
            raise forms.ValidationError("起始日期和截止日期请都填写，或都不填。")
        try:
            self._settle_on(self._asked(data))
        except periods.NotAPeriod as wrong:
            raise forms.ValidationError(str(wrong)) from wrong
        return data

    def _asked(self, data):
        if data["start"]:
            return f"{data['start']}..{data['end']}"
        if data["period"]:
            return data["period"]
        now = ReportPolicy.objects.in_force(self.today, self.townships)
        return periods.month_of(self.today, now.month_first_day).key

    def _settle_on(self, text):
        self.policy = ReportPolicy.objects.in_force(periods.named_day(text), self.townships)
        self.period = periods.parse(text, self.policy.month_first_day)

    def _choices(self):
        """Months, quarters and years back from today; a period asked for otherwise joins them."""
        months = months_back(self.today)
        quarters = list(dict.fromkeys(f"{m[:4]}Q{(int(m[5:]) + 2) // 3}" for m in months))
        years = list(dict.fromkeys(m[:4] for m in months))
        groups = [("月", months), ("季度", quarters), ("年", years)]
        asked = str(self.data.get("period") or "")[:30]
        if asked and not any(asked in keys for _, keys in groups):
            groups.append(("所查", [asked]))
        return [("", "本月")] + [
            (name, [(key, _name(key)) for key in keys]) for name, keys in groups
        ]


class MonthForm(HouseFormMixin, forms.Form):
    """One month; nothing gives the running one. After ``is_valid()`` there are ``.period`` and ``.policy``."""

    month = forms.CharField(label="月份", required=False, max_length=30, widget=forms.Select)
    format = forms.ChoiceField(
        choices=[("", ""), ("xlsx", "xlsx"), ("docx", "docx"), ("page", "page")],
        required=False,
        widget=forms.HiddenInput,
    )

    def __init__(self, data, *, townships, today):
        super().__init__(data)
        self.townships, self.today = townships, today
        self.period = self.policy = None
        asked = str(self.data.get("month") or "")[:30]
        choices = [("", "本月"), *((key, _name(key)) for key in months_back(today))]
        if asked and asked not in dict(choices):
            choices.append((asked, _name(asked)))
        self.fields["month"].widget.choices = choices

    def clean_month(self):
        """A month, under the definitions that were in force in it; no quarter and no year."""
        text = self.cleaned_data["month"]
        now = ReportPolicy.objects.in_force(self.today, self.townships)
        text = text or periods.month_of(self.today, now.month_first_day).key
        if not periods.is_month(text):
            raise forms.ValidationError("月份请写成 2026-10。")
        try:
            self.policy = ReportPolicy.objects.in_force(periods.named_day(text), self.townships)
        except periods.NotAPeriod as wrong:
            raise forms.ValidationError(str(wrong)) from wrong
        self.period = periods.parse(text, self.policy.month_first_day)
        return text


def months_back(today) -> list[str]:
    """Keys of the months offered, this one first."""
    last = today.year * 12 + today.month - 1
    back = [divmod(last - n, 12) for n in range(12 * YEARS_OFFERED)]
    return [f"{year}-{month + 1:02}" for year, month in back]


class DefinitionForm(CreateFormMixin):
    """统计口径 from a day on."""

    since = forms.DateField(
        label="启用日期", widget=DateInput, help_text="须晚于今天。期间按它的第一天所在日期取口径。"
    )
    month_first_day = forms.IntegerField(
        label="统计月起始日",
        min_value=1,
        max_value=28,
        initial=1,
        help_text="填19即上月19日至本月18日。改动起始日的当月与上月会有重叠。",
    )
    weight_basically = forms.DecimalField(
        label="基本满意权重",
        min_value=0,
        max_value=1,
        max_digits=3,
        decimal_places=2,
        initial="0.9",
        help_text="满意率 =（满意 + 权重 × 基本满意）÷ 有效回访。",
    )
    basis = forms.CharField(label="依据", max_length=100, required=False)

    def facts(self) -> dict:
        """What reports.actions.define takes."""
        return {name: value for name, value in self.cleaned_data.items() if name != "form_key"}


def _name(key):
    try:
        return periods.parse(key).name
    except periods.NotAPeriod:
        return key
