"""登记诉求."""

from django import forms

from grievances.actions.promising import LONGEST
from grievances.models import Category, Grievance, Source
from liaison.forms import CreateFormMixin, DateInput
from villages.models import Village
from visits.naming import NamesHousehold
from visits.widgets import HouseholdInput

from .fields import PLEASE, DayForm, MethodField, chosen, in_use, words


class RegisterForm(NamesHousehold, CreateFormMixin, DayForm):
    """What was asked, by whom; 当场办结 is one tick and one choice."""

    village = forms.ModelChoiceField(Village.objects.none(), label="村(社区)", empty_label=PLEASE)
    household = forms.CharField(label="户", required=False, max_length=60, widget=HouseholdInput)
    complainant = forms.CharField(
        label="反映人",
        required=False,
        max_length=50,
        help_text="不愿留名的写“匿名”；填了户可不填。",
    )
    phone = forms.RegexField(
        r"^[0-9+\-() ]{5,20}$",
        label="联系电话",
        required=False,
        error_messages={"invalid": "请填写电话号码，只用数字，可带区号。"},
    )
    persons = forms.IntegerField(label="人数", min_value=1, max_value=9999, initial=1)
    summary = forms.CharField(
        label="诉求摘要", max_length=60, help_text="一句话说清是什么事，60字以内。"
    )
    detail = words("详情")
    kind = forms.ChoiceField(label="性质", choices=Grievance.Kind.ordinary)
    category = chosen(Category, "类别")
    source = chosen(Source, "来源")
    is_urgent = forms.BooleanField(label="加急", required=False)
    promise = forms.CharField(
        label="答应的事",
        required=False,
        max_length=LONGEST,
        help_text="当场答应了群众什么；到反馈为止列在待办里。",
    )
    promise_due_on = forms.DateField(label="几号以前", required=False, widget=DateInput)
    on_the_spot = forms.BooleanField(
        label="当场办结",
        required=False,
        help_text="当场已办好或已解释清楚的，勾选并选择办结方式。",
    )
    method = MethodField(label="办结方式", required=False)
    result = words("办理结果", rows=2)

    field_order = ("on", "village", "household", "complainant", "phone", "persons")

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.offer_villages(user, "grievances.register")
        self.fields["on"].label = "反映日期"
        self.fields["category"].queryset = in_use(Category)
        self.fields["source"].queryset = in_use(Source)
        self.fields["method"].offer(at_once=True)

    def unclear_words(self, sentence):
        """Who comes with a matter is the 反映人."""
        return sentence.replace("来访人", "反映人")

    def clean(self):
        """当场办结 needs its method."""
        data = super().clean()
        if data.get("on_the_spot") and not data.get("method") and "method" not in self.errors:
            self.add_error("method", "当场办结的请选择办结方式。")
        return data

    def facts(self) -> dict:
        """What the verb ``register`` takes."""
        spot = {"form_key", "on_the_spot", "method", "result"}
        return {name: value for name, value in self.cleaned_data.items() if name not in spot}

    def settlement(self) -> dict | None:
        """What ``settle_on_the_spot`` takes; None when it is not settled yet."""
        data = self.cleaned_data
        if not data["on_the_spot"]:
            return None
        method = data["method"]
        return {"settlement": method.settlement, "method": method, "words": data["result"]}
