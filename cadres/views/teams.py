"""/teams/ — who is fixed to which village."""

import django_filters
from django.db.models import OuterRef, Prefetch, Subquery, Value
from django.db.models.functions import Coalesce
from django.shortcuts import render
from django.urls import reverse
from django.views import View

from cadres import actions, team_rules
from cadres.exports import TeamExport
from cadres.holders import hang_holders
from cadres.models import LiaisonPlan, LiaisonTeam, Post, Seat
from cadres.team_forms import NewTeamForm, TeamForm, mark_of, seat_formset
from liaison import clock
from liaison.filters import HouseFilterSet
from liaison.form_pages import FormPage
from liaison.lists import ListView
from liaison.scoping import get_visible_or_404
from villages.models import Village

MANAGE = "cadres.manage_teams"
TEAMS = ("驻点团队", "cadres:teams")
AREA = ("队伍与三固定", "")


def _own_villages(request):
    return Village.objects.visible_to(request.user).in_order()


class TeamFilter(HouseFilterSet):
    """By name, by village, in use or not."""

    q = django_filters.CharFilter("name", lookup_expr="icontains", label="团队名称")
    village = django_filters.ModelChoiceFilter(
        field_name="villages", queryset=_own_villages, label="联系村"
    )
    state = django_filters.ChoiceFilter(
        method="in_use", choices=[("active", "在用"), ("stopped", "停用")], label="状态"
    )
    kind = django_filters.ChoiceFilter(choices=LiaisonTeam.Kind.choices, label="类别")

    class Meta:
        model = LiaisonTeam
        fields = []

    def in_use(self, queryset, name, value):
        """在用 or 停用."""
        return queryset.filter(is_active=value == "active")


def with_members(teams):
    """Teams with villages, seats and posts read in a few queries for all of them."""
    seats = Seat.objects.select_related("post").order_by("order", "pk")
    return teams.prefetch_related(
        Prefetch("villages", Village.objects.in_order()), Prefetch("seats", seats)
    )


class Teams(ListView):
    """/teams/, in the administrative order of the villages."""

    access = "cadres.view"
    title = "驻点团队"
    crumbs = (AREA,)
    filterset_class = TeamFilter
    orders = {"village": ("first_code", "name", "id")}
    rows_template = "cadres/teams.html"
    heads = ("团队名称", "联系村", "责任人", "其他成员", "状态", "操作")
    empty = "没有符合条件的团队；驻点办可点“新建团队”添加。"
    export_class = TeamExport
    template_name = "cadres/teams.html"
    actions = "cadres/_teams_bar.html"

    def get_queryset(self):
        """Teams of the person's townships."""
        codes = Village.objects.filter(teams=OuterRef("pk")).order_by("code").values("code")
        teams = LiaisonTeam.objects.visible_to(self.request.user)
        return with_members(teams.annotate(first_code=Coalesce(Subquery(codes[:1]), Value("~"))))

    def prepare(self, rows):
        """Who holds the seats today."""
        hang_holders([seat.post for team in rows for seat in team.seats.all()], clock.today())

    def get_context(self, page):
        """Villages that stand alone are named above the list for those who can do something."""
        context = super().get_context(page)
        townships = self.request.user.townships_for(MANAGE)
        context["can_manage"] = bool(townships)
        context["alone"] = team_rules.villages_without_a_team(townships) if townships else []
        return context

    def row_context(self, rows):
        """Whether 「修改」 is offered."""
        user = self.request.user
        return {"manages": user.has_perm(MANAGE), "reads_days": user.has_perm("visits.view")}


def _team(request, pk) -> LiaisonTeam:
    teams = with_members(LiaisonTeam.objects.select_related("township"))
    return get_visible_or_404(teams, request.user, pk=pk)


class Team(View):
    """/teams/<pk>/"""

    access = "cadres.view"

    def get(self, request, pk):
        team = _team(request, pk)
        today = clock.today()
        hang_holders([seat.post for seat in team.seats.all()], today)
        plans = LiaisonPlan.objects.in_force(today).filter(team=team).select_related("village")
        context = {
            "title": team.name,
            "crumbs": (AREA, TEAMS),
            "team": team,
            "plans": plans.order_by("village__code", "valid_from"),
            "can_manage": team.township in request.user.townships_for(MANAGE),
        }
        return render(request, "cadres/team.html", context)


