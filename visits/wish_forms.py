"""Forms of 村民点单: written down, and each act."""

from django import forms

from cadres.models import LiaisonTeam
from liaison.forms import CreateFormMixin, DateInput, VersionFormMixin
from villages.models import Group, Household, Village

from .actions.reporting import WAYS
from .actions.wishes import LONGEST
from .models import Wish, WishKind
from .naming import NamesHousehold
from .widgets import HouseholdInput
from .wish_rules import PERMISSION

STEP_LONGEST = 500


def _text(label, longest, required=False, rows=2, **more):
    area = forms.Textarea({"rows": rows})
    return forms.CharField(label=label, required=required, max_length=longest, widget=area, **more)


class WishForm(NamesHousehold, CreateFormMixin):
    """What is wished for, and by whom; a household, else a group, else the whole village."""

    village = forms.ModelChoiceField(Village.objects.none(), label="村(社区)", empty_label="请选择")
    household = forms.CharField(
        label="户", required=False, max_length=60, widget=HouseholdInput,
        help_text="一户的事填户；全组、全村的不填。",
    )  # fmt: skip
    group = forms.ModelChoiceField(
        Group.objects.none(), label="组", required=False, empty_label="全村",
        help_text="全组的事选组；填了户的不用选。",
    )  # fmt: skip
    kind = forms.ModelChoiceField(WishKind.objects.none(), label="类型", empty_label="请选择")
    words = _text("点单内容", LONGEST, required=True)
    wanted_by = forms.DateField(label="希望办好日期", widget=DateInput, required=False)
    asked_on = forms.DateField(label="提出日期", widget=DateInput)

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        villages = Village.objects.visible_to(user, PERMISSION).in_order()
        self.fields["village"].queryset = villages
        self.fields["kind"].queryset = WishKind.objects.filter(is_active=True)
        groups = Group.objects.visible_to(user, PERMISSION).select_related("village").in_order()
        self.fields["group"].queryset = groups
        if not user.has_perm("visits.log"):
            self._choose_among_own(user)
        if len(villages[:2]) == 1:
            self.fields["village"].initial = villages[0]
            self.fields["group"].label_from_instance = lambda group: group.name
        else:
            self.fields["group"].label_from_instance = lambda group: f"{group.village}{group.name}"

    def _choose_among_own(self, user):
        """A contact's few households stand there to choose from; he searches in no roll."""
        own = Household.objects.visible_to(user, PERMISSION).select_related("group")
        self.fields["household"] = forms.ModelChoiceField(
            own.order_by("village__code", "group__number", "number", "pk"),
            label="户", required=False, empty_label="不是一户的事",
        )  # fmt: skip
        self.fields["household"].label_from_instance = lambda home: f"{home.group} {home}"

    def clean_household(self):
        """Typed, or one of a contact's own."""
        said = self.cleaned_data["household"]
        return super().clean_household() if isinstance(said, str) else said

    def unclear_words(self, sentence):
        """Without the way out that a wish has not: it has no 来访人."""
        return sentence.split("；")[0] + "。"

    def clean(self):
        """The group is one of the village."""
        data = super().clean()
        group, village = data.get("group"), data.get("village")
        if group and village and group.village_id != village.pk:
            self.add_error("group", f"{group}不在{village}，请重新选择。")
        return data

    def facts(self) -> dict:
        """What the verb takes."""
        names = ("village", "household", "group", "kind", "words", "wanted_by", "asked_on")
        return {name: self.cleaned_data[name] for name in names}


class ActForm(VersionFormMixin):
    """Base of the acts that ask for words."""

    def __init__(self, *args, wish, user, **kwargs):
        self.wish, self.user = wish, user
        super().__init__(
            *args, initial={"version": wish.version, **kwargs.pop("initial", {})}, **kwargs
        )

    def facts(self) -> dict:
        """What the verb takes besides the wish and its version."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


class PickUpForm(ActForm):
    """For oneself, or for one's team."""

    team = forms.ModelChoiceField(
        LiaisonTeam.objects.none(), label="由谁办理", required=False, empty_label="我自己办"
    )

    def __init__(self, *args, wish, user, **kwargs):
        super().__init__(*args, wish=wish, user=user, **kwargs)
        teams = LiaisonTeam.objects.seating(user).filter(kind="liaison", villages=wish.village_id)
        self.fields["team"].queryset = teams
        if not teams:
            self.fields["team"].widget = forms.HiddenInput()


class PutBackForm(ActForm):
    """放回."""

    words = _text("说明", STEP_LONGEST)


class DoForm(ActForm):
    """办好; with one tick it is a visit too."""

    on = forms.DateField(label="办好日期", widget=DateInput)
    words = _text("怎么办的", STEP_LONGEST)
    visit_mode = forms.ChoiceField(
        label="同时记一次走访", required=False,
        choices=[("", "不记"), *((way.value, way.label) for way in WAYS)],
        help_text="上门或打电话办的，选一下方式，就不用再登记走访。",
    )  # fmt: skip

    def __init__(self, *args, wish, **kwargs):
        super().__init__(*args, wish=wish, **kwargs)
        if wish.household_id is None:
            del self.fields["visit_mode"]


class TellForm(ActForm):
    """告知村民: day and way."""

    on = forms.DateField(label="告知日期", widget=DateInput)
    told_by = forms.ChoiceField(
        label="告知方式", choices=Wish.ToldBy.choices, widget=forms.RadioSelect
    )
    words = _text("村民怎么说", STEP_LONGEST)


class CannotForm(ActForm):
    """办不了: the reason, and that the villager knows it."""

    words = _text("办不了的原因", STEP_LONGEST, required=True)
    on = forms.DateField(label="告知日期", widget=DateInput)
    told_by = forms.ChoiceField(
        label="告知方式", choices=Wish.ToldBy.choices, widget=forms.RadioSelect
    )


class WithdrawForm(ActForm):
    """撤回."""

    words = _text("撤回原因", STEP_LONGEST, required=True)
