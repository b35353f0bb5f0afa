"""办理时限 of a township."""

from django import forms

from grievances.actions.policies import FACTS
from grievances.models import Category, DeadlinePolicy, Grievance, Source
from liaison.forms import CreateFormMixin, VersionFormMixin

from .fields import LevelField, in_use

ANY_KIND = [("", "不限"), *Grievance.Kind.choices]


class PolicyForm(CreateFormMixin, VersionFormMixin):
    """One row; a new one carries version 1. A row without category, kind, source or level fits all."""

    name = forms.CharField(label="名称", max_length=60)
    category = forms.ModelChoiceField(
        Category.objects.none(), label="类别", required=False, empty_label="不限"
    )
    kind = forms.ChoiceField(label="性质", choices=ANY_KIND, required=False)
    source = forms.ModelChoiceField(
        Source.objects.none(), label="来源", required=False, empty_label="不限"
    )
    level = LevelField()
    urgent = forms.BooleanField(label="只用于加急件", required=False)
    amount = forms.IntegerField(label="时限", min_value=1, max_value=999)
    unit = forms.ChoiceField(label="单位", choices=DeadlinePolicy.Unit.choices)
    start = forms.ChoiceField(
        label="起算", choices=DeadlinePolicy.Start.choices, help_text="按小时的一律从登记时刻起算。"
    )
    warn_before = forms.IntegerField(
        label="提前提醒",
        min_value=0,
        max_value=999,
        required=False,
        initial=0,
        help_text="到期前多久显示“临期”，单位同时限；填0不提醒。",
    )
    extend_by = forms.IntegerField(
        label="延期上限",
        min_value=0,
        max_value=999,
        required=False,
        initial=0,
        help_text="累计最多可延长多少，单位同时限；填0不能延期。",
    )
    approver = forms.ChoiceField(label="延期批准", choices=DeadlinePolicy.APPROVERS, required=False)
    basis = forms.CharField(
        label="依据", max_length=100, required=False, help_text="文件名称和条款，或本镇的规定。"
    )
    is_active = forms.BooleanField(label="在用", required=False, initial=True)

    def __init__(self, *args, user, policy=None, **kwargs):
        initial = {name: getattr(policy, name) for name in FACTS} if policy else {}
        for name in ("category", "source"):
            initial[name] = getattr(policy, f"{name}_id", None)
        initial["version"] = policy.version if policy and policy.township_id else 1
        if policy and not policy.township_id:
            initial["is_active"] = True  # a ready row is taken over to be used
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["level"].offer(user.township_id, policy)
        self.fields["category"].queryset = in_use(Category)
        self.fields["source"].queryset = in_use(Source)

    def clean(self):
        """Left empty: no warning, no extension, the office decides. A warning lies within the limit."""
        data = super().clean()
        for name in ("warn_before", "extend_by"):
            data[name] = data.get(name) or 0
        data["approver"] = data.get("approver") or DeadlinePolicy.APPROVERS[0][0]
        if data["warn_before"] > (data.get("amount") or 999):
            self.add_error("warn_before", "提前提醒不能大于时限。")
        return data

    def facts(self) -> dict:
        """What the verbs take."""
        return {name: self.cleaned_data[name] for name in FACTS}
