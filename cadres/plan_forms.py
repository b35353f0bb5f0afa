"""Forms and query block of 驻点安排."""

import django_filters
from crispy_forms.layout import Div, Layout
from django import forms

from cadres import rota
from cadres.models import LiaisonPlan, LiaisonTeam
from cadres.rhythm_forms import RecurringFields
from liaison.filters import HouseFilterSet
from liaison.forms import CreateFormMixin, VersionFormMixin
from villages.models import Village

MOST_NOTICE_DAYS = 30


class PlanFields(RecurringFields):
    """The three fixed; ``user`` bounds what can be chosen, ``on`` names the holders of posts."""

    team = forms.ModelChoiceField(LiaisonTeam.objects.none(), label="团队", empty_label="请选择")
    village = forms.ModelChoiceField(
        Village.objects.none(), label="村(社区)", empty_label="请选择", help_text="团队联系的村"
    )
    place = forms.CharField(
        label="驻点地点", max_length=100, required=False, help_text="不填即为村(社区)办公地点"
    )
    turns = forms.CharField(
        label="轮值次序",
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 4}),
        help_text="只有轮值才填：一行一轮，写岗位或姓名；同一天几个人用“、”分开；固定在某一天的在行末写“周一”。"
        "不填即按团队中责任人、成员的先后",
    )
    notice_days = forms.IntegerField(
        label="提前几天公示",
        min_value=0,
        max_value=MOST_NOTICE_DAYS,
        required=False,
        help_text="不填即按本镇规定；改期的至少提前三天",
    )
    # What the clerk was warned of when he pressed the button: asked again only if it changes.
    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def __init__(self, *args, user, on, **kwargs):
        super().__init__(*args, **kwargs)
        self.on = on
        self.fields["team"].queryset = (
            LiaisonTeam.objects.visible_to(user).for_liaison().filter(is_active=True).in_order()
        )
        self.fields["village"].queryset = Village.objects.visible_to(user).in_order()

    @property
    def helper(self):
        """Short fields side by side where there is room."""
        helper = super().helper
        helper.render_hidden_fields = True
        helper.layout = Layout(
            Div("team", "village", "place", css_class="form-grid"),
            Div("rhythm", "starts_at", "ends_at", css_class="form-grid"),
            Div("holiday_rule", "make_up_weekday", "notice_days", css_class="form-grid"),
            Div("valid_from", "valid_to", css_class="form-grid"),
            "turns",
        )
        return helper

    def clean(self):
        """A rota's turns are read once the team is known."""
        data = super().clean()
        self._read_turns(data)
        return data

    def _read_turns(self, data):
        text, data["turns"] = data.get("turns") or "", ()
        if not data.get("rhythm") or data["rhythm"].recurrence != LiaisonPlan.Recurrence.ROTA:
            return
        if data.get("team"):
            try:
                data["turns"] = rota.read_turns(text, data["team"], self.on)
            except rota.UnclearTurns as unclear:
                self.add_error("turns", str(unclear))

    def content(self):
        """Without the mark of the warnings."""
        return [pair for pair in super().content() if pair[0] != "seen"]

    def facts(self) -> dict:
        """What the verbs take, turns apart."""
        own = ("team", "village", "place", "notice_days")
        return {name: self.cleaned_data[name] for name in own} | self.recurring()

    def plan(self) -> LiaisonPlan:
        """The plan as it would be, unsaved."""
        plan = LiaisonPlan(**self.facts())
        plan.proposed_turns = self.cleaned_data["turns"]
        return plan


class NewPlanForm(CreateFormMixin, PlanFields):
    """A plan to be made."""


class ChangePlanForm(VersionFormMixin, PlanFields):
    """A plan to be changed."""

    def __init__(self, *args, plan, **kwargs):
        super().__init__(*args, **kwargs)
        # A plan of a team no longer in use can still be ended.
        teams = self.fields["team"].queryset.model.objects
        self.fields["team"].queryset |= teams.visible_to(kwargs["user"]).filter(pk=plan.team_id)


class PlanFilter(HouseFilterSet):
    """By village, by team."""

    village = django_filters.ModelChoiceFilter(
        queryset=lambda request: Village.objects.visible_to(request.user).in_order(),
        label="村(社区)",
        empty_label="全部",
    )
    team = django_filters.ModelChoiceFilter(
        queryset=lambda request: (
            LiaisonTeam.objects.visible_to(request.user).for_liaison().in_order()
        ),
        label="团队",
        empty_label="全部",
    )

    class Meta:
        model = LiaisonPlan
        fields = []
