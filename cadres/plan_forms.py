"""Forms and query block of 驻点安排."""

import django_filters
from crispy_forms.layout import Div, Layout
from django import forms

from cadres import rota
from cadres.actions.plans import FIELDS
from cadres.models import LiaisonPlan, LiaisonTeam
from cadres.rhythm import WEEKDAY_NAMES
from cadres.rhythm_field import RhythmField
from liaison.filters import HouseFilterSet
from liaison.forms import CreateFormMixin, DateInput, HouseFormMixin, TimeInput, VersionFormMixin
from villages.models import Village

WEEKDAYS = [(n, f"周{name}") for n, name in enumerate(WEEKDAY_NAMES)]
EARLIEST, LATEST = 2004, 2100  # years anybody could mean
MOST_NOTICE_DAYS = 30
# What the box offers while it is being filled in, and what its help lists: one of each kind.
EXAMPLES = (
    "每周二", "每周二、周四", "每两周的周三", "每月10日", "每月5日、15日、25日", "每月最后一天", "每月第二个周二",
    "每月上旬、下旬第一个周三", "每月第一个为工作日的周一", "每月第一个工作日", "每个工作日轮值",
    "指定2026年3月5日、4月9日",
)  # fmt: skip


class PlanFields(HouseFormMixin, forms.Form):
    """The three fixed; ``user`` bounds what can be chosen, ``on`` names the holders of posts."""

    team = forms.ModelChoiceField(LiaisonTeam.objects.none(), label="团队", empty_label="请选择")
    village = forms.ModelChoiceField(
        Village.objects.none(), label="村(社区)", empty_label="请选择", help_text="团队联系的村"
    )
    place = forms.CharField(
        label="驻点地点", max_length=100, required=False, help_text="不填即为村(社区)办公地点"
    )
    rhythm = RhythmField(
        label="驻点时间",
        help_text="照平时的说法写，如“每周二”“每月10日”；更多写法见下方",
        widget=forms.TextInput({"list": "rhythm-examples"}),
    )
    starts_at = forms.TimeField(label="开始时间", widget=TimeInput)
    ends_at = forms.TimeField(label="结束时间", widget=TimeInput)
    turns = forms.CharField(
        label="轮值次序",
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 4}),
        help_text="只有轮值才填：一行一轮，写岗位或姓名；同一天几个人用“、”分开；固定在某一天的在行末写“周一”。"
        "不填即按团队中责任人、成员的先后",
    )
    holiday_rule = forms.ChoiceField(
        label="遇节假日",
        choices=LiaisonPlan.HolidayRule,
        help_text="改到的那天本来就驻点的，并作一次；按工作日算的安排不受此项影响",
    )
    make_up_weekday = forms.TypedChoiceField(
        label="补驻在星期几",
        choices=WEEKDAYS,
        coerce=int,
        initial=5,
        required=False,
        empty_value=5,
        help_text="选“在指定的星期几补驻”时有用：节后最近的那一天，不占法定节假日",
    )
    notice_days = forms.IntegerField(
        label="提前几天公示",
        min_value=0,
        max_value=MOST_NOTICE_DAYS,
        required=False,
        help_text="不填即按本镇规定；改期的至少提前三天",
    )
    valid_from = forms.DateField(label="生效日期", widget=DateInput)
    valid_to = forms.DateField(
        label="截止日期", widget=DateInput, required=False, help_text="不填即长期有效"
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
        """Hours and holidays said in the rhythm's words count; ends come after beginnings."""
        data = super().clean()
        self._take_what_the_words_say(data)
        for name in ("valid_from", "valid_to"):
            if data.get(name) and not EARLIEST <= data[name].year <= LATEST:
                self.add_error(name, f"年份应在{EARLIEST}至{LATEST}之间。")
        if _wrong_way(data, "starts_at", "ends_at"):
            self.add_error("ends_at", "结束时间应晚于开始时间。")
        if _before(data, "valid_to", "valid_from"):
            self.add_error("valid_to", "截止日期不能早于生效日期。")
        self._read_turns(data)
        return data

    def _take_what_the_words_say(self, data):
        said = data.get("rhythm")
        if said is None:
            return
        data["rhythm"] = said.rhythm
        if said.holiday_rule:
            data["holiday_rule"] = said.holiday_rule
        if said.hours:
            data["starts_at"], data["ends_at"] = said.hours
            for name in ("starts_at", "ends_at"):
                self.errors.pop(name, None)

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
        own = {name: self.cleaned_data[name] for name in FIELDS if name in self.cleaned_data}
        return own | self.cleaned_data["rhythm"].as_fields()

    def plan(self) -> LiaisonPlan:
        """The plan as it would be, unsaved."""
        plan = LiaisonPlan(**self.facts())
        plan.proposed_turns = self.cleaned_data["turns"]
        return plan


def _wrong_way(data, first, last):
    return data.get(first) and data.get(last) and data[last] <= data[first]


def _before(data, first, last):
    return data.get(first) and data.get(last) and data[first] < data[last]


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
