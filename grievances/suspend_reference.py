"""挂起原因 as a reference table: why a matter may rest, and how long at the most."""

from django import forms
from import_export.fields import Field

from grievances.models import SuspendReason
from liaison.reference import widgets
from liaison.reference.codes import CodeForm, CodeResource, CodeTable, in_use_field, place_field

LONGEST = 3650  # 自然日


class SuspendReasonResource(CodeResource):
    """挂起原因."""

    most_days = Field(
        "most_days", "最长(自然日)", widgets.NumberWidget(1, LONGEST), saves_null_values=False
    )
    order, is_active = place_field(), in_use_field()

    class Meta:
        model = SuspendReason
        fields = ("code", "name", "most_days", "order", "is_active")
        import_id_fields = ("name",)


class SuspendReasonForm(CodeForm):
    """With the cap."""

    facts_of = ("code", "name", "most_days", "order", "is_active")
    most_days = forms.IntegerField(
        label="最长(自然日)",
        min_value=1,
        max_value=LONGEST,
        initial=90,
        help_text="同一件诉求因故挂起的天数合计不超过这个数；改动只用于以后的挂起。",
    )
    field_order = ("code", "name", "most_days")


class SuspendReasons(CodeTable):
    """挂起原因."""

    key, title, rank, group = "suspend-reasons", "挂起原因", 15, "民情台账"
    about = "暂时不能办理、停止计时的原因，以及最长可以停多久。"
    model, resource_class, form_class = SuspendReason, SuspendReasonResource, SuspendReasonForm
    widths = CodeTable.widths | {"最长(自然日)": 14}
