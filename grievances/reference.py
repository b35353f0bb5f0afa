"""The ledger's code lists and time limits as reference tables: forms, files in and out."""

from django import forms
from django.core.exceptions import ValidationError
from import_export.fields import Field

from grievances.actions.policies import require_own
from grievances.models import (
    Category,
    DeadlinePolicy,
    DeclineReason,
    FollowUpPolicy,
    Grievance,
    PaperPolicy,
    SettlementMethod,
    Source,
)
from liaison.errors import NotAllowed
from liaison.reference import widgets
from liaison.reference.codes import CodeForm, CodeResource, CodeTable, in_use_field, place_field
from liaison.reference.forms import TextField
from liaison.reference.resources import HouseResource
from liaison.reference.tables import ReferenceTable

from .reference_routing import LevelWidget, RoutingRules
from .suspend_reference import SuspendReasons

KINDS = {"不限": ""} | {label: value for value, label in Grievance.Kind.choices}
APPROVERS = {label: value for value, label in DeadlinePolicy.APPROVERS}
SETTLEMENTS = {
    label: value for value, label in SettlementMethod._meta.get_field("settlement").choices
}
GO_TO_LONGEST, KEYWORDS_LONGEST = 100, 1000


class CategoryResource(CodeResource):
    """诉求类别."""

    keywords = Field("keywords", "关键词", widgets.TextWidget(KEYWORDS_LONGEST))
    order, is_active = place_field(), in_use_field()

    class Meta:
        model = Category
        fields = ("code", "name", "keywords", "order", "is_active")
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
    comes_back = Field("comes_back", "约定回头看", widgets.YesNoWidget(), saves_null_values=False)
    order, is_active = place_field(), in_use_field()

    class Meta:
        model = SettlementMethod
        fields = ("code", "name", "settlement", "comes_back", "order", "is_active")
        import_id_fields = ("name", "settlement")


class PlaceWidget(widgets.Widget):
    """适用: 通用, or the township itself."""

    def render(self, value, obj=None, **kwargs):
        """通用 for a general row."""
        return "通用" if value is None else value.name

    def clean(self, value, row=None, **kwargs):
        """True when the row is general."""
        return widgets.tidy(value) == "通用"


def _more(name, head):
    """A count in the row's own unit that an older file may not have."""
    return Field(name, head, widgets.NumberWidget(0, 999), saves_null_values=False)


class PolicyResource(HouseResource):
    """办理时限: one's own rows come in; general ones may stand in the file as they are."""

    keys = ("name",)
    name = Field("name", "名称", widgets.TextWidget(60, "名称"))
    township = Field("township", "适用", PlaceWidget(), readonly=True)
    category = Field("category", "类别", widgets.RowWidget(Category, "诉求类别", "不限"))
    kind = Field("kind", "性质", widgets.WordWidget(KINDS, empty=""))
    source = Field("source", "来源", widgets.RowWidget(Source, "来源", "不限"))
    level = Field("level", "层级", LevelWidget())
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
    warn_before = _more("warn_before", "提前提醒")
    extend_by = _more("extend_by", "延期上限")
    approver = Field("approver", "延期批准", widgets.WordWidget(APPROVERS), saves_null_values=False)
    basis = Field("basis", "依据", widgets.TextWidget(100))
    is_active = in_use_field()

    class Meta:
        model = DeadlinePolicy
        fields = (
            "name", "township", "category", "kind", "source", "level", "urgent", "amount", "unit",
            "start", "warn_before", "extend_by", "approver", "basis", "is_active",
        )  # fmt: skip
        import_id_fields = ("name", "amount", "unit")

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.fields["level"].widget.township_id = self.by.township_id if self.by else None

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


class CategoryForm(CodeForm):
    """With the words by which a matter is taken for this category."""

    facts_of = ("code", "name", "keywords", "order", "is_active")
    keywords = TextField(
        label="关键词",
        max_length=KEYWORDS_LONGEST,
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text="群众常用的说法，用顿号隔开。登记时没选类别的，按摘要里出现的词归类；出现词数最多的一类为准，"
        "一样多就不归。改动不影响已登记的诉求。",
    )
    field_order = ("code", "name", "keywords")


class DeclineReasonForm(CodeForm):
    """With where to send the villager instead."""

    facts_of = ("code", "name", "go_to", "order", "is_active")
    go_to = TextField(label="告知去向", max_length=GO_TO_LONGEST, required=False)
    field_order = ("code", "name", "go_to")


class SettlementMethodForm(CodeForm):
    """With the kind of settlement it is."""

    facts_of = ("code", "name", "settlement", "comes_back", "order", "is_active")
    settlement = forms.ChoiceField(
        label="办结类型", choices=[(value, label) for label, value in SETTLEMENTS.items()]
    )
    comes_back = forms.BooleanField(
        label="约定回头看",
        required=False,
        help_text="按这种方式办结的要填写哪一天回头看，到期列入待办。",
    )
    field_order = ("code", "name", "settlement", "comes_back")


class LedgerTable(CodeTable):
    """Base of the ledger's code lists."""

    group = "民情台账"
    widths = CodeTable.widths | {"告知去向": 40, "关键词": 60}


class Categories(LedgerTable):
    key, title, rank = "categories", "诉求类别", 10
    about = "诉求登记时选择的类别，也是上报统计的口径；没选类别的按关键词归类。"
    model, resource_class, form_class = Category, CategoryResource, CategoryForm


class Sources(LedgerTable):
    key, title, rank = "sources", "来源", 11
    about = "诉求从哪里来。"
    model, resource_class = Source, SourceResource


class DeclineReasons(LedgerTable):
    key, title, rank = "decline-reasons", "不予受理原因", 12
    about = "不予受理时选择的原因，以及请群众去哪里反映。"
    model, resource_class, form_class = DeclineReason, DeclineReasonResource, DeclineReasonForm


class SettlementMethods(LedgerTable):
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


class FollowUpPolicies(ReferenceTable):
    """每月回访抽样 has a page of its own: one row of a township."""

    key, title, rank, group = "follow-up-policy", "每月回访抽样", 17, "民情台账"
    about = "每月1日是否自动从上月办结并已反馈的诉求中抽取回访样本、抽多少、由谁回访。"
    permission = "grievances.sample"
    is_shared = False
    model = FollowUpPolicy
    page = "grievances:sample_policy"


class PaperPolicies(ReferenceTable):
    """附件和公示规定: one row of one's own township."""

    key, title, rank, group = "paper-policy", "附件和公示规定", 46, "打印和文书"
    about = "每件诉求能传多少附件；清单每周哪天公示、分不分村、要不要提醒、写不写反映人。"
    permission = "grievances.policies"
    is_shared = False
    model = PaperPolicy
    active_field = ""
    page = "grievances:paper_policy"


TABLES = (
    Categories(), Sources(), DeclineReasons(), SettlementMethods(), Policies(), SuspendReasons(),
    RoutingRules(), FollowUpPolicies(), PaperPolicies(),
)  # fmt: skip
