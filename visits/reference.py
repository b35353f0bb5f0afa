"""Reference tables of the visits: 驻点日规则, 走访间隔 and 走访户数, which have pages of their own because a change
makes a new row, 需求类别 and 点单类型."""

from django import forms
from import_export.fields import Field

from liaison.reference import widgets
from liaison.reference.codes import CodeForm, CodeResource, CodeTable, in_use_field, place_field
from liaison.reference.forms import TextField
from liaison.reference.tables import ReferenceTable

from .models import ContactPolicy, NeedKind, SessionPolicy, VisitQuota, WishKind

STATION_LONGEST, LONGEST_DAYS = 50, 365


class Rules(ReferenceTable):
    """Numbers of liaison days."""

    key, title, rank, group = "session-rules", "驻点日规则", 34, "队伍与日历"
    about = "补驻提前几天告知、驻点后几天内确认；改动从启用日期起用。"
    permission = "visits.manage"
    is_shared = False
    model = SessionPolicy
    active_field = ""
    page = "visits:rules"


class NeedKindResource(CodeResource):
    """需求类别."""

    station = Field("station", "核实单位", widgets.TextWidget(STATION_LONGEST))
    look_after = Field(
        "look_after", "跟进间隔(天)", widgets.NumberWidget(1, LONGEST_DAYS), saves_null_values=False
    )
    order, is_active = place_field(), in_use_field()

    class Meta:
        model = NeedKind
        fields = ("code", "name", "station", "look_after", "order", "is_active")
        import_id_fields = ("name",)


class NeedKindForm(CodeForm):
    """With the station that looks into it, and how long until one asks again."""

    facts_of = ("code", "name", "station", "look_after", "order", "is_active")
    station = TextField(
        label="核实单位",
        max_length=STATION_LONGEST,
        required=False,
        help_text="写单位名称；转办时，本镇有同名单位的自动选好。",
    )
    look_after = forms.IntegerField(
        label="跟进间隔(天)",
        min_value=1,
        max_value=LONGEST_DAYS,
        initial=15,
        help_text="登记或跟进后，过这么多天列入到期待跟进；每次跟进时可另定日期。",
    )
    field_order = ("code", "name", "station", "look_after")


class NeedKinds(CodeTable):
    key, title, rank, group = "need-kinds", "需求类别", 36, "走访"
    about = "走访中发现“可能符合”的政策；是否符合由核实单位认定。"
    model, resource_class, form_class = NeedKind, NeedKindResource, NeedKindForm
    widths = CodeTable.widths | {"核实单位": 20, "跟进间隔(天)": 14}


class Intervals(ReferenceTable):
    """走访间隔 has a page of its own, because a change makes a new row."""

    key, title, rank, group = "contact-intervals", "走访间隔", 36, "走访与点单"
    about = "一般户、各类重点户多少天走访一次；改动从启用日期起用，过去的不变。"
    permission = "visits.manage"
    is_shared = False
    model = ContactPolicy
    active_field = ""
    page = "visits:contact_policies"


class Quotas(ReferenceTable):
    """走访户数 has a page of its own, because a change makes a new row."""

    key, title, rank, group = "visit-quotas", "走访户数", 37, "走访与点单"
    about = "谁在一周、一月、一季里走访多少户；只提示还可走访哪些户，不排名。"
    permission = "visits.manage"
    is_shared = False
    model = VisitQuota
    active_field = ""
    page = "visits:visit_quotas"


class WishKindResource(CodeResource):
    """点单类型."""

    order, is_active = place_field(), in_use_field()

    class Meta:
        model = WishKind
        fields = ("code", "name", "order", "is_active")
        import_id_fields = ("name",)


class WishKinds(CodeTable):
    """点单类型."""

    key, title, rank, group = "wish-kinds", "点单类型", 38, "走访与点单"
    about = "登记村民点单时选择的类型。"
    model, resource_class = WishKind, WishKindResource


TABLES = (Rules(), NeedKinds(), Intervals(), Quotas(), WishKinds())
