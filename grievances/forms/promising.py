"""答应群众的事."""

from django import forms

from grievances.actions.promising import LONGEST
from liaison.forms import DateInput, VersionFormMixin


class PromiseForm(VersionFormMixin):
    """What was promised, and by which day."""

    promise = forms.CharField(
        label="答应的事",
        required=False,
        max_length=LONGEST,
        help_text="例如“先派人到现场看”；只是答应给答复的，可以不填。",
    )
    promise_due_on = forms.DateField(
        label="几号以前", required=False, widget=DateInput, help_text="清空日期即取消。"
    )

    def __init__(self, *args, matter, **kwargs):
        initial = {name: getattr(matter, name) for name in ("promise", "promise_due_on", "version")}
        super().__init__(*args, initial=initial, **kwargs)
