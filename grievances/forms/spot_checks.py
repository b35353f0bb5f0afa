"""安排本月抽查回头看: of which days, how many, by when."""

from django import forms

from grievances.actions.drawing_look_backs import REASON_LONGEST
from liaison.forms import CreateFormMixin, DateInput


class DrawLookBacksForm(CreateFormMixin):
    """One draw."""

    starts_on = forms.DateField(label="办结起", widget=DateInput)
    ends_on = forms.DateField(label="办结止", widget=DateInput)
    size = forms.IntegerField(label="抽几件", required=False, min_value=1, max_value=9999)
    share = forms.IntegerField(
        label="或抽百分之几", required=False, min_value=1, max_value=100, help_text="两项填一项。"
    )
    due_on = forms.DateField(
        label="哪天前回头看",
        widget=DateInput,
        help_text="到这一天列入待办，由没有承办过的同志去看。",
    )
    reason = forms.CharField(
        label="再抽原因", required=False, max_length=REASON_LONGEST,
        help_text="本月第一次抽不用填；本月已经抽过、确需再抽的填写。",
    )  # fmt: skip

    def clean(self):
        """One of the two ways to say how many."""
        data = super().clean()
        given = [data.get(name) for name in ("size", "share")]
        wrong = {"size", "share"} & set(self.errors)
        if not wrong and sum(each is not None for each in given) != 1:
            self.add_error("size", "“抽几件”和“抽百分之几”请填一项。")
        return data

    def facts(self) -> dict:
        """What the verb takes beside by, now and township."""
        return {name: value for name, value in self.cleaned_data.items() if name != "form_key"}
