"""One form for each act of the transition table."""

from django import forms

from cadres.models import Department
from grievances.models import Category, DeclineReason, FollowUp, Grievance
from liaison.forms import CreateFormMixin, VersionFormMixin

from .fields import PLEASE, DayForm, HandlerField, MethodField, chosen, in_use, radio, words


class ActForm(CreateFormMixin, VersionFormMixin, DayForm):
    """Base of the acts' forms: day, version, identifier; subclasses add what the verb takes.

    Attributes:
        act: the key of the transition table; its name is the word on the button.
        lead: a sentence above the fields, or "".
    """

    act = lead = ""
    field_order = ("on",)

    def __init__(self, *args, grievance, **kwargs):
        # Several stand on one page: names are the same, ids are not
        super().__init__(*args, auto_id=f"{self.act}_%s", **kwargs)
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

    def offer(self, grievance):
        self.fields["category"].queryset = in_use(Category)
        self.initial |= {"category": grievance.category_id, "is_urgent": grievance.is_urgent}


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


class AssignForm(ActForm):
    """交办."""

    act = "assign"
    department = chosen(Department, "承办单位")
    handler = HandlerField(label="承办人", required=False, empty_label="由承办单位确定")
    words = words("交办意见")

    def offer(self, grievance):
        units = Department.objects.filter(township=grievance.township_id, abolished_on=None)
        self.fields["department"].queryset = units
        self.fields["handler"].offer(grievance.township_id)
        if grievance.is_confidential:  # a unit is many people; one is named
            self.fields["handler"].required = True


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
    words = words("办理结果")

    def offer(self, grievance):
        self.fields["method"].offer()

    def arguments(self):
        """The method says which kind of done it is."""
        return {**super().arguments(), "settlement": self.cleaned_data["method"].settlement}


class SettleOnTheSpotForm(SettleForm):
    """当场办结."""

    act = "settle_on_the_spot"
    lead = "反映当场已办好或已解释清楚的，不需要受理和交办。"


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


class CloseOutForm(ActForm):
    """销号."""

    act = "close_out"
    words = words("销号说明")


class ReopenForm(ActForm):
    """重办."""

    act = "reopen"
    lead = "原办结、反馈、回访日期记入办理过程，办理时限从重办之日重新起算。"
    words = words("重办原因", required=True)


ACT_FORMS = {
    form.act: form
    for form in (
        AcceptForm,
        DeclineForm,
        AssignForm,
        TakeInHandForm,
        ReturnForm,
        SettleForm,
        SettleOnTheSpotForm,
        AnswerForm,
        VerifyForm,
        CloseOutForm,
        ReopenForm,
    )
}
