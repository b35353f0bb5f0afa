"""分派规则 as a reference table: each township's own rows, forms, files in and out."""

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from import_export.fields import Field

from cadres.models import Department, LiaisonTeam, Post
from cadres.roles import Role
from grievances.forms.fields import LevelField
from grievances.ladder import level_choices
from grievances.models import Category, DeadlinePolicy, Grievance, RoutingRule
from liaison.reference import widgets
from liaison.reference.codes import in_use_field
from liaison.reference.forms import RowForm, TextField
from liaison.reference.resources import HouseResource
from liaison.reference.tables import ReferenceTable
from villages.models import Section, Village

ANY, UNIT = "不限", "由单位确定"
GENERAL = "按办理时限表"
NAME_LONGEST = 60
KINDS = {ANY: "", "": ""} | {label: value for value, label in Grievance.Kind.choices}
SCOPED = ("category", "village", "section", "team", "department", "post", "policy")


def choices_of(name, township_id):
    """The rows a rule of a township may name: {what: its own ones in use, in their order}."""
    own = Q(township=township_id)
    standing = own & Q(abolished_on=None)
    return {
        "category": lambda: Category.objects.filter(is_active=True),
        "village": lambda: Village.objects.filter(own).in_order(),
        "section": lambda: Section.objects.filter(village__township=township_id).select_related(
            "village"
        ),
        "team": lambda: LiaisonTeam.objects.filter(own, is_active=True).for_liaison().in_order(),
        "department": lambda: Department.objects.filter(standing),
        "post": lambda: Post.objects.filter(standing, role=Role.HANDLER),
        "policy": lambda: DeadlinePolicy.objects.filter(own | Q(township=None), is_active=True),
    }[name]()


class OwnRowWidget(widgets.Widget):
    """A row of the township by its name.

    Args:
        name: of the field, a key of ``choices_of``. what: what the list is called.
        none: the word for no row; "" when there must be one. by: the field that holds the name.
    """

    township_id = None

    def __init__(self, name: str, what: str, none: str = "", by: str = "name"):
        super().__init__()
        self.name, self.what, self.none, self.by = name, what, none, by

    def clean(self, value, row=None, **kwargs):
        """The row, None for the word that says none; of two of one name the township's own."""
        text = widgets.tidy(value)
        if self.none and text in ("", self.none):
            return None
        found = choices_of(self.name, self.township_id).filter(**{self.by: text[:100]})
        found = found.order_by("-pk").first() if text else None
        if found is None:
            raise ValueError(f"本镇在用的{self.what}里没有这一项，请核对名称")
        return found

    def render(self, value, obj=None, **kwargs):
        """The row's name."""
        return self.none if value is None else getattr(value, self.by)


class SectionWidget(OwnRowWidget):
    """A 片 by its village and its name, 「石桥村东片」: two villages may have an 东片 each."""

    def clean(self, value, row=None, **kwargs):
        """The row, None for 不限."""
        text = widgets.tidy(value)
        if text in ("", self.none):
            return None
        rows = choices_of(self.name, self.township_id)
        found = {in_full(each): each for each in rows}.get(text)
        if found is None:
            raise ValueError(f"本镇没有这个{self.what}，请写村名和片名，如“石桥村东片”")
        return found

    def render(self, value, obj=None, **kwargs):
        """「石桥村东片」."""
        return self.none if value is None else in_full(value)


def in_full(section) -> str:
    """「石桥村东片」."""
    return f"{section.village}{section}"


class SectionField(forms.ModelChoiceField):
    """片 with its village."""

    def label_from_instance(self, obj):
        """「石桥村东片」."""
        return in_full(obj)


class LevelWidget(widgets.Widget):
    """层级 by the name of a rung of the township, or 「第4级」; stored by its place on the ladder."""

    township_id = None

    def clean(self, value, row=None, **kwargs):
        """The place, None for 不限."""
        text = widgets.tidy(value)
        if text in ("", ANY):
            return None
        for place, label in level_choices(self.township_id):
            if text in (label, *label.split(" ", 1)):
                return place
        raise ValueError("呈报层级里没有这一级，请填层级的名称(如“统筹调度”)或“第4级”，不限的留空")

    def render(self, value, obj=None, **kwargs):
        """「第4级」, whatever the rung is called by then."""
        return ANY if value is None else f"第{value}级"


