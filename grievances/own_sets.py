"""Reference tables a township takes over as a whole: 呈报层级 and 督办回复时限."""

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.urls import path, reverse
from import_export.fields import Field

from cadres.models import Post, StandingMeeting
from cadres.workcalendar import WorkCalendar
from liaison.filters import HouseFilterSet
from liaison.reference import widgets
from liaison.reference.codes import in_use_field
from liaison.reference.forms import RowForm, TextField
from liaison.reference.resources import HouseResource
from liaison.reference.tables import ReferenceTable

from .actions.own_sets import PERMISSION
from .ladder_cells import NameWidget, PostField, PostWidget, StandingChoice, StandingField
from .models import Rung, SupervisionRule
from .models.supervision import SupervisionLevel
from .treating import treated_at

ROLES = {label: value for value, label in Rung.ROLES}
NAME_LONGEST, MOST_DAYS, MOST_RUNGS = 30, 365, 20
FIRST = "现在用的是通用的一套；要改请先点“照通用的另设一套”。"


class OwnSetResource(HouseResource):
    """Rows of one's own township; the general ones are not in the file."""

    def rows(self):
        """Those a file can name."""
        own = self._meta.model.objects
        return own.filter(township=self.by.township_id) if self.by else own.all()

    def init_instance(self, row=None):
        """A new row is the township's own."""
        return self._meta.model(township=self.by.township)

    def refuse_twice(self, instance, attribute, sentence):
        """Refuse what another row of the township has."""
        same = {attribute: getattr(instance, attribute), "township": instance.township_id}
        if type(instance).objects.filter(**same).exclude(pk=instance.pk).exists():
            raise ValidationError({attribute: sentence})


class RungResource(OwnSetResource):
    """呈报层级."""

    order = Field("order", "第几级", widgets.NumberWidget(1, MOST_RUNGS, required=True))
    name = Field("name", "名称", widgets.TextWidget(NAME_LONGEST, "名称"))
    role = Field("role", "负责角色", widgets.WordWidget(ROLES, required=True))
    post = PostField("post", "负责岗位", PostWidget())
    overdue_days = Field("overdue_days", "超期几天后提醒", widgets.NumberWidget(0, MOST_DAYS))
    meets_on = Field("meets_on", "每月几日调度", widgets.NumberWidget(1, 31))
    standing = StandingField("standing", "研究的例会", NameWidget(40))
    is_active = in_use_field()

    class Meta:
        model = Rung
        fields = (
            "order", "name", "role", "post", "overdue_days", "meets_on", "standing", "is_active",
        )  # fmt: skip
        import_id_fields = ("name",)

    def check(self, instance, is_new):
        """Names once; a post that does not read the whole township's matters answers for none of them."""
        self.refuse_twice(instance, "name", f"“{instance.name}”已经有了，请改用别的名称")
        post = instance.post
        if post and (post.township_id != instance.township_id or post.role not in ROLES.values()):
            raise ValidationError({"post": "请选择本镇驻点办或镇领导的岗位"})


class RungForm(RowForm):
    """One rung."""

    facts_of = (
        "order",
        "name",
        "role",
        "post",
        "overdue_days",
        "meets_on",
        "standing",
        "is_active",
    )
    order = forms.IntegerField(label="第几级", min_value=1, max_value=MOST_RUNGS)
    name = TextField(label="名称", max_length=NAME_LONGEST)
    role = forms.ChoiceField(label="负责角色", choices=Rung.ROLES)
    post = forms.ModelChoiceField(
        Post.objects.none(),
        label="负责岗位",
        required=False,
        empty_label="该角色的人都负责",
        help_text="指定岗位的，呈报和提醒由任职的人负责。",
    )
    overdue_days = forms.IntegerField(
        label="超期几天后提醒",
        min_value=0,
        max_value=MOST_DAYS,
        required=False,
        help_text="自然日，从应办结日的次日起算；留空的不因超期提醒。",
    )
    meets_on = forms.IntegerField(
        label="每月几日调度",
        min_value=1,
        max_value=31,
        required=False,
        help_text="按月开会的填，例如25；非工作日顺延。选了下面的例会的，以例会为准。",
    )
    standing = StandingChoice(
        StandingMeeting.objects.none(),
        label="研究的例会",
        required=False,
        empty_label="不指定",
        help_text="呈报到这一级的诉求在哪个例会上研究；例会在“驻点安排—例会安排”里设定。",
    )
    is_active = forms.BooleanField(label="在用", required=False, initial=True)

    def __init__(self, *args, row=None, user=None, **kwargs):
        super().__init__(*args, row=row, **kwargs)
        posts = Post.objects.filter(role__in=ROLES.values(), abolished_on=None)
        township = getattr(user, "township_id", None)
        self.fields["post"].queryset = posts.filter(township=township)
        meetings = StandingMeeting.objects.filter(township=township)
        self.fields["standing"].queryset = meetings.order_by("name", "-valid_from", "pk")


