"""Visits outside a liaison day as one form: the village, the day, and the same rows."""

from django import forms

from liaison.forms import CreateFormMixin, DateInput
from villages.models import Village
from visits.finding import in_words
from visits.forms import EARLIEST
from visits.models import Visit

from .rows_page import RowsPage


class OutsideForm(CreateFormMixin):
    """Where and when it was; any day up to today."""

    village = forms.ModelChoiceField(Village.objects.none(), label="村(社区)", empty_label="请选择")
    occurred_on = forms.DateField(label="发生日期", widget=DateInput)

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        villages = Village.objects.visible_to(user, "visits.log").in_order()
        self.fields["village"].queryset = villages
        self.fields["village"].widget.attrs["class"] = "form-select"
        self.fields["occurred_on"].widget.attrs |= {"class": "form-control", "min": EARLIEST}
        if not self.is_bound and len(villages[:2]) == 1:
            self.initial.setdefault("village", villages[0])

    def chosen_village(self) -> Village | None:
        """The village that was sent, if one may choose it."""
        if not self.is_bound:
            return None
        self.full_clean()
        return self.cleaned_data.get("village")

    def clean_occurred_on(self):
        """A year nobody keeps notes of is a slip of the finger."""
        on = self.cleaned_data["occurred_on"]
        if str(on) < EARLIEST:
            raise forms.ValidationError("请核对发生日期的年份。")
        return on


class OutsidePage(RowsPage):
    """The whole page: read from what was posted, or fresh.

    Args:
        user: whose villages may be chosen.
        data: request.POST; None for a fresh page.
        on: the day a fresh page begins with.
        household: whom a fresh page begins with, if it was opened from a household's own page.
    """

    def __init__(self, user, data=None, on=None, household=None):
        initial = {"occurred_on": on}
        if household:
            initial["village"] = household.village_id
        self.form = OutsideForm(data, user=user, initial=initial)
        self.read_rows(data, village=self.form.chosen_village(), mode=Visit.Mode.EVENING)
        if household and data is None:
            self.rows.forms[0].initial["household"] = in_words(household)

    def is_valid(self) -> bool:
        """Whether everything can be stored; all faults are found at once."""
        return all([self.form.is_valid(), self.rows.is_valid()])

    def content(self) -> list[tuple[str, str]]:
        """Everything that was filled in, by label, to know a repetition from a second page."""
        return [*self.form.content(), *self.content_of_rows()]
