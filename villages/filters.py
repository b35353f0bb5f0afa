"""Query blocks of villages, households and residents; figures link to them by these names."""

import re

import django_filters
from django import forms
from django.db.models import Q

from liaison.filters import HouseFilterSet

from .models import Group, Household, Resident, Village
from .tags import team_villages, visible_tags

_PERSONAL = re.compile(r"1\d{10}|\d{15}|\d{17}[\dXx]")


class NameField(forms.CharField):
    """A name or its sound; what is asked for stays in the address, so no ID and no phone."""

    def clean(self, value):
        """Refuses what looks like an ID or phone number."""
        text = super().clean(value)
        if _PERSONAL.search(text):
            raise forms.ValidationError(
                "查询条件会留在网址和浏览记录里，请不要输入身份证号或电话，请按姓名或拼音查找。"
            )
        return text


class NameFilter(django_filters.CharFilter):
    """Looks a word up with a method of the filter set."""

    field_class = NameField


def villages_of(request):
    """Villages of the person who asks."""
    return Village.objects.visible_to(request.user).in_order()


def groups_of(request):
    """Groups of the chosen village, or the one group a link names: 350 in one box help nobody."""
    groups = Group.objects.visible_to(request.user).in_order()
    for name, path in (("village", "village"), ("group", "pk")):
        asked = request.GET.get(name, "")
        if asked.isascii() and asked.isdigit() and len(asked) < 19:
            return groups.filter(**{path: int(asked)})
    return groups.none()


def tags_of(request):
    """Tags this person may look for."""
    return visible_tags(request.user)


def by_sound(queryset, text, name_field, sound_field, *more):
    """Rows whose name holds the text or whose pinyin does; ``more`` are further exact-start fields."""
    sound = text.replace(" ", "").lower()
    wanted = Q(**{f"{name_field}__icontains": text}) | Q(**{f"{sound_field}__contains": sound})
    for field in more:
        wanted |= Q(**{f"{field}__startswith": text})
    return queryset.filter(wanted)


class VillageFilter(HouseFilterSet):
    """By name or sound."""

    q = NameFilter(label="村(社区)", method="look_up", max_length=50)

    class Meta:
        model = Village
        fields = []

    def look_up(self, queryset, name, value):
        """By name, pinyin or division code."""
        return by_sound(queryset, value, "name", "pinyin", "code")


class HouseholdFilter(HouseFilterSet):
    """By head, number or address; by place; by residence."""

    q = NameFilter(label="户主、户编号或住址", method="look_up", max_length=50)
    village = django_filters.ModelChoiceFilter(
        label="村(社区)", queryset=villages_of, empty_label="全部"
    )
    group = django_filters.ModelChoiceFilter(
        label="组", queryset=groups_of, empty_label="全部(先选村)"
    )
    residence = django_filters.MultipleChoiceFilter(
        label="居住状态",
        choices=Household.Residence.choices,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Household
        fields = []

    def look_up(self, queryset, name, value):
        """By the head's name or its sound, the number, or a piece of the address."""
        found = by_sound(queryset, value, "head_name", "head_pinyin", "number")
        return found | queryset.filter(address__icontains=value)


class ResidentFilter(HouseFilterSet):
    """By name or sound; by place; by tag."""

    q = NameFilter(label="姓名或拼音", method="look_up", max_length=50)
    village = django_filters.ModelChoiceFilter(
        label="村(社区)", queryset=villages_of, empty_label="全部"
    )
    tag = django_filters.ModelChoiceFilter(
        label="标签", queryset=tags_of, method="tagged", empty_label="全部"
    )
    roll = django_filters.ChoiceFilter(
        label="在册情况", choices=[("left", "已迁出或死亡")], method="on_roll", empty_label="在册"
    )

    class Meta:
        model = Resident
        fields = []

    def filter_queryset(self, queryset):
        """Those on the roll, unless the others are asked for."""
        if not self.form.cleaned_data.get("roll"):
            queryset = queryset.present()
        return super().filter_queryset(queryset)

    def look_up(self, queryset, name, value):
        """By name, full pinyin or initials."""
        return by_sound(queryset, value, "name", "pinyin")

    def tagged(self, queryset, name, value):
        """Those who carry a tag; a sensitive one only where the asker is of the team."""
        if value.sensitive:
            queryset = queryset.filter(village__in=team_villages(self.request.user))
        return queryset.filter(tags=value)

    def on_roll(self, queryset, name, value):
        """Those who moved away or died."""
        return queryset.exclude(left_on=None)
