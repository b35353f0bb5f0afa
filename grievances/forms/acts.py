"""One form for each act of the transition table."""

from dataclasses import replace

from django import forms

from cadres.models import Department
from grievances.models import Category, CheckKind, DeclineReason, FollowUp, Grievance, Status
from grievances.routing import facts_of, route, route_of, rules_of
from grievances.rules import PERMISSIONS
from liaison.forms import ChooseManyField, CreateFormMixin, DateInput, VersionFormMixin

from .fields import PLEASE, DayForm, HandlerField, MethodField, chosen, in_use, radio, words
from .routed import NO_ROUTE, RuleField


class ActForm(CreateFormMixin, VersionFormMixin, DayForm):
    """Base of the acts' forms: day, version, identifier; subclasses add what the verb takes.

    Attributes:
        act: the key of the transition table; its name is the word on the button.
        lead: a sentence above the fields, or "".
    """

    act = lead = ""
    field_order = ("on",)

    def __init__(self, *args, grievance, user=None, **kwargs):
        # Several stand on one page: names are the same, ids are not
        super().__init__(*args, auto_id=f"{self.act}_%s", **kwargs)
        self.user = user
        self.offer(grievance)

    def offer(self, grievance):
        """Fill the choices of this matter."""

    def arguments(self) -> dict:
        """What the verb takes beside grievance, by and now."""
        return {name: value for name, value in self.cleaned_data.items() if name != "form_key"}


class AcceptForm(ActForm):
    """受理: category and urgency decide the time limit, so they are put right here."""

    act = "accept"
    lead = "办理时限自反映之日起算；这里改了类别或加急的，按新情况重定。"
    category = chosen(Category, "类别")
    is_urgent = forms.BooleanField(label="加急", required=False)
    also_assign = forms.BooleanField(
        label="受理并交办", required=False, help_text="按上面的分派规则直接交给承办单位。"
    )
    rule = RuleField()

    def offer(self, grievance):
        self.fields["category"].queryset = in_use(Category)
        self.initial |= {"category": grievance.category_id, "is_urgent": grievance.is_urgent}
        self.matter, self.rules = grievance, rules_of(grievance.township_id)
        if self.rules:
            self.known = facts_of(grievance, self.rules)
            self._show(route(self.known, self.rules))
        else:
            del self.fields["also_assign"], self.fields["rule"]

    def clean(self):
        """受理并交办 goes by the rule that was shown: another one, by facts put right, is shown first."""
        data = super().clean()
        if not self.rules or not data.get("category"):
            return data
        changed = {"category_id": data["category"].pk, "is_urgent": data["is_urgent"]}
        found = route(replace(self.known, **changed), self.rules)
        key = found.key if found else ""
        if data.get("also_assign") and data.get("rule") != key:
            self.add_error(
                "also_assign", f"适用的规则变了：{found.why if found else NO_ROUTE}请核对后再提交。"
            )
        elif data.get("also_assign") and not found:
            self.add_error("also_assign", NO_ROUTE)
        self._show(found)
        return data

    def _show(self, found):
        known = self.known
        self.fields["rule"].show(
            found, village=known.village_id, section=known.section_id, kind=known.kind
        )


class ReasonField(forms.ModelChoiceField):
    """不予受理原因 with where to go."""

    def label_from_instance(self, obj):
        return f"{obj.name}({obj.go_to})" if obj.go_to else obj.name


class DeclineForm(ActForm):
    """不予受理."""

    act = "decline"
    lead = "请选择原因，并把去向告诉反映人。"
    reason = ReasonField(DeclineReason.objects.none(), label="原因", empty_label=PLEASE)
    words = words("说明")

    def offer(self, grievance):
        self.fields["reason"].queryset = in_use(DeclineReason)


class ReadmitForm(ActForm):
    """重新受理."""

    act = "readmit"
    lead = "原不予受理的原因记入办理过程，办理时限从重新受理之日起算。"
    words = words("重新受理原因", required=True)


class AssignForm(ActForm):
    """交办."""

    act = "assign"
    department = chosen(Department, "承办单位")
    handler = HandlerField(label="承办人", required=False, empty_label="由承办单位确定")
    assisting = ChooseManyField(
        Department.objects.none(),
        label="协办单位",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="需要几个单位一起办的，勾选协办的；由承办单位办结。",
    )
    words = words("交办意见")
    field_order = ("on", "department", "handler", "assisting", "words")

    def offer(self, grievance):
        units = Department.objects.filter(township=grievance.township_id, abolished_on=None)
        self.fields["department"].queryset = units
        if "assisting" in self.fields:  # 转办 has none
            self.fields["assisting"].queryset = units
        self.fields["handler"].offer(grievance.township_id)
        if grievance.is_confidential:  # a unit is many people; one is named
            self.fields["handler"].required = True
            self.fields.pop("assisting", None)
        if not grievance.is_confidential and (found := route_of(grievance)):
            self._go_by(found, grievance)

    def _go_by(self, found, grievance):
        """The rule's unit beforehand, with the rule's name; not where that unit has just handed it back."""
        hint = self.fields["department"]
        if grievance.status == Status.RETURNED and grievance.department_id == found.department.pk:
            hint.help_text = f"分派规则“{found.rule}”交{found.department}，但该单位已退回，请另选。"
            return
        hint.help_text = f"{found.why}不合适的可以改选。"
        self.initial.setdefault("department", found.department.pk)
        handler = found.handler(self.initial.get("on"))
        self.initial.setdefault("handler", handler.pk if handler else None)


