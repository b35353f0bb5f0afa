"""The form of a team: its villages, and a fixed number of lines for its seats, so that no script is needed."""

import hashlib

from django import forms

from cadres.models import Holding, LiaisonTeam, Post, Seat
from cadres.roles import Role
from liaison.forms import ChooseManyField, CreateFormMixin, HouseFormMixin, VersionFormMixin
from villages.models import Village

SPARE_LINES = 4
LINES_AT_LEAST = 8
LINES_AT_MOST = 40
_NOT_SEATED = (Role.ADMIN, Role.AUDITOR, Role.COUNTY)


class _TeamFields(forms.Form):
    """What a new team and a changed one have in common."""

    name = forms.CharField(label="团队名称", max_length=60)
    villages = ChooseManyField(
        Village.objects.none(),
        label="联系村",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    # What the person was warned of when he pressed the button: asked again only if it changes.
    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def __init__(self, *args, township, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["villages"].queryset = township.villages.in_order()


class NewTeamForm(CreateFormMixin, _TeamFields):
    """A new team."""

    kind = forms.TypedChoiceField(
        label="类别",
        choices=LiaisonTeam.Kind.choices,
        initial=LiaisonTeam.Kind.LIAISON,
        empty_value=LiaisonTeam.Kind.LIAISON,
        required=False,
        help_text="督查小组督查几个村，不在村里驻点；其成员能看什么由各自岗位决定。",
    )
    field_order = ["name", "kind", "villages"]

    def content(self):
        """Without the mark of the warnings."""
        return [pair for pair in super().content() if pair[0] != "seen"]


class TeamForm(VersionFormMixin, _TeamFields):
    """A team as it stands."""

    is_active = forms.BooleanField(
        label="在用", required=False, help_text="停用后，团队成员不再因它查看联系村的数据。"
    )


class SeatForm(HouseFormMixin, forms.Form):
    """One line: a post and what it does in the team. An empty line is no seat."""

    post = forms.TypedChoiceField(label="岗位", coerce=int, empty_value=None, required=False)
    kind = forms.ChoiceField(
        label="职责", choices=Seat.Kind.choices, initial=Seat.Kind.MEMBER, required=False
    )

    def __init__(self, *args, choices, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["post"].choices = choices
        self.fields["post"].error_messages["invalid_choice"] = "请从列表中选择岗位。"


class SeatFormSet(forms.BaseFormSet):
    """The lines of a team."""

    default_error_messages = {"missing_management_form": "页面已过期，请重新打开后再提交。"}

    def clean(self):
        """One seat per post."""
        posts = [post for post, _ in self.chosen()]
        if len(set(posts)) < len(posts):
            raise forms.ValidationError("同一岗位填了两行，请删去一行。")

    def chosen(self) -> list[tuple[int, str]]:
        """(post id, kind) of the lines that are filled in."""
        lines = [getattr(form, "cleaned_data", {}) for form in self.forms]
        return [(x["post"], x.get("kind") or Seat.Kind.MEMBER) for x in lines if x.get("post")]


def seat_formset(team: LiaisonTeam | None, *, township, on, data=None):
    """The lines for a team: those it has, and some to spare."""
    seats = list(team.seats.order_by("order", "pk")) if team else []
    initial = [{"post": seat.post_id, "kind": seat.kind} for seat in seats]
    if not team:
        initial = [{"kind": Seat.Kind.LEAD}]
    spare = max(SPARE_LINES, LINES_AT_LEAST - len(initial))
    factory = forms.formset_factory(
        SeatForm, formset=SeatFormSet, extra=spare, max_num=LINES_AT_MOST, validate_max=True,
        absolute_max=LINES_AT_MOST + SPARE_LINES,
    )  # fmt: skip
    choices = post_choices(township, on=on, keep=[seat.post_id for seat in seats])
    # Every line is read, changed or not: a line is empty when it names no post.
    lines = {"choices": choices, "empty_permitted": False}
    return factory(data, prefix="seats", initial=initial, form_kwargs=lines)


def post_choices(township, *, on, keep=()) -> list[tuple]:
    """Posts that may sit in a team, each with its holder's name; ``keep`` stay though abolished."""
    standing = Post.objects.standing(on).filter(township=township).exclude(role__in=_NOT_SEATED)
    posts = standing | Post.objects.filter(pk__in=keep)
    held = Holding.objects.current(on).filter(post__township=township).order_by("since")
    names = dict(held.values_list("post", "user__display_name"))
    lines = [
        (post.pk, f"{post.title}（{names.get(post.pk, '空缺')}）")
        for post in posts.order_by("order", "title")
    ]
    return [("", "（不设）"), *lines]


def mark_of(sentences) -> str:
    """A mark for a list of warnings, carried by the form that has shown them."""
    return hashlib.sha256("\n".join(sentences).encode()).hexdigest() if sentences else ""
