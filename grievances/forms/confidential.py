"""Forms of confidential matters."""

from django import forms

from cadres.models import Post, User
from cadres.roles import Role
from grievances.models import Category, ConfidentialPolicy, Grievance, Source
from liaison import clock
from liaison.forms import ChooseManyField, CreateFormMixin, HouseFormMixin, VersionFormMixin
from villages.models import Village
from visits.finding import Unclear, resolve
from visits.widgets import HouseholdInput

from .fields import PLEASE, DayForm, chosen, in_use, radio, words

REASON_LONGEST = 200


def reason(label, hint=""):
    """A short reason that must be given."""
    return forms.CharField(label=label, max_length=REASON_LONGEST, help_text=hint)


class AccusedMixin(forms.Form):
    """被反映人, as far as known. Whoever stands near to him is kept away by itself."""

    people = ChooseManyField(
        User.objects.none(),
        label="被反映的干部",
        required=False,
        widget=forms.SelectMultiple({"size": 6}),
        help_text="可选几位(按住Ctrl点选)。选定后，本人、同单位的、同团队的负责人和组员都看不到这件事。",
    )
    accused_household = forms.CharField(
        label="被反映的户",
        required=False,
        max_length=60,
        widget=HouseholdInput,
        help_text="户编号或户主；这一户的人有账号的也看不到。",
    )
    accused_words = forms.CharField(
        label="被反映人(文字)",
        required=False,
        max_length=REASON_LONGEST,
        help_text="没有账号、不在户册的，写明是谁；加密保存。",
    )

    def offer_people(self, township_id):
        """Everybody with an account in the township, in the order of the accounts' page."""
        people = User.objects.filter(township=township_id, is_active=True).order_by("username")
        self.fields["people"].queryset = people

    def read_household(self, village):
        """The household typed, in a village; None where nothing is."""
        text = self.cleaned_data.get("accused_household")
        self.cleaned_data["accused_household"] = None
        if not text:
            return
        try:
            self.cleaned_data["accused_household"] = resolve(village, text)
        except Unclear as unclear:
            self.add_error("accused_household", str(unclear))


class ConfideForm(AccusedMixin, CreateFormMixin, DayForm):
    """登记涉密反映."""

    village = forms.ModelChoiceField(Village.objects.none(), label="村(社区)", empty_label=PLEASE)
    ground = radio("涉密事由", Grievance.Ground.choices)
    complainant = forms.CharField(
        label="反映人", required=False, max_length=50, help_text="不愿留名的写“匿名”。"
    )
    phone = forms.RegexField(
        r"^[0-9+\-() ]{5,20}$",
        label="联系电话",
        required=False,
        error_messages={"invalid": "请填写电话号码，只用数字，可带区号。"},
    )
    persons = forms.IntegerField(label="人数", min_value=1, max_value=9999, initial=1)
    summary = forms.CharField(
        label="摘要", max_length=60, help_text="一句话说清是什么事，60字以内。"
    )
    detail = words("详情", rows=5)
    category = chosen(Category, "类别")
    source = chosen(Source, "来源")
    is_urgent = forms.BooleanField(label="加急", required=False)

    field_order = (
        "on", "village", "ground", "complainant", "phone", "persons", "summary", "detail", "category",
        "source", "is_urgent", "people", "accused_household", "accused_words",
    )  # fmt: skip

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["on"].label = "反映日期"
        villages = Village.objects.visible_to(user, "grievances.view").in_order()
        self.fields["village"].queryset = villages
        self.fields["category"].queryset = in_use(Category)
        self.fields["source"].queryset = in_use(Source)
        self.offer_people(user.township_id)
        if not self.is_bound and len(villages[:2]) == 1:
            self.initial.setdefault("village", villages[0])

    def clean(self):
        """The accused household is of the village."""
        super().clean()
        if village := self.cleaned_data.get("village"):
            self.read_household(village)
        return self.cleaned_data

    def facts(self) -> dict:
        """What the verb ``confide`` takes."""
        return {name: value for name, value in self.cleaned_data.items() if name != "form_key"}


class OfMatterForm(CreateFormMixin, VersionFormMixin):
    """Base of the forms on one matter: the version shown, and the form's own identifier."""

    def __init__(self, *args, matter, **kwargs):
        self.matter = matter
        super().__init__(*args, initial={"version": matter.version}, **kwargs)
        self.offer()

    def offer(self):
        """Fill the choices of this matter."""

    def facts(self) -> dict:
        """What the verb takes beside grievance, by, on and now."""
        return {name: value for name, value in self.cleaned_data.items() if name != "form_key"}


class OfAccusedForm(AccusedMixin, OfMatterForm):
    """One with 被反映人."""

    def offer(self):
        self.offer_people(self.matter.township_id)
        if self.matter.village_id is None:
            del self.fields["accused_household"]

    def clean(self):
        """The accused household is of the matter's village."""
        super().clean()
        if self.matter.village_id:
            self.read_household(self.matter.village)
        return self.cleaned_data


class MakeConfidentialForm(OfAccusedForm):
    """转为涉密."""

    ground = radio("涉密事由", Grievance.Ground.choices)
    reason = reason("理由")
    field_order = ("ground", "reason", "people", "accused_household", "accused_words")


class AccuseForm(OfAccusedForm):
    """补充被反映人."""

    def facts(self):
        """As the verb names them."""
        names = {"accused_household": "household", "accused_words": "words"}
        return {names.get(name, name): value for name, value in super().facts().items()}


class MakeOrdinaryForm(OfMatterForm):
    """解除涉密."""

    reason = reason("理由")


class NameReaderForm(OfMatterForm):
    """指定知情人."""

    user = forms.ModelChoiceField(User.objects.none(), label="知情人", empty_label=PLEASE)
    reason = reason("事由", "为什么需要他知情。")

    def offer(self):
        people = User.objects.filter(township=self.matter.township_id, is_active=True)
        self.fields["user"].queryset = people.order_by("username")


class EndReaderForm(OfMatterForm):
    """停止知情."""

    row = forms.ModelChoiceField(None, label="知情人", empty_label=PLEASE)
    reason = reason("理由")

    def offer(self):
        rows = self.matter.readers.current().select_related("user", "post").order_by("pk")
        self.fields["row"].queryset = rows
        self.fields["row"].label_from_instance = lambda row: f"{row}({row.get_kind_display()})"


class RulesForm(HouseFormMixin, forms.Form):
    """涉密规则."""

    desk_post = forms.ModelChoiceField(
        Post.objects.none(),
        label="专办岗位",
        required=False,
        empty_label="不设，交镇领导",
        help_text="如纪委、综治岗位。任职的人换了，新任职的人接着办。",
    )
    least_told = forms.IntegerField(
        label="少于几件不列数",
        min_value=3,
        max_value=50,
        help_text="统计时一个期间合计少于这个数的，只写“少于…件”。",
    )

    def __init__(self, *args, township, **kwargs):
        rules = ConfidentialPolicy.objects.filter(township=township).first()
        initial = {
            "desk_post": rules and rules.desk_post_id,
            "least_told": rules.least_told if rules else 5,
        }
        super().__init__(*args, initial=initial, **kwargs)
        readers = (Role.CADRE, Role.OFFICE, Role.HANDLER, Role.LEADER, Role.SUPERVISOR)
        posts = Post.objects.standing(clock.today()).filter(township=township, role__in=readers)
        self.fields["desk_post"].queryset = posts.order_by("order", "pk")
