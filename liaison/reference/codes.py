"""What the code lists of every app have in common as reference tables: columns, form, page."""

from django import forms
from django.core.exceptions import ValidationError
from import_export.fields import Field

from . import widgets
from .forms import RowForm, TextField
from .resources import HouseResource, refuse_last_off, refuse_taken
from .tables import ReferenceTable

IN_USE = widgets.YesNoWidget("在用", "停用")
NAME_LONGEST, LAST_PLACE = 40, 9999


def in_use_field():
    """在用 or 停用; an empty cell leaves it."""
    return Field("is_active", "在用", IN_USE, saves_null_values=False)


def place_field():
    """顺序; an empty cell leaves it, a new line goes last."""
    return Field("order", "顺序", widgets.NumberWidget(1, LAST_PLACE), saves_null_values=False)


class CodeResource(HouseResource):
    """One line of a code list; subclasses name the model and its columns in ``Meta``."""

    keys = ("code", "name")
    code = Field("code", "编码", widgets.CodeWidget(), saves_null_values=False)
    name = Field("name", "名称", widgets.TextWidget(NAME_LONGEST, "名称"))

    def before_import(self, dataset, **kwargs):
        """Where the numbering of new lines begins: the list is read once for a whole file."""
        given = dataset["编码"] if "编码" in dataset.headers else ()
        numbers = [int(code) for code in given if code.isdecimal() and len(code) < 7]
        model = self._meta.model
        self._last_code = max([model.last_code(), *numbers])
        self._last_place = model.last_place()

    def before_save_instance(self, instance, row, **kwargs):
        """A new line without code or place gets the next ones, beyond those the file itself gives."""
        super().before_save_instance(instance, row, **kwargs)
        if not instance.code:
            self._last_code += 1
            instance.code = f"{self._last_code:02}"
        if not instance.order:
            self._last_place = min(self._last_place + 1, LAST_PLACE)
            instance.order = self._last_place

    def check(self, instance, is_new):
        """Names and codes once; a code stays; one line stays in use."""
        before = (
            ""
            if is_new
            else type(instance).objects.values_list("code", flat=True).get(pk=instance.pk)
        )
        if before and instance.code != before:
            raise ValidationError(
                {"code": f"“{instance.name}”的编码是{before}，编码不能改，请核对编码和名称"}
            )
        refuse_taken(instance, "name", f"“{instance.name}”已经有了，请改用别的名称")
        refuse_taken(instance, "code", f"编码{instance.code}已经有了，请改用别的编码")
        refuse_last_off(instance)


class CodeForm(RowForm):
    """A line of a code list; its code is asked once."""

    facts_of = ("code", "name", "order", "is_active")
    code = forms.RegexField(
        r"^[0-9A-Za-z-]*$",
        label="编码",
        max_length=20,
        required=False,
        help_text="数字、字母或短横线；留空由系统编号。以后不能改。",
        error_messages={"invalid": "编码只能是数字、字母和短横线。"},
    )
    name = TextField(label="名称", max_length=NAME_LONGEST)
    order = forms.IntegerField(
        label="顺序", min_value=1, max_value=LAST_PLACE, required=False, help_text="留空排在最后。"
    )
    is_active = forms.BooleanField(label="在用", required=False, initial=True)

    def __init__(self, *args, row=None, **kwargs):
        super().__init__(*args, row=row, **kwargs)
        if row:
            del self.fields["code"]

    def clean_order(self):
        """0 asks for the last place."""
        return self.cleaned_data["order"] or 0


class CodeTable(ReferenceTable):
    """Base of the code lists, shared by all townships."""

    form_class = CodeForm
    widths = {"编码": 10, "名称": 32, "顺序": 8, "在用": 8}
