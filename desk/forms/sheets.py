"""Which days' sheets are printed, and which edition is being entered."""

from django import forms

from liaison.forms import ChooseManyField, DateInput
from visits.models import LiaisonSession

MOST = 60  # sheets in one go: more villages than a township has


class SheetDayForm(forms.Form):
    """The day whose sheets are looked at; empty for the next one."""

    on = forms.DateField(label="驻点日期", required=False, widget=DateInput)


class ChosenDaysForm(forms.Form):
    """Ticked liaison days; a day of another's territory is none of the choices."""

    days = ChooseManyField(
        LiaisonSession.objects.none(),
        required=False,
        error_messages={"invalid_choice": "所选的驻点日有的不在您的工作范围内，请重新选择。"},
    )

    def __init__(self, *args, rows, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["days"].queryset = rows

    def clean_days(self):
        """Bounded, in administrative order."""
        days = self.cleaned_data["days"]
        if len(days) > MOST:
            raise forms.ValidationError(f"一次最多打印{MOST}份，请分两次打印。")
        return days.order_by("on", "village__code", "starts_at", "pk")


class EditionForm(forms.Form):
    """版次; the newest when nothing is said."""

    sheet = forms.IntegerField(required=False, min_value=1, max_value=9999)
