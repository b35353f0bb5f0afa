"""走访清单: a village's households of a round as they are walked, 组 by 组 in the order of the houses."""

from dataclasses import dataclass

from django import forms

from liaison.forms import HouseFormMixin
from villages.models import Group, Household, ResidentTag, Section
from villages.tags import visible_tags

from .coverage_filters import tagged
from .reaching import reaching, with_last_reached
from .rounds import MISSING, NEVER, Reach, as_walked, house_order

SHOWN = [(MISSING, "本轮未走访"), (NEVER, "从未走访过"), ("all", "全部应走访户")]


@dataclass(frozen=True)
class Stretch:
    """A 组 of the walk."""

    group: Group
    rows: list[Household]


class WalkForm(HouseFormMixin, forms.Form):
    """Which households of a village are walked to; asked nothing, those still missing in the round."""

    show = forms.ChoiceField(label="范围", choices=SHOWN, required=False)
    section = forms.ModelChoiceField(
        Section.objects.none(), label="片", required=False, empty_label="全部"
    )
    group = forms.ModelChoiceField(
        Group.objects.none(), label="组", required=False, empty_label="全部"
    )
    tag = forms.ModelChoiceField(
        ResidentTag.objects.none(), label="标签", required=False, empty_label="全部"
    )
    layout = forms.ChoiceField(
        choices=[("", ""), ("print", "print")], required=False, widget=forms.HiddenInput
    )

    def __init__(self, data, *, user, village, on):
        super().__init__(data)
        self.user, self.village, self.on = user, village, on
        self.fields["section"].queryset = village.sections.order_by("name")
        self.fields["group"].queryset = village.groups.in_order()
        self.fields["tag"].queryset = visible_tags(user, village.pk)
        if not village.sections.exists():
            del self.fields["section"]

    def narrowed(self, households):
        """Those of the 片, 组 and tag asked for."""
        asked = self.cleaned_data
        if asked.get("section"):
            households = households.filter(group__section=asked["section"])
        if asked.get("group"):
            households = households.filter(group=asked["group"])
        if asked.get("tag"):
            homes = tagged(self.user, asked["tag"], self.on)
            households = households.filter(pk__in=homes)
        return households

    @property
    def words(self) -> str:
        """「本轮未走访；组：第1组」, for the head of the paper."""
        asked = self.cleaned_data
        said = [dict(SHOWN)[asked["show"] or MISSING]]
        narrower = [name for name in ("section", "group", "tag") if asked.get(name)]
        said += [f"{self.fields[name].label}：{asked[name]}" for name in narrower]
        return "；".join(said)


def stretches(visit_round, form) -> list[Stretch]:
    """The walk: 组 in order, households as their numbers run; each with when it was last reached. Two queries."""
    reach, show = Reach.of(visit_round), form.cleaned_data["show"] or MISSING
    rows = Household.objects.visible_to(form.user).filter(village=form.village)
    rows = form.narrowed(rows.filter(reach.target).exclude(residence="cancelled"))
    if show != "all":
        rows = rows.filter(reach.state(show))
    rows = with_last_reached(rows.select_related("group__section"), reaching(reach.modes))
    by_group = {}
    for row in sorted(rows, key=lambda row: (house_order(row.number), row.pk)):
        by_group.setdefault(row.group, []).append(row)
    return [Stretch(group, by_group[group]) for group in as_walked(by_group)]
