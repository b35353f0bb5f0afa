"""报告情况: what a village contact heard in one of his households."""

from django import forms

from liaison.forms import CreateFormMixin, DateInput
from visits.actions.reporting import WAYS
from visits.models import Visit

EARLIEST = "2000-01-01"
LONGEST = 2000


class ReportForm(CreateFormMixin):
    """When, how, what; two ticks. What was said is asked only of a matter."""

    said = forms.CharField(
        label="听到的情况", required=False, max_length=LONGEST, widget=forms.Textarea({"rows": 4})
    )
    nothing_asked = forms.BooleanField(label="无诉求", required=False)
    asks = forms.BooleanField(
        label="请登记为诉求", required=False,
        help_text="需要镇里、村里办的勾选，编号和办理情况在“我反映的诉求”里看。",
    )  # fmt: skip
    mode = forms.ChoiceField(
        label="怎么了解到的", initial=Visit.Mode.HOME, widget=forms.RadioSelect,
        choices=[(way.value, way.label) for way in WAYS],
    )  # fmt: skip
    occurred_on = forms.DateField(label="哪一天", widget=DateInput)

    def clean_occurred_on(self):
        """Refuse a year nobody means."""
        on = self.cleaned_data["occurred_on"]
        if str(on) < EARLIEST:
            raise forms.ValidationError("请核对日期的年份。")
        return on

    def clean(self):
        """Something was heard, or there was nothing to ask; a matter is told in words."""
        data = super().clean()
        said = (data.get("said") or "").strip()
        if data.get("asks") and not said:
            self.add_error("said", "请写一句话：想请镇里、村里办什么。")
        elif not said and not data.get("nothing_asked") and "said" not in self.errors:
            self.add_error("said", "请写听到的情况；没有事的勾选“无诉求”。")
        if data.get("asks") and data.get("nothing_asked"):
            self.add_error("nothing_asked", "已请登记为诉求，请去掉“无诉求”。")
        return data

    def facts(self) -> dict:
        """What the verb takes."""
        names = ("said", "nothing_asked", "asks", "mode", "occurred_on")
        return {name: self.cleaned_data[name] for name in names}
