"""Query blocks of 包户联系."""

import django_filters

from cadres.bounds import FEW, MANY, Bounds
from cadres.link_rows import STATES, beyond, in_state, vacant
from cadres.models import HouseholdLink, Post, Representative
from liaison import clock
from liaison.filters import HouseFilterSet
from villages.filters import NameFilter, by_sound, groups_of, villages_of
from villages.models import Household

KIND = HouseholdLink.Kind
VERDICTS = ((FEW, "户数不足"), (MANY, "户数超出"))
LONGEST_ID = 18  # digits


def _asked(request, name):
    """The id an address names, None when it names none."""
    text = request.GET.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) <= LONGEST_ID else None


def representatives_of(request):
    """Those of the chosen village, or the one a link names: 1,756 in one box help nobody."""
    rows = Representative.objects.visible_to(request.user).current(clock.today())
    chosen, village = _asked(request, "representative"), _asked(request, "village")
    if chosen is not None:
        return Representative.objects.visible_to(request.user).filter(pk=chosen)
    return rows.filter(village=village) if village is not None else rows.none()


def posts_of(request):
    """Posts that have households."""
    links = HouseholdLink.objects.visible_to(request.user).alive(clock.today())
    posts = Post.objects.visible_to(request.user)
    return posts.filter(pk__in=links.values("post")).order_by("order", "title")


class LinkedHouseholdFilter(HouseFilterSet):
    """By place, by whether somebody answers, by who does."""

    village = django_filters.ModelChoiceFilter(
        label="村(社区)", queryset=villages_of, empty_label="全部"
    )
    group = django_filters.ModelChoiceFilter(
        label="组", queryset=groups_of, empty_label="全部(先选村)"
    )
    state = django_filters.ChoiceFilter(
        label="联系情况", choices=STATES, method="stands", empty_label="全部"
    )
    q = NameFilter(label="户主或户编号", method="look_up", max_length=50)
    representative = django_filters.ModelChoiceFilter(
        label="村民代表",
        queryset=representatives_of,
        method="linked_to",
        empty_label="全部(先选村)",
    )
    post = django_filters.ModelChoiceFilter(
        label="包户干部", queryset=posts_of, method="linked_to", empty_label="全部"
    )

    class Meta:
        model = Household
        fields = []

    def stands(self, queryset, name, value):
        """As of today."""
        return in_state(queryset, value, clock.today())

    def look_up(self, queryset, name, value):
        """By the head's name or its sound, or the number."""
        return by_sound(queryset, value, "head_name", "head_pinyin", "number")

    def linked_to(self, queryset, name, value):
        """Households this one answers for today."""
        links = HouseholdLink.objects.current(clock.today()).filter(**{name: value})
        return queryset.filter(pk__in=links.values("household"))


class RepresentativeFilter(HouseFilterSet):
    """By name, village, whether he has too few or too many, in office or not."""

    q = django_filters.CharFilter("name", lookup_expr="icontains", label="姓名", max_length=50)
    village = django_filters.ModelChoiceFilter(
        label="村(社区)", queryset=villages_of, empty_label="全部"
    )
    verdict = django_filters.ChoiceFilter(
        label="户数", choices=VERDICTS, method="judged", empty_label="全部"
    )
    office = django_filters.ChoiceFilter(
        label="任职", choices=[("left", "已离任")], method="left", empty_label="在任"
    )

    class Meta:
        model = Representative
        fields = []

    def filter_queryset(self, queryset):
        """Those in office, unless the others are asked for."""
        if not self.form.cleaned_data.get("office"):
            queryset = queryset.current(clock.today())
        return super().filter_queryset(queryset)

    def judged(self, queryset, name, value):
        """By the bounds of today."""
        bounds = Bounds.on(clock.today())
        return beyond(queryset, value, bounds, KIND.REPRESENTATIVE, "village__township")

    def left(self, queryset, name, value):
        """Those no longer in office."""
        return queryset.exclude(pk__in=queryset.current(clock.today()).values("pk"))


class LinkedPostFilter(HouseFilterSet):
    """By title, and whether the post has too few or too many."""

    q = django_filters.CharFilter("title", lookup_expr="icontains", label="岗位", max_length=60)
    state = django_filters.ChoiceFilter(
        label="情况",
        choices=(*VERDICTS, ("vacant", "岗位空缺")),
        method="stands",
        empty_label="全部",
    )

    class Meta:
        model = Post
        fields = []

    def stands(self, queryset, name, value):
        """By the bounds of today, for who reads the whole township: else the numbers are in part."""
        if value == "vacant":
            return vacant(queryset, clock.today())
        whole = self.request.user.village_scope("cadres.view_links").townships
        bounds = Bounds.on(clock.today(), whole)
        return beyond(queryset, value, bounds, KIND.CADRE, "township")
