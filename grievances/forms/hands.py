"""Forms of the acts that leave the straight way: sideways, up, at rest, together, with helpers, marked."""

from django import forms

from cadres.models import Department
from grievances.models import Assist, Grievance, SuspendReason
from liaison.forms import DateInput

from .acts import ActForm, AssignForm
from .climbing import CLIMBING
from .fields import PLEASE, chosen, in_use, radio, words

NUMBER_LONGEST = 30


def number(label, hint):
    """编号 of another matter; the verb finds it among those the person sees."""
    return forms.CharField(label=label, max_length=NUMBER_LONGEST, help_text=hint)


class TransferForm(AssignForm):
    """转办."""

    act = "transfer"
    assisting = None  # who lends a hand stays the same
    lead = "办理时限不变；原承办单位会收到通知。"
    words = words("转办原因", required=True)

    def offer(self, grievance):
        super().offer(grievance)
        units = self.fields["department"].queryset.exclude(pk=grievance.department_id)
        self.fields["department"].queryset = units
        self.fields["department"].label = "转给哪个单位"


class ForwardForm(ActForm):
    """转送."""

    act = "forward"
    lead = "不属于本镇职权、要请镇外单位办理的；办理时限不变，由镇驻点办跟踪。"
    organ = forms.CharField(label="转送单位", max_length=60)
    words = words("转送意见")


class TakeBackForm(ActForm):
    """收回."""

    act = "take_back"
    lead = "镇外单位退回，或改由本镇办理的。"
    words = words("收回原因", required=True)


class ReasonField(forms.ModelChoiceField):
    """挂起原因 with how long it may last."""

    def label_from_instance(self, obj):
        return f"{obj.name}(最长{obj.most_days}个自然日)"


class SuspendForm(ActForm):
    """挂起."""

    act = "suspend"
    lead = "承办单位说明暂时不能办理的，由镇驻点办核实后挂起；挂起期间不计办理时限，到期要解挂。"
    reason = ReasonField(SuspendReason.objects.none(), label="挂起原因", empty_label=PLEASE)
    until = forms.DateField(label="挂起至", widget=DateInput)
    words = words("谁提出、为什么")

    def offer(self, grievance):
        self.fields["reason"].queryset = in_use(SuspendReason)


class ResumeForm(ActForm):
    """解挂."""

    act = "resume"
    lead = "挂起时还剩多少办理时间，从解挂之日起接着算。"
    words = words("说明")


class AssistForm(ActForm):
    """请求协办."""

    act = "assist"
    lead = "承办单位不变；协办单位能看到这件诉求，并填写协办回复。"
    department = chosen(Department, "协办单位")
    words = words("请协办什么", required=True)

    def offer(self, grievance):
        units = Department.objects.filter(township=grievance.township_id, abolished_on=None)
        self.fields["department"].queryset = units.exclude(pk=grievance.department_id)


class AssistField(forms.ModelChoiceField):
    """Which unit reports."""

    def label_from_instance(self, obj):
        return f"{obj.department}({obj.asked_on:%Y-%m-%d}请求)"


class ReportAssistForm(ActForm):
    """协办回复."""

    act = "report_assist"
    assist = AssistField(Assist.objects.none(), label="协办单位", empty_label=None)
    words = words("协办情况", required=True)

    def offer(self, grievance):
        waiting = grievance.assists.waiting().select_related("department")
        self.fields["assist"].queryset = waiting


class TellJoinedForm(ActForm):
    """告知并案."""

    act = "tell_joined"
    lead = "请告诉这一件的反映人：和内容相同的反映合并办理，有结果会一并告诉他。"
    mode = radio("告知方式", Grievance.AnswerMode.choices)
    words = words("告知内容")


class TellMergedForm(ActForm):
    """告知并案人."""

    act = "tell_merged"
    lead = "主件已有结果，请告诉这一件的反映人。"
    mode = radio("告知方式", Grievance.AnswerMode.choices)
    words = words("告知内容")


class SeparateForm(ActForm):
    """取消并案."""

    act = "separate"
    lead = "取消后回到“已受理”，请重新交办；办理时限仍按本件原来的。"
    words = words("取消原因", required=True)


class MergeForm(ActForm):
    """并案."""

    act = "merge"
    lead = "同一件事几个人反映的，并成一件办；本件不再单独统计。本件的反映人要告知两次：已并案办理，和主件的结果。"
    main_number = number("并入哪一件", "填写还在办的那一件的编号。")
    words = words("并案原因", required=True)
    told_mode = forms.ChoiceField(
        label="告知反映人已并案",
        required=False,
        choices=[("", "还没有告知，稍后办理“告知并案”"), *Grievance.AnswerMode.choices],
        widget=forms.RadioSelect,
    )


class LinkRepeatForm(ActForm):
    """标为重复反映."""

    act = "link_repeat"
    lead = "以前反映过、办过的同一件事，仍单独办理。"
    earlier_number = number("以前那一件", "填写以前登记的编号，在办的、办结的都可以。")
    words = words("说明")


class UnlinkRepeatForm(ActForm):
    """取消重复反映."""

    act = "unlink_repeat"
    words = words("取消原因", required=True)


class MarkForm(ActForm):
    """加急和标记."""

    act = "mark"
    is_urgent = forms.BooleanField(label="加急", required=False)
    is_legacy = forms.BooleanField(label="历史遗留", required=False)
    redate = forms.BooleanField(
        label="按新情况重定办理时限",
        required=False,
        help_text="不勾选的，办理时限不变；勾选的，从开始计时之日按现在适用的时限重算。",
    )
    words = words("原因", required=True)

    def offer(self, grievance):
        self.initial |= {"is_urgent": grievance.is_urgent, "is_legacy": grievance.is_legacy}


OF_THE_HANDS = {
    form.act: form
    for form in (
        TransferForm,
        ForwardForm,
        TakeBackForm,
        SuspendForm,
        ResumeForm,
        AssistForm,
        ReportAssistForm,
        TellJoinedForm,
        TellMergedForm,
        SeparateForm,
        MergeForm,
        LinkRepeatForm,
        UnlinkRepeatForm,
        MarkForm,
    )
} | CLIMBING
