"""人群标签 as a reference table: forms, files in and out."""

from django import forms
from import_export.fields import Field

from liaison.reference import widgets
from liaison.reference.forms import RowForm, TextField
from liaison.reference.resources import HouseResource, refuse_last_off, refuse_taken
from liaison.reference.tables import ReferenceTable

from .models import ResidentTag

NAME_LONGEST, LONGEST_MONTHS, LAST_PLACE = 20, 600, 9999


class MonthsWidget(widgets.NumberWidget):
    """有效期 in months; 长期 has no end, an empty cell leaves the tag's own."""

    def clean(self, value, row=None, **kwargs):
        """Months, or NO_END."""
        return NO_END if widgets.tidy(value) == "长期" else super().clean(value)

    def render(self, value, obj=None, **kwargs):
        """The number, or 长期."""
        return str(value) if value else "长期"


NO_END = 0


class MonthsField(Field):
    """The row keeps no number at all for a tag without end."""

    def save(self, instance, row, is_m2m=False, **kwargs):
        """None for 长期; an empty cell leaves what is."""
        months = self.clean(row)
        if months is not None:
            instance.valid_months = months or None


class TagResource(HouseResource):
    """A tag is known by its name: rosters name it so."""

    name = Field("name", "名称", widgets.TextWidget(NAME_LONGEST, "名称"))
    sensitive = Field("sensitive", "敏感", widgets.YesNoWidget(), saves_null_values=False)
    valid_months = MonthsField(
        "valid_months", "有效期月数", MonthsWidget(1, LONGEST_MONTHS), saves_null_values=False
    )
    order = Field("order", "顺序", widgets.NumberWidget(0, LAST_PLACE), saves_null_values=False)
    is_active = Field(
        "is_active", "在用", widgets.YesNoWidget("在用", "停用"), saves_null_values=False
    )

    class Meta:
        model = ResidentTag
        fields = ("name", "sensitive", "valid_months", "order", "is_active")
        import_id_fields = ("name",)

    def check(self, instance, is_new):
        """Names once; one tag stays in use."""
        refuse_taken(instance, "name", f"“{instance.name}”已经有了，请改用别的名称")
        refuse_last_off(instance)


class TagForm(RowForm):
    """One tag."""

    facts_of = ("name", "sensitive", "valid_months", "order", "is_active")
    name = TextField(label="名称", max_length=NAME_LONGEST)
    sensitive = forms.BooleanField(
        label="敏感",
        required=False,
        initial=True,
        help_text="敏感的标签只有联系该村的驻点团队看得到。",
    )
    valid_months = forms.IntegerField(
        label="有效期月数",
        min_value=1,
        max_value=LONGEST_MONTHS,
        required=False,
        help_text="到期提醒复核；长期有效请留空。",
    )
    order = forms.IntegerField(label="顺序", min_value=0, max_value=LAST_PLACE, initial=100)
    is_active = forms.BooleanField(label="在用", required=False, initial=True)


class Tags(ReferenceTable):
    """人群标签, shared by all townships."""

    key, title, rank, group = "tags", "人群标签", 20, "村组与户"
    about = "低保、特困、党员等；花名册里没见过的标签先按敏感保存，由镇驻点办确认。"
    model, resource_class, form_class = ResidentTag, TagResource, TagForm
    order = ("order", "name", "pk")
    widths = {"名称": 24}


TABLES = (Tags(),)
