"""督办, its answer and its end; 催办."""

from django import forms

from grievances.models.supervision import SupervisionLevel
from liaison.forms import CreateFormMixin, DateInput, VersionFormMixin

from .fields import DayForm, radio, words


class LookingAfterForm(CreateFormMixin, VersionFormMixin, DayForm):
    """Base: day, version of the matter, identifier."""

    field_order = ("on",)

    def arguments(self) -> dict:
        """What the verb takes beside the row, by and now."""
        return {name: value for name, value in self.cleaned_data.items() if name != "form_key"}


class SuperviseForm(LookingAfterForm):
    """督办 or a graver one."""

    level = radio("督办级别", SupervisionLevel.choices)
    words = words("督办意见")
    reply_due_on = forms.DateField(
        label="回复期限",
        required=False,
        widget=DateInput,
        help_text="留空按本镇的督办回复时限算(工作日)。",
    )


class ReplyForm(LookingAfterForm):
    """What the unit answers."""

    words = words("回复内容", required=True)


class LiftForm(LookingAfterForm):
    """解除督办."""

    words = words("解除说明", help_text="承办单位还没有回复的，请写明为什么解除。")


class UrgeForm(VersionFormMixin):
    """催办: a click; words if one likes."""

    words = words("催办的话", help_text="可以不填。")
