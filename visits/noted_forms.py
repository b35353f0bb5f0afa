"""Forms of proposals and needs: written down outside a day's page, decided on, followed up."""

from django import forms

from cadres.models import Department
from liaison.forms import CreateFormMixin, DateInput, VersionFormMixin
from villages.models import Village

from .actions import needs as need_verbs
from .actions import proposals as proposal_verbs
from .models import Need, NeedKind, Proposal
from .naming import NamesHousehold
from .widgets import HouseholdInput


def words_field(model, name, **kwargs):
    """A few lines, as long as their place in the table."""
    longest = model._meta.get_field(name).max_length
    return forms.CharField(max_length=longest, widget=forms.Textarea({"rows": 2}), **kwargs)


class NotedFields(NamesHousehold, CreateFormMixin):
    """Where, who and when: what both kinds of rows begin with."""

    village = forms.ModelChoiceField(Village.objects.none(), label="村(社区)", empty_label="请选择")
    household = forms.CharField(label="户", required=False, max_length=60, widget=HouseholdInput)
    visitor = forms.CharField(
        label="姓名", required=False, max_length=50, help_text="不在花名册上的人；可写“匿名”。"
    )
    on = forms.DateField(label="日期", widget=DateInput)

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.offer_villages(user, "visits.log")

    def clean(self):
        """Somebody is named."""
        data = super().clean()
        named = data.get("visitor") or self.household_said
        if not named and not {"household", "visitor"} & set(self.errors):
            self.add_error("household", "请填写户或姓名；不愿留名的写“匿名”。")
        return data

    def who(self) -> dict:
        """Whose it is, and where."""
        return {name: self.cleaned_data[name] for name in ("village", "household", "visitor")}


class SuggestForm(NotedFields):
    """A proposal heard outside a liaison day."""

    words = words_field(Proposal, "words", label="金点子内容")
    field_order = ("village", "household", "visitor", "words", "on")

    def facts(self) -> dict:
        """What the verb takes."""
        told = self.cleaned_data
        return self.who() | {"words": told["words"], "proposed_on": told["on"]}


def kinds_in_use():
    """需求类别 in their order."""
    return NeedKind.objects.filter(is_active=True).order_by("order", "pk")


class FindNeedForm(NotedFields):
    """A need noticed outside a liaison day."""

    kind = forms.ModelChoiceField(NeedKind.objects.none(), label="可能符合", empty_label="请选择")
    words = words_field(
        Need,
        "words",
        label="情况说明",
        required=False,
        help_text="可不填；写看到的情况，不写结论。",
    )
    field_order = ("village", "household", "visitor", "kind", "words", "on")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].queryset = kinds_in_use()

    def facts(self) -> dict:
        """What the verb takes."""
        told = self.cleaned_data
        more = {"kind": told["kind"], "words": told["words"], "found_on": told["on"]}
        return self.who() | more


class DecideForm(VersionFormMixin):
    """What becomes of a proposal."""

    act = forms.ChoiceField(label="处理", widget=forms.RadioSelect)
    words = words_field(
        Proposal,
        "answer",
        label="说明",
        required=False,
        help_text="“不采纳”写原因，“答复提出人”写答复的话；其余可不填。",
    )
    told = forms.BooleanField(label="上面的话已告诉提出人", required=False)
    on = forms.DateField(label="日期", widget=DateInput)

    def __init__(self, *args, proposal, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["act"].choices = proposal_verbs.acts_for(proposal)
        self.initial.setdefault("version", proposal.version)

    def clean(self):
        """A refusal has its reason, an answer its words."""
        data = super().clean()
        words = data.get("words")
        if data.get("act") == "reject" and not words:
            self.add_error("words", "不采纳请写明原因，提出人要看。")
        elif not words and (data.get("act") == "answer" or data.get("told")):
            self.add_error("words", "请填写怎样答复提出人。")
        return data

    def facts(self) -> dict:
        """What the verb takes."""
        names = ("act", "words", "told", "on", "version")
        return {name: self.cleaned_data[name] for name in names}


class FollowForm(VersionFormMixin):
    """What was done about a need, and by when one asks again."""

    act = forms.ChoiceField(label="处理", widget=forms.RadioSelect)
    department = forms.ModelChoiceField(
        Department.objects.none(), label="转往单位", required=False, empty_label="请选择",
        help_text="转办时填写；是否符合由该单位核实。",
    )  # fmt: skip
    words = forms.CharField(
        label="情况",
        required=False,
        max_length=1000,
        widget=forms.Textarea({"rows": 2}),
        help_text="“跟进”写了解到的情况；“不符合”写核实单位说的原因和怎样告知本人；其余可不填。",
    )
    on = forms.DateField(label="日期", widget=DateInput)
    next_look_on = forms.DateField(label="下次跟进", required=False, widget=DateInput)

    def __init__(self, *args, need, on, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["act"].choices = need_verbs.acts_for(need)
        units = Department.objects.standing(on).filter(township=need.township_id)
        self.fields["department"].queryset = units.order_by("order", "name")
        self.initial.setdefault("version", need.version)
        if need.department_id is None and need.kind.station:
            self.initial.setdefault("department", units.filter(name=need.kind.station).first())
        self.fields[
            "next_look_on"
        ].help_text = f"不填的，过{need.kind.look_after}天再跟进；已了结的不用填。"

    def clean(self):
        """Each act with what it needs."""
        data = super().clean()
        act, words = data.get("act"), data.get("words")
        if act == "pass" and not data.get("department") and "department" not in self.errors:
            self.add_error("department", "请选择转给哪个单位核实。")
        if act == "unfit" and not words:
            self.add_error("words", "请写明核实单位说的原因，和怎样告知本人。")
        if act == "note" and not words:
            self.add_error("words", "请写一句跟进情况。")
        return data

    def facts(self) -> dict:
        """What the verb takes."""
        names = ("act", "department", "words", "on", "next_look_on", "version")
        return {name: self.cleaned_data[name] for name in names}
