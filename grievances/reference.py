"""The ledger's code lists and time limits as reference tables: forms, files in and out."""

from django import forms
from django.core.exceptions import ValidationError
from import_export.fields import Field

from grievances.actions.policies import require_own
from grievances.models import Category, DeadlinePolicy, DeclineReason, SettlementMethod, Source
from liaison.errors import NotAllowed
from liaison.reference import widgets
from liaison.reference.forms import RowForm, TextField
from liaison.reference.resources import HouseResource, refuse_last_off, refuse_taken
from liaison.reference.tables import ReferenceTable

IN_USE = widgets.YesNoWidget("在用", "停用")
SETTLEMENTS = {
    label: value for value, label in SettlementMethod._meta.get_field("settlement").choices
}
NAME_LONGEST, GO_TO_LONGEST, LAST_PLACE = 40, 100, 9999


def in_use_field():
    """在用 or 停用; an empty cell leaves it."""
    return Field("is_active", "在用", IN_USE, saves_null_values=False)


def place_field():
    """顺序; an empty cell leaves it, a new line goes last."""
    return Field("order", "顺序", widgets.NumberWidget(1, LAST_PLACE), saves_null_values=False)


class CodeResource(HouseResource):
    """One line of a code list."""

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


class CategoryResource(CodeResource):
    """诉求类别."""

    order, is_active = place_field(), in_use_field()

    class Meta:
        model = Category
        fields = ("code", "name", "order", "is_active")
        import_id_fields = ("name",)


class SourceResource(CodeResource):
    """来源."""

    order, is_active = place_field(), in_use_field()

    class Meta:
        model = Source
        fields = ("code", "name", "order", "is_active")
        import_id_fields = ("name",)


class DeclineReasonResource(CodeResource):
    """不予受理原因."""

    go_to = Field("go_to", "告知去向", widgets.TextWidget(GO_TO_LONGEST))
    order, is_active = place_field(), in_use_field()

    class Meta:
        model = DeclineReason
        fields = ("code", "name", "go_to", "order", "is_active")
        import_id_fields = ("name",)


class SettlementMethodResource(CodeResource):
    """办结方式."""

    settlement = Field("settlement", "办结类型", widgets.WordWidget(SETTLEMENTS, required=True))
    order, is_active = place_field(), in_use_field()

    class Meta:
        model = SettlementMethod
        fields = ("code", "name", "settlement", "order", "is_active")
        import_id_fields = ("name", "settlement")


class PlaceWidget(widgets.Widget):
    """适用: 通用, or the township itself."""

    def render(self, value, obj=None, **kwargs):
        """通用 for a general row."""
        return "通用" if value is None else value.name

    def clean(self, value, row=None, **kwargs):
        """True when the row is general."""
        return widgets.tidy(value) == "通用"


