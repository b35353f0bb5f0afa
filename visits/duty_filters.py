"""Query block of the households to be seen; its names are linked to from the desk."""

import datetime as dt

import django_filters
from django.db.models import Q

from cadres.models import HouseholdLink
from liaison import clock
from liaison.filters import HouseFilterSet
from villages.filters import NameFilter
from villages.models import Household, Village

from .contacting import Intervals
from .filters import IdFilter, day_filter, groups_of, teams_of, village_filter
from .quotas import Duty, duties_of, duties_of_team
from .reaching import reached, reaching

NEEDS = [("special", "重点户"), ("ordinary", "一般户"), ("never", "还没有走访过的")]
FARTHEST = dt.timedelta(days=730)


class DueFilter(HouseFilterSet):
    """应走访的户: by the intervals and a day; behind a duty, the households to see next."""

    q = NameFilter(label="户主或户编号", method="of_somebody", max_length=50)
    village = village_filter()
    group = django_filters.ModelChoiceFilter(
        queryset=groups_of, label="组", empty_label="全部(先选村)"
    )
    team = django_filters.ModelChoiceFilter(
        queryset=teams_of, label="团队", empty_label="全部", method="of_team"
    )
    whose = django_filters.ChoiceFilter(
        choices=[("mine", "联系给我的户")], label="范围", empty_label="全部", method="of_mine"
    )
    need = django_filters.ChoiceFilter(
        choices=NEEDS, label="类别", empty_label="全部", method="of_need"
    )
    by = day_filter("pk", "exact", "应走访截止")
    quota = IdFilter("pk", label="走访户数")

    class Meta:
        model = Household
        fields = []

    @property
    def today(self) -> dt.date:
        """The day looked from."""
        return clock.today()

    @property
    def intervals(self) -> Intervals:
        """Those in force today in the asker's townships."""
        if not hasattr(self, "_intervals"):
            places = Village.objects.visible_to(self.request.user)
            own = places.order_by().values_list("township", flat=True).distinct()
            self._intervals = Intervals.of(list(own), self.today)
        return self._intervals

    @property
    def duties(self) -> list[Duty]:
        """The team's that is asked for; else one's own."""
        if not hasattr(self, "_duties"):
            team = self.form.cleaned_data.get("team") if self.is_valid() else None
            found = duties_of_team(team, self.today) if team else None
            self._duties = duties_of(self.request.user, self.today) if found is None else found
        return self._duties

    def duty(self) -> Duty | None:
        """The one whose households are asked for."""
        wanted = self.form.cleaned_data.get("quota") if self.is_valid() else None
        return next((each for each in self.duties if each.quota.pk == wanted), None)

    def until(self) -> dt.date:
        """The day by which they are to be seen: the one asked for, today else."""
        asked = self.form.cleaned_data.get("by") or self.today
        return min(asked, self.today + FARTHEST)

    def of_somebody(self, queryset, name, value):
        """By the beginning of the head's name, or the household's whole number."""
        return queryset.filter(Q(head_name__startswith=value) | Q(number=value))

    def of_team(self, queryset, name, value):
        """Of the villages a team looks after."""
        return queryset.filter(village__in=value.villages.all())

    def of_mine(self, queryset, name, value):
        """Linked to a post he holds, or to him as 村民代表."""
        posts = [post.pk for post in self.request.user.current_posts]
        links = HouseholdLink.objects.of_contact(self.request.user.pk, posts, self.today)
        return queryset.filter(pk__in=links.values("household"))

    def of_need(self, queryset, name, value):
        """重点, 一般, or never seen by anybody."""
        if value == "never":
            seen = reached(queryset, reaching(until=self.today)).values("pk")
            return queryset.exclude(pk__in=seen)
        special = self.intervals.special(queryset)
        return special if value == "special" else queryset.exclude(pk__in=special.values("pk"))

    def filter_queryset(self, queryset):
        """What is to be seen by the day; or what a duty asks for next."""
        asked = self.form.cleaned_data
        for name in ("q", "village", "group", "team", "whose", "need"):
            queryset = self.filters[name].filter(queryset, asked[name])
        if asked.get("quota"):
            duty = self.duty()
            return (
                queryset.filter(pk__in=duty.next_ones().values("pk")) if duty else queryset.none()
            )
        return self.intervals.due(queryset, self.until())
