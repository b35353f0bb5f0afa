"""After settling, and long before it: 挂账, 回头看, 不重办, 回访抽样."""

from django import forms

from cadres.models import Post, User
from cadres.roles import Role
from grievances.actions.booking import LONGEST
from grievances.askers import ROLES, askers_of
from grievances.models import FollowUpPolicy, LookBack
from liaison.forms import ChooseManyField, CreateFormMixin, DateInput, VersionFormMixin
from visits.filters import teams_of

from .fields import DayForm, radio, words

Found = LookBack.Found
# Who asks about other people's work by office stands first in the choice
ASK_FIRST = (Role.SUPERVISOR, Role.OFFICE, Role.LEADER, Role.CADRE)
FOUND = [(each.value, each.label) for each in (Found.STABLE, Found.REBOUND, Found.UNFINISHED)]


def day(label, **more):
    """A day to come."""
    return forms.DateField(label=label, widget=DateInput, **more)


class WordsForm(VersionFormMixin):
    """取消挂账, 不重办: a reason, in words."""

    words = words("原因", required=True)


class BookForm(VersionFormMixin):
    """挂账."""

    words = forms.CharField(
        label="挂账原因", max_length=LONGEST, widget=forms.Textarea({"rows": 3})
    )
    review_on = day("下次复查日", help_text="到这一天列入待办，复查后再定下一次。")


class ReviewForm(VersionFormMixin):
    """挂账复查."""

    words = words("复查情况", required=True)
    review_on = day("下次复查日")


class ArrangeForm(VersionFormMixin):
    """安排回头看."""

    due_on = day("哪天回头看")
    words = words("说明", rows=2)


class LookBackForm(CreateFormMixin, VersionFormMixin, DayForm):
    """回头看: nothing is chosen beforehand."""

    found = radio("看到的情况", FOUND)
    words = words("说明", help_text="反弹的请写明情况，作为重办的原因。")
    next_on = day("下次回头看", required=False, help_text="未完的填写，其余不填。")
    and_reopen = forms.BooleanField(label="反弹并重办", required=False)
    field_order = ("on",)

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        if not user.has_perm("grievances.reopen"):
            del self.fields["and_reopen"]

    def clean(self):
        """What each answer needs."""
        data = super().clean()
        found = data.get("found")
        if found == Found.REBOUND and not data.get("words", "").strip():
            self.add_error("words", "请写明反弹的情况，作为重办的依据。")
        if found == Found.UNFINISHED and not data.get("next_on"):
            self.add_error("next_on", "未完的请填写下次回头看的日期。")
        if data.get("and_reopen") and found and found != Found.REBOUND:
            self.add_error("and_reopen", "反弹的才在这里一并重办，请核对看到的情况。")
        return data

    def facts(self) -> dict:
        """What the verb takes beside row, by and now."""
        return {name: value for name, value in self.cleaned_data.items() if name != "form_key"}


class PeopleField(ChooseManyField):
    """People with their posts, so that the choice reads without a script."""

    def __init__(self, **kwargs):
        boxes = forms.CheckboxSelectMultiple
        super().__init__(queryset=User.objects.none(), widget=boxes, **kwargs)

    def offer(self, township_id, on):
        """Those who ask villagers in a township; who asks by office first."""
        self.queryset = askers_of(township_id, on).prefetch_related("holdings__post")
        people = [(person, _posts(person)) for person in self.queryset]
        people.sort(key=lambda each: min(map(_place, each[1]), default=len(ASK_FIRST)))
        self.choices = [(person.pk, _named(person, posts)) for person, posts in people]


def _posts(person):
    return [each.post for each in person.holdings.all() if each.until is None]


def _place(post):
    return ASK_FIRST.index(post.role) if post.role in ASK_FIRST else len(ASK_FIRST)


def _named(person, posts):
    return f"{person.display_name}({'、'.join(post.title for post in posts)})"


class SampleForm(CreateFormMixin):
    """回访抽样: of which days, how many, and who asks."""

    starts_on = forms.DateField(label="办结起", widget=DateInput)
    ends_on = forms.DateField(label="办结止", widget=DateInput)
    team = forms.ModelChoiceField(
        None, label="团队", required=False, empty_label="全部团队", help_text="只抽它联系的村。"
    )
    size = forms.IntegerField(label="抽几件", required=False, min_value=1, max_value=9999)
    share = forms.IntegerField(
        label="或抽百分之几", required=False, min_value=1, max_value=100, help_text="两项填一项。"
    )
    people = PeopleField(
        label="由谁回访", help_text="自动平均分派，并避开承办人、承办单位和登记它的驻点团队。"
    )

    def __init__(self, *args, request, township, on, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["team"].queryset = teams_of(request)
        self.fields["people"].offer(township.pk, on)

    def clean(self):
        """One of the two ways to say how many."""
        data = super().clean()
        given = [data.get(name) for name in ("size", "share")]
        wrong = {"size", "share"} & set(self.errors)
        if not wrong and sum(each is not None for each in given) != 1:
            self.add_error("size", "“抽几件”和“抽百分之几”请填一项。")
        return data

    def facts(self) -> dict:
        """What the verb takes beside by, now and township."""
        data = self.cleaned_data
        names = ("starts_on", "ends_on", "team", "size", "share")
        return {"people": list(data["people"]), **{name: data[name] for name in names}}


class GiveOnForm(CreateFormMixin):
    """换人回访: whose, and who asks instead."""

    person = forms.ModelChoiceField(User.objects.none(), label="原回访人", empty_label="请选择")
    people = PeopleField(label="改由谁回访")

    def __init__(self, *args, sample, on, **kwargs):
        super().__init__(*args, **kwargs)
        waiting = sample.matters.filter(state__in=("waiting", "unreached"))
        people = User.objects.filter(pk__in=waiting.values("given_to"))
        self.fields["person"].queryset = people.order_by("display_name", "pk")
        self.fields["people"].offer(sample.township_id, on)


class FollowUpPolicyForm(VersionFormMixin):
    """每月回访抽样."""

    is_active = forms.BooleanField(label="每月自动抽取", required=False)
    share = forms.IntegerField(
        label="抽百分之几",
        min_value=1,
        max_value=100,
        help_text="每月1日从上月办结并已反馈的诉求中抽取。",
    )
    posts = ChooseManyField(
        Post.objects.none(),
        label="由哪些岗位回访",
        widget=forms.CheckboxSelectMultiple,
        help_text="换人后由新任职的同志回访。",
    )

    def __init__(self, *args, township, policy: FollowUpPolicy | None, on, **kwargs):
        initial = {"version": policy.version if policy else 1, "is_active": True}
        if policy:
            initial |= {"share": policy.share, "is_active": policy.is_active}
            initial["posts"] = policy.posts.all()
        super().__init__(*args, initial=initial, **kwargs)
        posts = Post.objects.filter(township=township, role__in=ROLES).standing(on)
        self.fields["posts"].queryset = posts.exclude(role=Role.CONTACT)

    def facts(self) -> dict:
        """What the verb takes."""
        return {name: self.cleaned_data[name] for name in ("is_active", "share", "posts")}
