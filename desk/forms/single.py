"""Forms of single days, and of the matters taken along."""

from django import forms

from cadres.models import LiaisonTeam
from grievances.models import Grievance
from liaison.forms import ChooseManyField, CreateFormMixin, DateInput, TimeInput, VersionFormMixin
from villages.models import Village
from visits.finding import Unclear, resolve
from visits.models import LiaisonSession
from visits.widgets import HouseholdInput


class VillageForm(forms.Form):
    """Which village; asked first, because teams, households and matters follow from it."""

    village = forms.ModelChoiceField(Village.objects.none(), label="村(社区)", empty_label="请选择")

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["village"].queryset = Village.objects.visible_to(user, "visits.log").in_order()


class MattersField(ChooseManyField):
    """Open matters, each with its number and summary."""

    def __init__(self, **kwargs):
        super().__init__(
            Grievance.objects.none(),
            required=False,
            widget=forms.CheckboxSelectMultiple,
            **kwargs,
        )

    def label_from_instance(self, obj):
        return f"{obj.number} {obj.summary}"


class SingleDayForm(CreateFormMixin):
    """A day outside the plans."""

    kind = forms.ChoiceField(
        label="形式",
        choices=[
            (value, "增加一次驻点" if value == LiaisonSession.Kind.REGULAR else label)
            for value, label in LiaisonSession.Kind.choices
        ],
        widget=forms.RadioSelect,
        initial=LiaisonSession.Kind.RECEPTION,
    )
    team = forms.ModelChoiceField(LiaisonTeam.objects.none(), label="团队", empty_label=None)
    on = forms.DateField(label="日期", widget=DateInput)
    starts_at = forms.TimeField(label="开始时间", widget=TimeInput, initial="09:00")
    ends_at = forms.TimeField(label="结束时间", widget=TimeInput, initial="11:30")
    place = forms.CharField(label="地点", max_length=100)
    household = forms.CharField(
        label="约访的户",
        required=False,
        max_length=60,
        widget=HouseholdInput,
        help_text="重点约访必填；谈心谈话可填。",
    )
    matters = MattersField(label="带去的诉求", help_text="带案下访至少选一件。")
    village = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, village, user, initial=None, **kwargs):
        given = {"place": village.office, "village": village.pk} | (initial or {})
        super().__init__(*args, initial=given, **kwargs)
        self.of_village = village
        teams = LiaisonTeam.objects.visible_to(user).for_liaison().filter(is_active=True)
        self.fields["team"].queryset = teams.filter(villages=village).in_order()
        self.fields["matters"].queryset = open_matters(user, village)
        if not self.fields["matters"].queryset.exists():
            self.fields["matters"].help_text = "这个村没有在办的诉求。"

    def clean_household(self):
        """The household of this village that was meant."""
        text = self.cleaned_data["household"]
        try:
            return resolve(self.of_village, text) if text else None
        except Unclear as unclear:
            raise forms.ValidationError(str(unclear)) from unclear

    def facts(self) -> dict:
        """What the verb takes."""
        told = self.cleaned_data
        names = ("kind", "team", "on", "starts_at", "ends_at", "place", "household")
        given = {name: told[name] for name in names}
        return given | {"village": self.of_village, "matters": list(told["matters"])}


class MattersForm(VersionFormMixin):
    """Which matters are taken along."""

    matters = MattersField(label="带去的诉求")

    def __init__(self, *args, session, user, **kwargs):
        seen = Grievance.objects.visible_to(user)
        taken = seen.filter(taken_along__session=session)
        initial = {"version": session.version, "matters": [row.pk for row in taken]}
        super().__init__(*args, initial=initial, **kwargs)
        rows = seen.filter(pk__in=taken.values("pk")) | seen.filter(
            pk__in=seen.to_take_along(session).values("pk")
        )
        self.fields["matters"].queryset = rows.order_by("registered_on", "pk")


def open_matters(user, village):
    """Open matters of a village this person sees, oldest first."""
    rows = Grievance.objects.visible_to(user).open().filter(village=village)
    return rows.order_by("registered_on", "pk")
