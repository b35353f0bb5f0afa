"""批量办理: which rows and which act; then the day and what the act takes."""

import re

from django import forms

from cadres.models import Department
from grievances.actions.triage import MOST, acts_of
from liaison.forms import CreateFormMixin

from .fields import DayForm, HandlerField

_ROW = re.compile(r"(\d{1,18}):(\d{1,9}):(\d{0,18}(?:v\d{1,9})?)")
AGAIN = "页面已过期，请回列表重新选择。"


class RowsField(forms.CharField):
    """「12:3:7v2,13:1:」: matters, their versions and the rules, as the page before showed them."""

    def __init__(self, **kwargs):
        super().__init__(max_length=40 * MOST, widget=forms.HiddenInput, **kwargs)
        self.error_messages["required"] = "请先勾选要办理的诉求。"

    def clean(self, value):
        """[(id, version, rule)], each matter once."""
        text, found = super().clean(value), {}
        for part in text.split(","):
            row = _ROW.fullmatch(part)
            if not row or int(row[1]) >= 2**63 or int(row[2]) >= 2**31:
                raise forms.ValidationError(AGAIN)
            found[int(row[1])] = (int(row[1]), int(row[2]), row[3])
        return [*found.values()]


class TriageForm(CreateFormMixin, DayForm):
    """The confirmation of one act on many."""

    act = forms.CharField(widget=forms.HiddenInput, max_length=20)
    rows = RowsField()
    also_assign = forms.BooleanField(
        label="受理并交办",
        required=False,
        help_text="按下表“分派规则”一栏分别交办；没有适用规则的跳过。",
    )
    department = forms.ModelChoiceField(
        Department.objects.none(), label="承办单位", required=False, empty_label="各按分派规则"
    )
    handler = HandlerField(label="承办人", required=False, empty_label="由承办单位确定")

    def __init__(self, *args, user, act, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        if act != "accept":
            del self.fields["also_assign"]
        if act == "assign":
            self.fields["department"].queryset = Department.objects.filter(
                township=user.township_id, abolished_on=None
            )
            self.fields["handler"].offer(user.township_id)
        else:
            del self.fields["department"], self.fields["handler"]
        if act == "urge":  # is of today
            del self.fields["on"]

    def clean_act(self):
        """One of his own acts."""
        act = self.cleaned_data["act"]
        if act not in dict(acts_of(self.user)):
            raise forms.ValidationError("请选择要办理的事项。")
        return act

    def clean(self):
        """A handler goes with his unit."""
        data = super().clean()
        if data.get("handler") and not data.get("department"):
            self.add_error("handler", "指定承办人的，请同时选择承办单位。")
        return data

    def content(self):
        """Which matters, by their ids; the hidden text is not for the page of two contents."""
        rows = self.cleaned_data["rows"]
        told = [pair for pair in super().content() if pair[0] not in ("act", "rows")]
        ids = "、".join(str(pk) for pk, _, _ in sorted(rows))
        return [*told, ("动作", self.cleaned_data["act"]), ("件数", str(len(rows))), ("序列", ids)]

    def arguments(self):
        """What ``order_triage`` takes."""
        return {name: value for name, value in self.cleaned_data.items() if name != "form_key"}
