"""One row's cells as somebody typed them, and what they say. Dates and clocks are taken in any usual writing."""

import datetime as dt
import re
import unicodedata

from django import forms

from cadres.imports.times import AFTERNOON, HALF_DAYS, NOON
from cadres.models import LiaisonPlan
from cadres.rhythm_field import RhythmField
from liaison.forms import HouseFormMixin

EARLIEST, LATEST = 2004, 2100  # years anybody could mean
_ID = {"min_value": 1, "max_value": 2**63 - 1, "required": False}
_CLOCK = re.compile(r"(上午|下午|早上|晚上|中午)?(\d{1,2})(?:[:.点时](半|\d{1,2})?分?)?")
_DAY = re.compile(r"(?:(\d{4})[-/.年])?(\d{1,2})[-/.月](\d{1,2})日?")
_OPEN = ("长期", "长期有效", "-", "—")


def _plain(text):
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).replace("号", "日")


class ClockField(forms.CharField):
    """9:00, 14:30, 下午2:30, 9点半 -> time."""

    def clean(self, value):
        """Raises ValidationError for what is no clock."""
        text = _plain(super().clean(value))
        if not text:
            return None
        match = _CLOCK.fullmatch(text)
        hour = int(match[2]) if match else 24
        if match and match[1] in ("下午", "晚上", "中午") and hour < NOON:
            hour += NOON
        minute = 30 if match and match[3] == "半" else int((match and match[3]) or 0)
        if hour > 23 or minute > 59:
            raise forms.ValidationError(f"“{value[:20]}”不是钟点，请写成 9:00 的样子。")
        return dt.time(hour, minute)


class DayField(forms.CharField):
    """2027-03-01, 2027/3/1, 2027年3月1日; 3-1 and 3月1日 are of ``year``; 长期 is no day."""

    def __init__(self, *, year=None, **options):
        super().__init__(**options)
        self.year = year

    def clean(self, value):
        """Raises ValidationError for what is no day."""
        text = _plain(super().clean(value))
        if not text or text in _OPEN:
            return None
        match = _DAY.fullmatch(text)
        try:
            day = dt.date(int(match[1] or self.year), int(match[2]), int(match[3]))
        except (TypeError, ValueError):
            sentence = f"“{value[:20]}”不是日期，请写成 2027-03-01 的样子。"
            raise forms.ValidationError(sentence) from None
        if not EARLIEST <= day.year <= LATEST:
            raise forms.ValidationError(f"年份应在{EARLIEST}至{LATEST}之间。")
        return day


class CellsForm(HouseFormMixin, forms.Form):
    """The cells of one row; what must be there is asked for only where a rhythm is written."""

    village = forms.IntegerField(**_ID)
    plan = forms.IntegerField(**_ID)
    version = forms.IntegerField(**_ID)
    like = forms.IntegerField(**_ID)  # the plan of the year before that this row carries on
    team = forms.IntegerField(label="团队", **_ID)
    rhythm = forms.CharField(label="驻点时间", max_length=2000, required=False)
    starts_at = ClockField(label="开始", max_length=20, required=False)
    ends_at = ClockField(label="结束", max_length=20, required=False)
    place = forms.CharField(
        label="地点", max_length=LiaisonPlan._meta.get_field("place").max_length, required=False
    )
    holiday_rule = forms.ChoiceField(
        label="遇节假日", choices=LiaisonPlan.HolidayRule, required=False
    )
    valid_from = DayField(label="生效", max_length=20, required=False)
    valid_to = DayField(label="截止", max_length=20, required=False)

    def __init__(self, *args, year, stored=None, **kwargs):
        """``stored``: the rhythm of the row's plan, whose words are taken unread however long."""
        super().__init__(*args, **kwargs)
        self.stored = stored
        self.year = year
        for name in ("valid_from", "valid_to"):
            self.fields[name].year = year

    def clean(self):
        """Hours and holidays said in the rhythm's words count; a half day without hours has the office's."""
        data = super().clean()
        if not data.get("rhythm"):
            return data
        self._read_rhythm(data)
        for name in ("starts_at", "ends_at", "valid_from"):
            if name not in self.errors and not data.get(name):
                self.add_error(name, f"请填写{self.fields[name].label}。")
        if not data.get("holiday_rule") and "holiday_rule" not in self.errors:
            data["holiday_rule"] = LiaisonPlan.HolidayRule.NEXT
        if _wrong_way(data, "starts_at", "ends_at", equal=True):
            self.add_error("ends_at", "结束应晚于开始。")
        if _wrong_way(data, "valid_from", "valid_to"):
            self.add_error("valid_to", "截止不能早于生效。")
        return data

    def _read_rhythm(self, data):
        text = data["rhythm"]
        if self.stored and text == self.stored.in_words():
            data["rhythm"] = self.stored
            return
        try:
            said = RhythmField().clean(text)
        except forms.ValidationError as unread:
            self.add_error("rhythm", unread)
            return
        data["rhythm"] = said.rhythm
        data["holiday_rule"] = said.holiday_rule or data.get("holiday_rule")
        data["make_up_weekday"] = said.make_up_weekday
        hours = said.hours or self._half_day(said.half, data)
        if hours:
            data["starts_at"], data["ends_at"] = hours
            for name in ("starts_at", "ends_at"):
                self.errors.pop(name, None)

    @staticmethod
    def _half_day(half, data):
        """「每周二下午」 beside hours of a morning: the office's afternoon."""
        start = data.get("starts_at")
        if not half or (start and (start.hour >= NOON) == (half == AFTERNOON)):
            return None
        return HALF_DAYS[half]


def _wrong_way(data, first, last, *, equal=False):
    if not (data.get(first) and data.get(last)):
        return False
    return data[last] < data[first] or (equal and data[last] == data[first])


def as_text(value) -> str:
    """A cell's text: 2027-01-01, 09:00, the words of a rhythm."""
    if isinstance(value, dt.time):
        return f"{value:%H:%M}"
    return "" if value is None else str(value)