class LookFirst(Exception):
    """There is something to look at before this team is saved."""

    def __init__(self, sentences):
        super().__init__("; ".join(sentences))
        self.sentences = sentences


class _TeamPage(FormPage):
    """A team's form and its lines of seats; warned once, then saved as the office wants it."""

    access = MANAGE
    template_name = "cadres/team_form.html"
    team = None

    def post(self, request, *args, **kwargs):
        """As every form, but the lines must be right too, and warnings are shown first."""
        form = self.make_form(request.POST)
        self.seats = self.make_seats(request.POST)
        if not all([form.is_valid(), self.seats.is_valid()]):
            return self.page(form, status=422)
        try:
            return super().post(request, *args, **kwargs)
        except LookFirst as look:
            return self._ask(look.sentences)

    def make_seats(self, data=None):
        """The lines."""
        return seat_formset(self.team, township=self.township, on=clock.today(), data=data)

    def chosen_seats(self):
        """(post, kind) of the filled lines, in their order."""
        chosen = self.seats.chosen()
        posts = Post.objects.in_bulk([post for post, _ in chosen])
        return [(posts[pk], kind) for pk, kind in chosen]

    def look_first(self, form):
        """Stop for what there is to look at, unless it has been shown.

        Raises:
            LookFirst: with the sentences.
        """
        said = team_rules.warnings(
            team=self.team,
            villages=list(form.cleaned_data["villages"]),
            seats=self.chosen_seats(),
            is_active=form.cleaned_data.get("is_active", True),
            on=clock.today(),
            kind=self.kind(form),
        )
        if said and form.cleaned_data["seen"] != mark_of(said):
            raise LookFirst(said)

    def kind(self, form):
        """What the team is for: chosen once."""
        return self.team.kind if self.team else form.cleaned_data["kind"]

    def _ask(self, said):
        data = self.request.POST.copy()
        data["seen"] = mark_of(said)
        return self.page(self.make_form(data), status=422, warnings=said)

    def more(self, form):
        """The lines, as they stand or as they were filled in."""
        return {"seats": getattr(self, "seats", None) or self.make_seats()}


class NewTeam(_TeamPage):
    """/teams/new/"""

    title = "新建团队"
    crumbs = (AREA, TEAMS)
    done = "团队已建立。"

    @property
    def township(self):
        """The clerk's own."""
        return self.request.user.townships_for(MANAGE)[0]

    def make_form(self, data=None):
        """Empty or filled."""
        return NewTeamForm(data, township=self.township)

    def save(self, form):
        """Make it, once."""
        seats = self.chosen_seats()

        def do():
            self.look_first(form)  # here, so that a second tap is not warned of its first
            team = actions.create_team(
                by=self.request.user,
                township=self.township,
                name=form.cleaned_data["name"],
                villages=list(form.cleaned_data["villages"]),
                seats=seats,
                kind=form.cleaned_data["kind"],
            )
            return reverse("cadres:team", args=[team.pk])

        return self.once(form, do)

    def content_head(self):
        """The lines belong to what was filled in."""
        kinds = dict(Seat.Kind.choices)
        lines = [f"{kinds[kind]}：{post}" for post, kind in self.chosen_seats()]
        return [("成员", "、".join(lines))]

    def cancel_url(self):
        """The list."""
        return reverse("cadres:teams")


class EditTeam(_TeamPage):
    """/teams/<pk>/edit/"""

    crumbs = (AREA, TEAMS)
    title = "修改团队"

    def dispatch(self, request, *args, **kwargs):
        self.team = _team(request, kwargs["pk"])
        self.township = self.team.township
        return super().dispatch(request, *args, **kwargs)

    def make_form(self, data=None):
        """The team as it stands, or as it was filled in."""
        team = self.team
        initial = {
            "name": team.name,
            "villages": list(team.villages.all()),
            "is_active": team.is_active,
            "version": team.version,
        }
        return TeamForm(data, township=self.township, initial=initial)

    def save(self, form):
        """Change it."""
        self.look_first(form)
        given = {name: form.cleaned_data[name] for name in ("name", "is_active", "version")}
        villages = list(form.cleaned_data["villages"])
        actions.edit_team(
            by=self.request.user,
            team=self.team,
            villages=villages,
            seats=self.chosen_seats(),
            **given,
        )
        return self.cancel_url()

    def cancel_url(self):
        """The team."""
        return reverse("cadres:team", args=[self.team.pk])
