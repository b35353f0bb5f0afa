"""Forms of 走访间隔 and 走访户数."""

from django import forms

from liaison.forms import CreateFormMixin, DateInput
from villages.models import ResidentTag

from .actions.duties import LONGEST, MOST
from .models import Visit, VisitQuota


class ContactPolicyForm(CreateFormMixin):
    """How many days may pass, for whom, by which ways, from when."""

    tag = forms.ModelChoiceField(
        ResidentTag.objects.filter(is_active=True),
        label="对象",
        required=False,
        empty_label="一般户",
    )
    days = forms.IntegerField(
        label="间隔(天)", min_value=1, max_value=LONGEST, required=False,
        help_text="多少天内走访一次；留空表示从启用日期起不再单独要求。",
    )  # fmt: skip
    modes = forms.MultipleChoiceField(
        label="计入的方式", choices=Visit.Mode.choices, required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="都不勾选：入户、电话、晚间等各种方式都算，群众来访的不算。",
    )  # fmt: skip
    since = forms.DateField(label="启用日期", widget=DateInput, help_text="今天或以后")

    def facts(self) -> dict:
        """What the verb takes."""
        return {name: self.cleaned_data[name] for name in ("tag", "days", "modes", "since")}


class VisitQuotaForm(CreateFormMixin):
    """Who sees how many of which households in which period, from when."""

    who = forms.ChoiceField(label="谁走访", choices=VisitQuota.Who.choices)
    of = forms.ChoiceField(
        label="走访哪些户", choices=VisitQuota.Of.choices, initial=VisitQuota.Of.LINKED,
        help_text="重点户：有单独走访间隔的标签(如低保、独居老人)的户。",
    )  # fmt: skip
    period = forms.ChoiceField(
        label="周期", choices=VisitQuota.Period.choices, initial=VisitQuota.Period.MONTH
    )
    least = forms.IntegerField(
        label="至少(户)", min_value=0, max_value=MOST, required=False,
        help_text="留空表示每一户都要走访；填0表示从启用日期起不再要求。",
    )  # fmt: skip
    since = forms.DateField(
        label="启用日期", widget=DateInput, help_text="今天或以后；期中启用的，从下一期起算。"
    )

    def facts(self) -> dict:
        """What the verb takes."""
        names = ("who", "of", "period", "least", "since")
        return {name: self.cleaned_data[name] for name in names}
