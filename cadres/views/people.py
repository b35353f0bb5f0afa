"""/cadres/ — the people of the township: who holds which post, who sits in which team."""

import django_filters
from django.db.models import Min, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.shortcuts import render
from django.views import View

from cadres.exports import CadreExport
from cadres.holders import hang_posts_and_teams
from cadres.models import Department, Holding, LiaisonTeam, Seat, User
from cadres.roles import Role
from liaison import clock
from liaison.filters import HouseFilterSet
from liaison.lists import ListView
from liaison.scoping import get_visible_or_404
from villages.models import Village

LAST = 32767  # After every post's order: people without a post stand at the end


def _own_departments(request):
    return Department.objects.visible_to(request.user)


def _own_villages(request):
    return Village.objects.visible_to(request.user).in_order()


def _own_teams(request):
    return LiaisonTeam.objects.visible_to(request.user).filter(is_active=True).in_order()


class CadreFilter(HouseFilterSet):
    """By name, role, department, team and village."""

    q = django_filters.CharFilter("display_name", lookup_expr="icontains", label="姓名")
    role = django_filters.ChoiceFilter(method="held", choices=Role.choices, label="角色")
    department = django_filters.ModelChoiceFilter(
        method="held", queryset=_own_departments, label="所属单位"
    )
    team = django_filters.ModelChoiceFilter(method="seated", queryset=_own_teams, label="驻点团队")
    village = django_filters.ModelChoiceFilter(
        method="seated", queryset=_own_villages, label="联系村"
    )

    class Meta:
        model = User
        fields = []

    def held(self, queryset, name, value):
        """Holders, today, of a post with this role or of this department."""
        held = Holding.objects.current(clock.today()).filter(**{f"post__{name}": value})
        return queryset.filter(pk__in=held.values("user"))

    def seated(self, queryset, name, value):
        """Holders of a seat in this team, or in a team of this village."""
        path = {"team": "team", "village": "team__villages"}[name]
        seats = Seat.objects.filter(**{path: value}, team__is_active=True)
        held = Holding.objects.current(clock.today()).filter(post__in=seats.values("post"))
        return queryset.filter(pk__in=held.values("user"))


class Cadres(ListView):
    """/cadres/, in the order of the posts; people are never ranked."""

    access = "cadres.view"
    title = "干部"
    crumbs = (("队伍与三固定", ""),)
    filterset_class = CadreFilter
    orders = {"post": ("rank", "display_name", "id")}
    rows_template = "cadres/cadres.html"
    heads = ("姓名", "现任岗位", "角色", "所属单位", "驻点团队")
    empty = "没有符合条件的干部；账号和任职由系统管理员在“账号”中办理。"
    export_class = CadreExport
    actions = "cadres/_cadres_bar.html"

    def get_queryset(self):
        """People of the person's townships whose account is in use."""
        held = Holding.objects.current(clock.today()).filter(user=OuterRef("pk"))
        first = held.order_by().values("user").annotate(first=Min("post__order")).values("first")
        users = User.objects.visible_to(self.request.user).filter(is_active=True)
        return users.annotate(rank=Coalesce(Subquery(first), Value(LAST)))

    def prepare(self, rows):
        """Posts and teams of the day."""
        hang_posts_and_teams(rows, clock.today())


class Cadre(View):
    """/cadres/<pk>/ — one person: posts now and before, teams and their villages."""

    access = "cadres.view"

    def get(self, request, pk):
        person = get_visible_or_404(User.objects.select_related("township"), request.user, pk=pk)
        today = clock.today()
        holdings = person.holdings.select_related("post__department", "post__village")
        now = Q(post__holdings__in=person.holdings.current(today))
        seats = Seat.objects.filter(now, team__is_active=True).select_related("team", "post")
        context = {
            "title": person.display_name,
            "crumbs": (("队伍与三固定", ""), ("干部", "cadres:cadres")),
            "person": person,
            "holdings": holdings.order_by("-since", "-pk"),
            "seats": seats.prefetch_related("team__villages").distinct(),
            "today": today,
        }
        return render(request, "cadres/cadre.html", context)
