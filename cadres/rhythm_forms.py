"""Fields of what comes round again, shared by 驻点安排 and 例会; the rhythm is written in words."""

from django import forms

from cadres.imports.times import HALF_DAYS
from cadres.models import LiaisonPlan
from cadres.rhythm import WEEKDAY_NAMES
from cadres.rhythm_field import RhythmField
from liaison.forms import DateInput, HouseFormMixin, TimeInput

WEEKDAYS = [(n, f"周{name}") for n, name in enumerate(WEEKDAY_NAMES)]
EARLIEST, LATEST = 2004, 2100  # years anybody could mean
# What the box offers while it is being filled in, and what its help lists: one of each kind.
EXAMPLES = (
    "每周二", "每周二、周四", "每两周的周三", "每月10日", "每月5日、15日、25日", "每月最后一天", "每月第二个周二",
    "每月上旬、下旬第一个周三", "每月第一个为工作日的周一", "每月第一个工作日", "每个工作日轮值",
    "指定2026年3月5日、4月9日",
)  # fmt: skip


class RecurringFields(HouseFormMixin, forms.Form):
    """When, from when until when, and what holidays do to it."""

    rhythm = RhythmField(
        label="驻点时间",
        help_text="照平时的说法写，如“每周二”“每月10日”；更多写法见下方",
        widget=forms.TextInput({"list": "rhythm-examples"}),
    )
    starts_at = forms.TimeField(label="开始时间", widget=TimeInput)
    ends_at = forms.TimeField(label="结束时间", widget=TimeInput)
    holiday_rule = forms.ChoiceField(
        label="遇节假日",
        choices=LiaisonPlan.HolidayRule,
        help_text="改到的那天本来就有的，并作一次；按工作日算的安排不受此项影响",
    )
    make_up_weekday = forms.TypedChoiceField(
        label="补在星期几",
        choices=WEEKDAYS,
        coerce=int,
        initial=5,
        required=False,
        empty_value=5,
        help_text="选“在指定的星期几补”时有用：节后最近的那一天，不占法定节假日",
    )
    valid_from = forms.DateField(label="生效日期", widget=DateInput)
    valid_to = forms.DateField(
        label="截止日期", widget=DateInput, required=False, help_text="不填即长期有效"
    )

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
        return data

    def _take_what_the_words_say(self, data):
        said = data.get("rhythm")
        if said is None:
            return
        data["rhythm"] = said.rhythm
        if said.holiday_rule:
            data["holiday_rule"] = said.holiday_rule
        if said.make_up_weekday is not None:
            data["make_up_weekday"] = said.make_up_weekday
        if said.hours or said.half:
            data["starts_at"], data["ends_at"] = said.hours or HALF_DAYS[said.half]
            for name in ("starts_at", "ends_at"):
                self.errors.pop(name, None)

    def recurring(self) -> dict:
        """Values of the model's recurring fields."""
        names = (
            "starts_at",
            "ends_at",
            "holiday_rule",
            "make_up_weekday",
            "valid_from",
            "valid_to",
        )
        own = {name: self.cleaned_data[name] for name in names}
        return own | self.cleaned_data["rhythm"].as_fields()


def _wrong_way(data, first, last):
    return data.get(first) and data.get(last) and data[last] <= data[first]


def _before(data, first, last):
    return data.get(first) and data.get(last) and data[first] < data[last]
