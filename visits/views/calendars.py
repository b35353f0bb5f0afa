"""/sessions/… as calendars: the year of a team or a village, the month of the township, the year plan on paper."""

import datetime as dt
from urllib.parse import urlencode

from django.shortcuts import render
from django.views import View

from cadres.calendar_forms import EARLIEST, LATEST, YearForm
from cadres.calendar_page import days_in, years_known
from cadres.models import LiaisonPlan, LiaisonTeam
from liaison import clock
from liaison.scoping import get_visible_or_404
from villages.models import Village
from visits import calendars
from visits.forms import MonthForm, YearPlanForm
from visits.models import LiaisonSession
from visits.year_plan import MOVED, YearPlanExport, lines_of

CRUMBS = (("驻点日", "visits:sessions"),)
READS = "visits.view"


def asked_year(request) -> int:
    """The year asked for; this one for nonsense."""
    form = YearForm(request.GET)
    return form.cleaned_data["year"] if form.is_valid() else clock.today().year


def around(year) -> dict:
    """The year, its neighbours as far as the calendar goes, and whether its holidays are known."""
    return {
        "year": year,
        "previous": year - 1 if year > EARLIEST else None,
        "following": year + 1 if year < LATEST else None,
        "is_published": year in years_known(),
        "today": clock.today(),
    }


def within(year) -> tuple[dt.date, dt.date]:
    """The first and the last day of a year."""
    return dt.date(year, 1, 1), dt.date(year, 12, 31)


class YearView(View):
    """Twelve months of somebody's liaison days. Subclasses find whose."""

    access = READS

    def answer(self, request, sessions, township, **more):
        """The page of these sessions, as far as the reader may see them."""
        year = asked_year(request)
        start, end = within(year)
        rows = sessions.visible_to(request.user).within(start, end)
        rows = list(rows.select_related("village", "team").order_by("on", "starts_at", "pk"))
        sheet = calendars.year_sheet(year, rows, days_in(year, township))
        context = {
            "crumbs": CRUMBS,
            "sheet": sheet,
            "key": calendars.KEY,
            "counts": self.counts(sheet, {**more["asked"], "on_from": start, "on_to": end}),
            "total": len(rows) - sheet.counts["cancelled"],
            "changed": [row for row in rows if row.moved_from or row.status in ("missed", "cancelled")],
            "weekdays": "一二三四五六日",
            **around(year),
            **more,
        }  # fmt: skip
        return render(request, "visits/year.html", context)

    def counts(self, sheet, asked):
        """[(state, how many, the query of the list of exactly those)]."""
        return [
            (label, sheet.counts[status], urlencode({**asked, "status": status}))
            for _, label, status in calendars.KEY
            if sheet.counts[status]
        ]


class TeamYear(YearView):
    """/sessions/teams/<pk>/year/?year=2026"""

    def get(self, request, pk):
        """The days a team sits; of a 督查小组 those of its villages."""
        teams = LiaisonTeam.objects.select_related("township")
        team = get_visible_or_404(teams, request.user, pk=pk)
        known = Village.objects.visible_to(request.user, READS)
        return self.answer(
            request,
            LiaisonSession.objects.of_team(team),
            team.township,
            title=f"{team.name}{asked_year(request)}年驻点日",
            plans=LiaisonPlan.objects.visible_to(request.user).alive(clock.today()).filter(team=team)
            .select_related("village").order_by("village__code", "valid_from"),
            asked={"team": team.pk} if team.kind == "liaison" else {},
            hides=team.villages.exclude(pk__in=known.values("pk")).exists(),
        )  # fmt: skip


class VillageYear(YearView):
    """/sessions/villages/<code>/year/?year=2026"""

    def get(self, request, code):
        """The days in a village, whichever team sits."""
        villages = Village.objects.select_related("township")
        village = get_visible_or_404(villages, request.user, code=code)
        return self.answer(
            request,
            LiaisonSession.objects.filter(village=village),
            village.township,
            title=f"{village.name}{asked_year(request)}年驻点日",
            plans=LiaisonPlan.objects.visible_to(request.user).alive(clock.today())
            .filter(village=village).select_related("village").order_by("valid_from", "pk"),
            asked={"village": village.pk},
        )  # fmt: skip


class MonthPage(View):
    """/sessions/month/?month=2026-11 — days × villages."""

    access = READS

    def get(self, request):
        """The asked month; this one for nonsense."""
        today = clock.today()
        form = MonthForm(request.GET)
        first = form.cleaned_data["month"] if form.is_valid() else today.replace(day=1)
        last = (first + dt.timedelta(days=31)).replace(day=1) - dt.timedelta(days=1)
        rows = LiaisonSession.objects.visible_to(request.user).within(first, last)
        rows = list(rows.select_related("village").order_by("on", "starts_at", "pk"))
        villages = list(Village.objects.visible_to(request.user, READS).in_order())
        days = days_in(first.year, request.user.township)
        context = {
            "title": f"{first.year}年{first.month}月驻点日",
            "crumbs": CRUMBS,
            "first": first,
            "last": last,
            "previous": (first - dt.timedelta(days=1)).replace(day=1),
            "following": last + dt.timedelta(days=1),
            "sheet": calendars.month_sheet(first, villages, rows, days),
            "key": calendars.KEY,
            "weekdays": "一二三四五六日",
            "today": today,
            "is_published": first.year in years_known(),
        }
        return render(request, "visits/month.html", context)


class YearPlan(View):
    """/sessions/year-plan/?year=2026&village=…&layout=… — to print: one table, or a page for each village."""

    access = READS

    def get(self, request):
        """The table, the pages, or the table as a workbook."""
        year = asked_year(request)
        form = YearPlanForm(request.GET, user=request.user)
        asked = form.cleaned_data if form.is_valid() else {}
        village = asked.get("village")
        lines = lines_of([village] if village else list(form.villages()), self.rows(request, year))
        if request.GET.get("format") == "xlsx":
            export = YearPlanExport(
                queryset=lines, user=request.user, on=clock.today(), period=f"{year}年"
            )
            return export.response(filters=f"年份：{year}")
        paged = village or asked.get("layout") == "pages"
        context = {
            "title": f"{year}年驻点安排表",
            "crumbs": CRUMBS,
            "form": form,
            "village": village,
            "lines": lines,
            "months": range(1, 13),
            "moved": MOVED,
            "any_moved": any(line.has_moved for line in lines),
            "paged": paged,
            **around(year),
        }
        template = "visits/year_plan_pages.html" if paged else "visits/year_plan.html"
        return render(request, template, context)

    def rows(self, request, year):
        """The year's days that take place and anybody may come to, in order: the sheet hangs on walls."""
        rows = LiaisonSession.objects.visible_to(request.user).within(*within(year)).open_to_all()
        rows = rows.exclude(status=LiaisonSession.Status.CANCELLED)
        rows = rows.select_related("village", "team", "plan__village")
        return rows.order_by("on", "starts_at", "pk")