class SupervisionRuleResource(OwnSetResource):
    """督办回复时限."""

    keys = ("level",)
    LEVELS = {label: value for value, label in SupervisionLevel.choices}
    level = Field("level", "督办级别", widgets.WordWidget(LEVELS, required=True))
    reply_days = Field(
        "reply_days", "回复时限(工作日)", widgets.NumberWidget(1, MOST_DAYS, required=True)
    )

    class Meta:
        model = SupervisionRule
        fields = ("level", "reply_days")
        import_id_fields = ("level",)

    def check(self, instance, is_new):
        """Each level once."""
        self.refuse_twice(instance, "level", f"{instance.get_level_display()}已经有了，请直接修改")


class SupervisionRuleForm(RowForm):
    """How long a unit has to answer."""

    facts_of = ("level", "reply_days")
    level = forms.ChoiceField(label="督办级别", choices=SupervisionLevel.choices)
    reply_days = forms.IntegerField(label="回复时限(工作日)", min_value=1, max_value=MOST_DAYS)


class LevelFilter(HouseFilterSet):
    """By level."""

    level = django_filters.ChoiceFilter(
        choices=SupervisionLevel.choices, label="督办级别", empty_label="全部"
    )

    class Meta:
        model = SupervisionRule
        fields = []


class OwnSetTable(ReferenceTable):
    """Base: shows the set in force; it is changed once it is the township's own."""

    group, is_shared, permission = "民情台账", False, PERMISSION
    list_template = "settings/own_set.html"

    def rows(self, user):
        """One's own set, or the general one."""
        return self.model.objects.visible_to(user).set_of(user.township_id)

    def may_change(self, user):
        """Of one's own set only."""
        return self.may_adopt(user) is False and super().may_change(user)

    def may_adopt(self, user) -> bool:
        """Whether the general set is still in force here."""
        return not self.model.objects.filter(township=user.township_id).exists()

    def why_not(self):
        """What to do first."""
        return FIRST

    def given(self, user):
        """A new row is the township's own."""
        return {"township": user.township}

    def list_context(self, user, today):
        """Where the general set is taken over."""
        adopts = self.may_adopt(user) and super().may_change(user)
        return {
            "adopt_url": reverse(f"settings:{self.key}_adopt") if adopts else "",
            "first": FIRST,
        }

    def extra_urls(self):
        """/settings/<key>/adopt/."""
        from .views.own_sets import Adopt  # noqa: PLC0415 (views must not be read with the models)

        return [path(f"{self.key}/adopt/", Adopt.as_view(table=self), name=f"{self.key}_adopt")]


class Ladder(OwnSetTable):
    key, title, rank = "rungs", "呈报层级", 15
    about = "诉求呈报时一级一级往上走的台阶；超期到了天数，每级提醒一次，夜间不提醒。"
    model, resource_class, form_class = Rung, RungResource, RungForm
    widths = {
        "第几级": 8,
        "名称": 24,
        "负责角色": 14,
        "负责岗位": 24,
        "超期几天后提醒": 16,
        "研究的例会": 20,
    }

    def rows(self, user):
        """With the posts and meetings they name."""
        return super().rows(user).select_related("post", "standing")

    def list_context(self, user, today):
        """When the meetings of the rungs next sit."""
        calendar = WorkCalendar.load(user.township_id)
        rungs = self.rows(user).filter(is_active=True)
        treated = [treated_at(rung, today, calendar) for rung in rungs.order_by("order", "pk")]
        return super().list_context(user, today) | {"treated": [each for each in treated if each]}

    def form(self, user, data=None, *, row=None):
        """With the posts of one's own township."""
        return RungForm(data, row=row, user=user)


class SupervisionRules(OwnSetTable):
    key, title, rank = "supervision-rules", "督办回复时限", 16
    about = "督办后承办单位几个工作日内回复；督办时可以另定日期。"
    model, resource_class, form_class = (
        SupervisionRule,
        SupervisionRuleResource,
        SupervisionRuleForm,
    )
    filterset_class = LevelFilter
    active_field, order = "", ("pk",)
    widths = {"督办级别": 12, "回复时限(工作日)": 18}


TABLES = (Ladder(), SupervisionRules())
