"""What is asked before a roster leaves the house with its numbers in plain."""

from django import forms

from liaison.forms import HouseFormMixin

from .forms import TextField
from .models import Village


class RosterExportForm(HouseFormMixin, forms.Form):
    """Whose roster, and why."""

    village = forms.ModelChoiceField(Village.objects.none(), label="村（社区）")
    reason = TextField(
        label="事由",
        max_length=100,
        help_text="例如“年度人口核对”。名册含完整的身份证号和电话，事由记入审计记录。",
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        villages = Village.objects.visible_to(user, "villages.import")
        self.fields["village"].queryset = villages.in_order()
