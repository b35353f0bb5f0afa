"""Forms of visits and of days called off."""

from django import forms

from cadres.calendar_forms import EARLIEST as EARLIEST_YEAR
from cadres.calendar_forms import LATEST as LATEST_YEAR
from cadres.models import LiaisonTeam
from liaison.forms import CreateFormMixin, DateInput, VersionFormMixin
from villages.models import Village

from .finding import in_words
from .models import Visit
from .naming import NamesHousehold
from .widgets import HouseholdInput

EARLIEST = "2000-01-01"  # older is a slip of the finger; no office keeps such notes
LONGEST = 2000


class VisitFields(NamesHousehold, forms.Form):
    """What is written of one visit; who was met is all that must be said."""

    occurred_on = forms.DateField(label="发生日期", widget=DateInput)
    village = forms.ModelChoiceField(Village.objects.none(), label="村(社区)", empty_label="请选择")
    mode = forms.ChoiceField(label="方式", choices=Visit.Mode.choices, initial=Visit.Mode.EVENING)
    household = forms.CharField(label="户", required=False, max_length=60, widget=HouseholdInput)
    visitor = forms.CharField(
        label="来访人", required=False, max_length=50, help_text="不在花名册上的人；可写“匿名”。"
    )
    persons = forms.IntegerField(
        label="人数", required=False, min_value=1, max_value=9999, initial=1
    )
    said = forms.CharField(
        label="反映情况",
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 3}),
    )
    nothing_asked = forms.BooleanField(label="无诉求", required=False)

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.offer_villages(user, "visits.log")
        self.fields["occurred_on"].widget.attrs["min"] = EARLIEST

    def clean_occurred_on(self):
        on = self.cleaned_data["occurred_on"]
        if str(on) < EARLIEST:
            raise forms.ValidationError("请核对发生日期的年份。")
        return on

    def clean_persons(self):
        return self.cleaned_data["persons"] or 1

    def clean(self):
        """Somebody was met."""
        data = super().clean()
        named = data.get("visitor") or self.household_said
        if not named and not {"household", "visitor"} & set(self.errors):
            self.add_error("household", "请填写户或来访人；不愿留名的写“匿名”。")
        return data

    def facts(self) -> dict:
        """What the verbs take."""
        return {name: self.cleaned_data[name] for name in VisitFields.base_fields}


class ChangeForm(VersionFormMixin, VisitFields):
    """A visit put right. One of a liaison day stays on that day and in that village.

    Args:
        amends: whether it is settled, so that a change needs its reason.
    """

    reason = forms.CharField(
        label="更正原因",
        max_length=200,
        widget=forms.Textarea({"rows": 2}),
        error_messages={"required": "这条记录已确认，请写明更正原因。"},
    )

    def __init__(self, *args, visit, amends=False, **kwargs):
        initial = {name: getattr(visit, name) for name in VisitFields.base_fields}
        initial |= {"version": visit.version, "village": visit.village_id}
        initial["household"] = in_words(visit.household) if visit.household else ""
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["village"].disabled = True
        self.fields["occurred_on"].disabled = visit.session_id is not None
        if not amends:
            del self.fields["reason"]


class CallOffForm(VersionFormMixin):
    """A planned day that will not be, or was not, held."""

    act = forms.ChoiceField(
        label="处理",
        choices=[("cancel", "取消这一天(不计入应驻点)"), ("missed", "标记未驻点(仍计入应驻点)")],
        widget=forms.RadioSelect,
        initial="cancel",
    )
    reason = forms.CharField(
        label="原因",
        max_length=200,
        widget=forms.Textarea({"rows": 2}),
        error_messages={"required": "请写明原因，公示和统计都要用到。"},
    )


class MonthForm(forms.Form):
    """Which month is looked at: 2026-11."""

    month = forms.DateField(input_formats=["%Y-%m"])

    def clean_month(self):
        """Its first day, of a year the calendar goes to."""
        month = self.cleaned_data["month"]
        if not EARLIEST_YEAR <= month.year <= LATEST_YEAR:
            raise forms.ValidationError("请核对年份。")
        return month


class YearPlanForm(forms.Form):
    """Whose year plan, and whether as a table or a page for each village."""

    LAYOUTS = [("table", "合成一张表"), ("pages", "每村一页")]

    village = forms.ModelChoiceField(
        Village.objects.none(), required=False, label="村(社区)", empty_label="全部"
    )
    layout = forms.ChoiceField(choices=LAYOUTS, required=False, label="版式")

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["village"].queryset = Village.objects.visible_to(user, "visits.view").in_order()

    def villages(self):
        """All that may be asked for, in order."""
        return self.fields["village"].queryset


class FeedForm(CreateFormMixin):
    """Whose days a calendar feed holds: a team's, or one's own; a page holds many of these."""

    team = forms.ModelChoiceField(
        LiaisonTeam.objects.none(), required=False, label="团队", widget=forms.HiddenInput
    )

    def __init__(self, *args, user=None, team=None, **kwargs):
        super().__init__(*args, auto_id=False, initial={"team": team}, **kwargs)
        if user:
            self.fields["team"].queryset = LiaisonTeam.objects.followed_by(user)