class TakeInHandForm(ActForm):
    """接收办理."""

    act = "take_in_hand"
    lead = "接收后由您承办，请在办理时限内办结。"


class ReturnForm(ActForm):
    """退回."""

    act = "return_"
    words = words("退回原因", required=True)


class SettleForm(ActForm):
    """办结."""

    act = "settle"
    method = MethodField(label="办结方式")
    without_assist = words("协办单位未回复仍办结的理由", rows=2)
    comes_back_on = forms.DateField(
        label="哪天回头看",
        required=False,
        widget=DateInput,
        help_text="落实项目、整合项目、纳入项目库等还有后续的，填约定的日子，到期列入待办；其余不填。",
    )
    words = words("办理结果")
    field_order = ("on", "method", "comes_back_on", "words", "without_assist")

    def offer(self, grievance):
        self.fields["method"].offer()
        if all(row.done_on for row in grievance.assists.all()):
            del self.fields["without_assist"]

    def clean(self):
        """A method that promises something for later names the day one looks again."""
        data = super().clean()
        method, day = data.get("method"), data.get("comes_back_on")
        if method and method.comes_back and not day and "comes_back_on" not in self.errors:
            self.add_error("comes_back_on", f"按“{method}”办结的，请填写哪一天回头看。")
        if method and not method.comes_back and day:
            self.add_error("comes_back_on", f"“{method}”不用约定回头看，请清空日期。")
        return data

    def arguments(self):
        """The method says which kind of done it is."""
        return {**super().arguments(), "settlement": self.cleaned_data["method"].settlement}


class SettleOnTheSpotForm(SettleForm):
    """当场办结."""

    act = "settle_on_the_spot"
    lead = "反映当场已办好或已解释清楚的，不需要受理和交办。"

    def offer(self, grievance):
        self.fields["method"].offer()
        del self.fields["without_assist"]


class AnswerForm(ActForm):
    """反馈."""

    act = "answer"
    mode = radio("反馈方式", Grievance.AnswerMode.choices)
    words = words("反馈内容")


class VerifyForm(ActForm):
    """回访核实: nothing is chosen beforehand."""

    act = "verify"
    lead = "由承办人以外的同志询问反映人，按本人原话记录；联系不上、不愿评价也如实选择。"
    answer = radio("群众评价", FollowUp.Answer.choices)
    mode = radio("回访方式", Grievance.AnswerMode.choices)
    verbatim = words("原话")
    and_reopen = forms.BooleanField(
        label="不满意并重办",
        required=False,
        help_text="只在群众不满意时勾选：以原话为原因当即重办。",
    )

    def offer(self, grievance):
        if not (self.user and self.user.has_perm(PERMISSIONS["reopen"])):
            del self.fields["and_reopen"]

    def clean(self):
        """Reopened at once only upon 不满意, and with what was said."""
        data = super().clean()
        if data.get("and_reopen"):
            if data.get("answer") != FollowUp.Answer.DISSATISFIED:
                self.add_error("and_reopen", "群众不满意的才在这里一并重办，请核对群众评价。")
            elif not data.get("verbatim", "").strip():
                self.add_error("verbatim", "请按原话写明不满意在哪里，作为重办的原因。")
        return data


class CheckForm(ActForm):
    """核查: where the villager is not asked."""

    act = "check"
    lead = "没有抽中回访的，由承办人以外的同志到现场或凭资料核查；不代替群众评价，不计入满意率。"
    kind = radio("核查方式", CheckKind.choices)
    words = words("核查情况", required=True)


class CloseOutForm(ActForm):
    """销号."""

    act = "close_out"
    words = words("销号说明")


class ReopenForm(ActForm):
    """重办."""

    act = "reopen"
    lead = "原办结、反馈、回访日期记入办理过程，办理时限从重办之日重新起算。"
    words = words("重办原因", required=True)


USUAL = {
    form.act: form
    for form in (
        AcceptForm,
        DeclineForm,
        ReadmitForm,
        AssignForm,
        TakeInHandForm,
        ReturnForm,
        SettleForm,
        SettleOnTheSpotForm,
        AnswerForm,
        VerifyForm,
        CheckForm,
        CloseOutForm,
        ReopenForm,
    )
}
