"""延期: asked, decided, told, withdrawn."""

from django import forms

from grievances.models import Grievance
from liaison.forms import CreateFormMixin, VersionFormMixin

from .fields import DayForm, radio, words

ANSWERS = (("yes", "批准"), ("no", "不批准"))


class AskExtensionForm(CreateFormMixin, VersionFormMixin, DayForm):
    """How much longer, in the unit of the matter's own time limit, and why."""

    amount = forms.IntegerField(label="延长", min_value=1, max_value=999)
    reason = words(
        "延期理由", required=True, help_text="批准后要把理由告诉反映人，请写群众听得懂的话。"
    )
    field_order = ("on", "amount", "reason")

    def __init__(self, *args, matter, left, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["on"].label = "申请日期"
        unit = matter.get_due_unit_display()
        self.fields["amount"].label = f"延长({unit})"
        self.fields["amount"].help_text = f"还可延长{left}{unit}。"


class DecideExtensionForm(VersionFormMixin, DayForm):
    """Approved, all of it or less; or refused with a reason."""

    answer = radio("审批", ANSWERS)
    granted = forms.IntegerField(label="批准延长", min_value=1, max_value=999, required=False)
    decision = words("审批意见", help_text="不批准的请写明理由。")
    field_order = ("on", "answer", "granted", "decision")

    def __init__(self, *args, extension, **kwargs):
        initial = {"version": extension.version, "granted": extension.amount}
        super().__init__(*args, initial=initial | kwargs.pop("initial", {}), **kwargs)
        self.fields["on"].label = "审批日期"
        self.fields["granted"].label = f"批准延长({extension.get_unit_display()})"
        self.fields["granted"].help_text = f"可以少于申请的{extension.amount}。"


class ExtensionToldForm(VersionFormMixin, DayForm):
    """How the villager was told."""

    mode = radio("告知方式", Grievance.AnswerMode.choices)
    words = words("告知内容")
    field_order = ("on", "mode", "words")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["on"].label = "告知日期"


class WithdrawExtensionForm(VersionFormMixin, DayForm):
    """Nothing but the day."""
