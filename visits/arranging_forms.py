"""Forms of make-up days and of the township's rules."""

from django import forms

from cadres.models import LiaisonPlan
from liaison.forms import CreateFormMixin, DateInput, TimeInput, VersionFormMixin
from villages.models import Village

from .actions.rules import LONGEST, MOST_LINES


class NewDayFields(forms.Form):
    """The named day; hours and place as on the day it makes up for, unless said otherwise."""

    on = forms.DateField(label="补驻日期", widget=DateInput)
    starts_at = forms.TimeField(label="开始时间", required=False, widget=TimeInput)
    ends_at = forms.TimeField(label="结束时间", required=False, widget=TimeInput)
    place = forms.CharField(label="地点", required=False, max_length=100)

    def facts(self) -> dict:
        """What the verbs take: the day, and what differs."""
        told = self.cleaned_data
        names = ("starts_at", "ends_at", "place")
        return {"on": told["on"]} | {name: told[name] for name in names if told[name]}


class MakeUpForm(VersionFormMixin, NewDayFields):
    """A day missed or cancelled is made up for."""

    def __init__(self, *args, session, earliest, **kwargs):
        names = ("starts_at", "ends_at", "place", "version")
        initial = {name: getattr(session, name) for name in names}
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["on"].widget.attrs["min"] = earliest.isoformat()
        self.fields["on"].help_text = f"最早{earliest:%Y-%m-%d}：要提前告知群众。"


class SkippedForm(CreateFormMixin, NewDayFields):
    """A day passed over for a holiday is made up for."""

    plan = forms.ModelChoiceField(
        LiaisonPlan.objects.none(), label="驻点安排", empty_label="请选择"
    )
    skipped_on = forms.DateField(
        label="被跳过的日期",
        widget=DateInput,
        help_text="因节假日“取消当次”、没有排出驻点日的那一天。",
    )
    field_order = ("plan", "skipped_on", "on", "starts_at", "ends_at", "place")

    def __init__(self, *args, user, on, **kwargs):
        super().__init__(*args, **kwargs)
        places = Village.objects.visible_to(user, "visits.log")
        plans = LiaisonPlan.objects.visible_to(user).filter(
            village__in=places, team__is_active=True
        )
        plans = plans.select_related("village").order_by("village__code", "pk")
        self.fields["plan"].queryset = plans
        for name in ("starts_at", "ends_at", "place"):
            self.fields[name].help_text = "不填的，按原安排。"


class RulesForm(CreateFormMixin):
    """驻点日规则 from a day on."""

    make_up_notice = forms.IntegerField(
        label="补驻提前告知(天)", min_value=3, max_value=LONGEST, initial=3, help_text="不少于3天。"
    )
    confirm_days = forms.IntegerField(
        label="责任人确认期限(天)", min_value=1, max_value=LONGEST, initial=1,
        help_text="驻点结束后满这么多天还没有确认的，列为责任人的待办并提醒一次。",
    )  # fmt: skip
    escalate_days = forms.IntegerField(
        label="再过几天转驻点办(天)", min_value=1, max_value=LONGEST, initial=2,
        help_text="责任人仍未确认的，再过这么多天列为驻点办的待办。",
    )  # fmt: skip
    edit_days = forms.IntegerField(
        label="驻点日外的走访直接修改(天)", min_value=0, max_value=LONGEST, initial=7,
        help_text="录入后这么多天内可直接修改；以后的修改要写更正原因并留痕。驻点日的记录在确认以前可直接修改。",
    )  # fmt: skip
    sheet_households = forms.IntegerField(
        label="走访单先列户数", min_value=0, max_value=MOST_LINES, initial=12,
        help_text="每张走访单上“先走访这些户”最多列几户。",
    )  # fmt: skip
    sheet_matters = forms.IntegerField(
        label="走访单诉求件数", min_value=0, max_value=MOST_LINES, initial=10,
        help_text="在办诉求、待答复回访的，各最多列几件。",
    )  # fmt: skip
    sheet_blanks = forms.IntegerField(
        label="走访单空白行数", min_value=0, max_value=MOST_LINES, initial=12,
        help_text="至少几行；最后一页有空的，用空白行排满。",
    )  # fmt: skip
    since = forms.DateField(label="启用日期", widget=DateInput, help_text="今天或以后")

    def facts(self) -> dict:
        """What the verb takes."""
        names = [name for name in self.fields if name != "form_key"]
        return {name: self.cleaned_data[name] for name in names}
