"""Query blocks of villages, households and residents; figures link to them by these names."""

import datetime as dt
import re

import django_filters
from django import forms
from django.db.models import Exists, OuterRef, Q

from liaison import clock
from liaison.filters import HouseFilterSet

from .looking import household_ids, resident_ids
from .models import Group, Household, Resident, TagHolding, Village
from .models.tags import SOON_DAYS
from .tags import holdings_shown, team_villages, visible_tags
from .typed import Typed

DAY, SPAN = dt.timedelta(days=1), dt.timedelta(days=SOON_DAYS)
_ADDRESS = re.compile(r"[号组队路街巷弄栋幢楼室屯坡冲湾坪]|[^\W\d][\d]|\d[^\W\d]")
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


def _not_renewed():
    """That no other holding of the same tag of the same person goes further."""
    longer = Q(valid_until=None) | Q(valid_until__gt=OuterRef("valid_until"))
    same = TagHolding.objects.filter(resident=OuterRef("resident"), tag=OuterRef("tag"))
    return ~Exists(same.filter(longer))


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
    """Of a few rows those whose name holds the text or whose pinyin does; ``more`` are exact-start fields."""
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

    def filter_queryset(self, queryset):
        """Cancelled ones only where they are asked for by name."""
        if not self.form.cleaned_data.get("residence"):
            queryset = queryset.exclude(residence=Household.Residence.CANCELLED)
        return super().filter_queryset(queryset)

    def look_up(self, queryset, name, value):
        """By the head's name or its sound, the number, or a piece of what looks like an address."""
        wanted = Q(pk__in=household_ids(self.request.user, Typed.read(value)))
        if _ADDRESS.search(value):  # read row by row, within the territory
            wanted |= Q(address__contains=value)
        return queryset.filter(wanted)


class ResidentFilter(HouseFilterSet):
    """By name or sound; by place; by tag."""

    q = NameFilter(label="姓名或拼音", method="look_up", max_length=50)
    village = django_filters.ModelChoiceFilter(
        label="村(社区)", queryset=villages_of, empty_label="全部"
    )
    tag = django_filters.ModelChoiceFilter(
        label="标签", queryset=tags_of, method="tagged", empty_label="全部"
    )
    tag_end = django_filters.ChoiceFilter(
        label="标签到期",
        choices=[("soon", "30天内到期"), ("past", "近30天已到期")],
        method="ending",
        empty_label="全部",
    )
    roll = django_filters.ChoiceFilter(
        label="在册情况", choices=[("left", "已离册")], method="on_roll", empty_label="在册"
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
        """By name, sound, initials, or the last four of an ID or phone number."""
        return queryset.filter(pk__in=resident_ids(self.request.user, Typed.read(value)))

    def tagged(self, queryset, name, value):
        """Those who carry a tag; a sensitive one only where the asker is of the team."""
        if value.sensitive:
            queryset = queryset.filter(village__in=team_villages(self.request.user))
        held = TagHolding.objects.current(clock.today()).filter(tag=value)
        return queryset.filter(pk__in=held.values("resident"))

    def ending(self, queryset, name, value):
        """Those with a tag that ends within 30 days, or ended in the last 30 and goes on under no other row."""
        today = clock.today()
        first, last = (today, today + SPAN) if value == "soon" else (today - SPAN, today - DAY)
        held = holdings_shown(self.request.user).ending(first, last).filter(_not_renewed())
        return queryset.filter(pk__in=held.values("resident"))

    def on_roll(self, queryset, name, value):
        """Those who moved away, died or had been entered twice."""
        return queryset.exclude(left_on=None)