class PolicyResource(HouseResource):
    """办理时限: one's own rows come in; general ones may stand in the file as they are."""

    keys = ("name",)
    name = Field("name", "名称", widgets.TextWidget(60, "名称"))
    township = Field("township", "适用", PlaceWidget(), readonly=True)
    category = Field("category", "类别", widgets.RowWidget(Category, "诉求类别", "不限"))
    source = Field("source", "来源", widgets.RowWidget(Source, "来源", "不限"))
    urgent = Field("urgent", "加急", widgets.YesNoWidget("加急件", "", empty=False))
    amount = Field("amount", "时限", widgets.NumberWidget(1, 999, required=True))
    unit = Field(
        "unit",
        "单位",
        widgets.WordWidget(
            {label: value for value, label in DeadlinePolicy.Unit.choices}
            | {"工作日": DeadlinePolicy.Unit.WORKDAY},
            required=True,
        ),
    )
    start = Field(
        "start",
        "起算",
        widgets.WordWidget({label: value for value, label in DeadlinePolicy.Start.choices}),
        saves_null_values=False,
    )
    basis = Field("basis", "依据", widgets.TextWidget(100))
    is_active = in_use_field()

    class Meta:
        model = DeadlinePolicy
        fields = (
            "name", "township", "category", "source", "urgent", "amount", "unit", "start", "basis",
            "is_active",
        )  # fmt: skip
        import_id_fields = ("name", "amount", "unit")

    def rows(self):
        """General rows and the township's own."""
        return (
            DeadlinePolicy.objects.visible_to(self.by) if self.by else DeadlinePolicy.objects.all()
        )

    def _key_text(self, key, row):
        """A name may stand twice: as a general row, and as one's own."""
        text = super()._key_text(key, row)
        return f"{text}\n{self._is_general(row)}" if text else ""

    def named(self, key, row):
        """General rows for 通用, one's own for anything else."""
        own = None if self._is_general(row) else self.by.township
        return super().named(key, row).filter(township=own)

    def init_instance(self, row=None):
        """A new row is the township's own."""
        return DeadlinePolicy(township=None if self._is_general(row) else self.by.township)

    def _is_general(self, row):
        return self.fields["township"].clean(row) if "适用" in row else False

    def check(self, instance, is_new):
        """As on the page: only the township's own rows."""
        try:
            require_own(self.by, instance.township)
        except NotAllowed as refusal:
            raise ValidationError({"township": str(refusal).rstrip("。")}) from refusal


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


class DeclineReasonForm(CodeForm):
    """With where to send the villager instead."""

    facts_of = ("code", "name", "go_to", "order", "is_active")
    go_to = TextField(label="告知去向", max_length=GO_TO_LONGEST, required=False)
    field_order = ("code", "name", "go_to")


class SettlementMethodForm(CodeForm):
    """With the kind of settlement it is."""

    facts_of = ("code", "name", "settlement", "order", "is_active")
    settlement = forms.ChoiceField(
        label="办结类型", choices=[(value, label) for label, value in SETTLEMENTS.items()]
    )
    field_order = ("code", "name", "settlement")


class CodeTable(ReferenceTable):
    """Base of the ledger's code lists, shared by all townships."""

    group = "民情台账"
    form_class = CodeForm
    widths = {"编码": 10, "名称": 32, "告知去向": 40, "顺序": 8, "在用": 8}


class Categories(CodeTable):
    key, title, rank = "categories", "诉求类别", 10
    about = "诉求登记时选择的类别，也是上报统计的口径。"
    model, resource_class = Category, CategoryResource


class Sources(CodeTable):
    key, title, rank = "sources", "来源", 11
    about = "诉求从哪里来。"
    model, resource_class = Source, SourceResource


class DeclineReasons(CodeTable):
    key, title, rank = "decline-reasons", "不予受理原因", 12
    about = "不予受理时选择的原因，以及请群众去哪里反映。"
    model, resource_class, form_class = DeclineReason, DeclineReasonResource, DeclineReasonForm


class SettlementMethods(CodeTable):
    key, title, rank = "settlement-methods", "办结方式", 13
    about = "办结时选择的方式，各属一种办结类型；已办结的诉求保留当时的类型。"
    model, resource_class = SettlementMethod, SettlementMethodResource
    form_class = SettlementMethodForm


class Policies(ReferenceTable):
    """办理时限: each township's own beside the general rows."""

    key, title, rank, group = "policies", "办理时限", 14, "民情台账"
    about = "什么样的诉求多久办结；改动只用于以后受理的诉求。"
    permission = "grievances.policies"
    is_shared = False
    model, resource_class = DeadlinePolicy, PolicyResource
    page, new_page = "grievances:policies", "grievances:policy_new"
    note = "“适用”为“通用”的行照原样保留即可，不会改动；本镇的行可以修改、新增。"

    def rows(self, user):
        """General rows and one's own."""
        return DeadlinePolicy.objects.visible_to(user)


TABLES = (Categories(), Sources(), DeclineReasons(), SettlementMethods(), Policies())