class RoutingResource(HouseResource):
    """分派规则."""

    name = Field("name", "名称", widgets.TextWidget(NAME_LONGEST, "名称"))
    urgent = Field("urgent", "加急", widgets.YesNoWidget("加急件", "", empty=False))
    category = Field("category", "类别", OwnRowWidget("category", "诉求类别", ANY))
    level = Field("level", "层级", LevelWidget())
    village = Field("village", "村", OwnRowWidget("village", "村(社区)", ANY))
    section = Field("section", "片", SectionWidget("section", "片", ANY))
    team = Field("team", "驻点团队", OwnRowWidget("team", "驻点团队", ANY))
    kind = Field("kind", "性质", widgets.WordWidget(KINDS, empty=""))
    department = Field("department", "承办单位", OwnRowWidget("department", "承办单位"))
    post = Field("post", "承办岗位", OwnRowWidget("post", "承办岗位", UNIT, by="title"))
    policy = Field("policy", "办理时限", OwnRowWidget("policy", "办理时限", GENERAL))
    is_active = in_use_field()

    class Meta:
        model = RoutingRule
        fields = (
            "name", "urgent", "level", "category", "village", "section", "team", "kind", "department",
            "post", "policy", "is_active",
        )  # fmt: skip
        import_id_fields = ("name", "department")

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        for name in (*SCOPED, "level"):
            self.fields[name].widget.township_id = self.by.township_id if self.by else None

    def rows(self):
        """The township's own."""
        return RoutingRule.objects.visible_to(self.by) if self.by else RoutingRule.objects.all()

    def init_instance(self, row=None):
        """A new row is the township's own."""
        return RoutingRule(township=self.by.township)

    def check(self, instance, is_new):
        """One place, a post of the unit, a limit for what is urgent only where the rule is; a name once."""
        places = (instance.village_id, instance.section_id, instance.team_id)
        if sum(place is not None for place in places) > 1:
            raise ValidationError({"team": "村、片和驻点团队只能填一个，其余请填“不限”"})
        post, policy = instance.post, instance.policy
        if post and post.department_id != instance.department_id:
            raise ValidationError({"post": f"“{post}”不是{instance.department}的岗位，请重新选择"})
        if policy and policy.urgent and not instance.urgent:
            raise ValidationError(
                {"policy": "这条时限只用于加急件，请把规则也设为加急件，或换一条"}
            )
        others = RoutingRule.objects.filter(township=instance.township).exclude(pk=instance.pk)
        if others.filter(name=instance.name).exists():
            raise ValidationError({"name": f"“{instance.name}”已经有了，请改用别的名称"})


class RoutingForm(RowForm):
    """One rule, in the order it is read: when it fits, then where to."""

    facts_of = (
        "name", "urgent", "level", "category", "village", "section", "team", "kind", "department",
        "post", "policy", "is_active",
    )  # fmt: skip
    name = TextField(
        label="名称", max_length=NAME_LONGEST, help_text="办理时会显示，如“水利归农业农村办”。"
    )
    level = LevelField()
    category = forms.ModelChoiceField(None, label="类别", required=False, empty_label=ANY)
    village = forms.ModelChoiceField(None, label="村(社区)", required=False, empty_label=ANY)
    section = SectionField(
        None, label="片", required=False, empty_label=ANY, help_text="按诉求所填的户属于哪个片；已选村的不用选。"
    )  # fmt: skip
    team = forms.ModelChoiceField(
        None, label="驻点团队", required=False, empty_label=ANY, help_text="团队联系的各村都适用；已选村的不用选。"
    )  # fmt: skip
    kind = forms.ChoiceField(
        label="性质", required=False, choices=[("", ANY), *Grievance.Kind.choices]
    )
    urgent = forms.BooleanField(label="只用于加急件", required=False)
    department = forms.ModelChoiceField(None, label="承办单位", empty_label="请选择")
    post = forms.ModelChoiceField(
        None, label="承办岗位", required=False, empty_label=UNIT, help_text="交给现任这个岗位的人。"
    )
    policy = forms.ModelChoiceField(
        None, label="办理时限", required=False, empty_label=GENERAL, help_text="只用于以后登记的诉求。"
    )  # fmt: skip
    is_active = forms.BooleanField(label="在用", required=False, initial=True)

    def __init__(self, *args, user, row=None, **kwargs):
        super().__init__(*args, row=row, **kwargs)
        self.township = None if row else user.township
        township = row.township_id if row else user.township_id
        self.fields["level"].offer(township, row)
        for name in SCOPED:
            rows = choices_of(name, township)
            self.fields[name].queryset = rows
            if row:  # ModelChoiceField takes the row itself; one switched off since is asked anew
                self.initial[name] = getattr(row, f"{name}_id")

    def facts(self):
        """A new rule is the township's own."""
        return super().facts() | ({"township": self.township} if self.township else {})


class RoutingRules(ReferenceTable):
    """分派规则: each township's own."""

    key, title, rank, group = "routing", "分派规则", 15, "民情台账"
    about = (
        "什么样的诉求交哪个单位：几条都符合时，先看加急，再看层级、类别、片、村、驻点团队、性质，"
        "条件最具体的一条为准，同样具体的以后设的为准；办理前显示用的是哪一条，可以改选。"
    )
    permission = "grievances.policies"
    is_shared = False
    model, resource_class, form_class = RoutingRule, RoutingResource, RoutingForm
    order = ("pk",)
    widths = {"名称": 24, "类别": 18, "承办岗位": 18, "办理时限": 18}

    def rows(self, user):
        """One's own township's."""
        rows = super().rows(user)
        return rows.select_related(
            "category", "village", "section__village", "team", "department", "post", "policy"
        )

    def form(self, user, *args, **kwargs):
        """With the units, posts and villages of the township."""
        return RoutingForm(*args, user=user, **kwargs)
