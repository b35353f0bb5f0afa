"""What is asked of papers: how they leave, of which days, of whose team."""

import datetime as dt

from django import forms

from cadres.models import LiaisonTeam
from desk.papers.kinds import OF_A_DAY
from liaison.documents.ways import DOCX, PAGE, WayForm
from liaison.forms import DateInput, HouseFormMixin

MOST_DAYS = 366


class MeetingDayForm(WayForm):
    """The date of a meeting."""

    on = forms.DateField(label="日期", required=False, widget=DateInput)


class SpanForm(HouseFormMixin, forms.Form):
    """From a day to a day."""

    from_ = forms.DateField(label="起始日期", widget=DateInput)
    to = forms.DateField(label="截止日期", widget=DateInput)
    format = forms.ChoiceField(
        choices=[("", ""), (PAGE, "打印"), (DOCX, ".docx")],
        required=False,
        widget=forms.HiddenInput,
    )

    def add_prefix(self, field_name):
        """「from」 is a word of Python and none of addresses."""
        return super().add_prefix(field_name.rstrip("_"))

    def clean(self):
        """Forwards, and no more than a year."""
        said = super().clean()
        start, end = said.get("from_"), said.get("to")
        if start and end and not dt.timedelta(0) <= end - start < dt.timedelta(days=MOST_DAYS):
            raise forms.ValidationError("截止日期应在起始日期当天或以后，最多一年，请改正。")
        return said


class BatchForm(SpanForm):
    """Several days' papers at once."""

    team = forms.ModelChoiceField(
        LiaisonTeam.objects.none(), label="团队", required=False, empty_label="全部"
    )
    kinds = forms.MultipleChoiceField(
        label="文书",
        choices=[(kind.key, kind.title) for kind in OF_A_DAY],
        initial=[kind.key for kind in OF_A_DAY],
        widget=forms.CheckboxSelectMultiple,
    )
    field_order = ("from_", "to", "team", "kinds", "format")

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        teams = LiaisonTeam.objects.visible_to(user).for_liaison().in_order()
        self.fields["team"].queryset = teams
