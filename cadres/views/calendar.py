"""/calendar/ — the working days of a year, the township's liaison days on it, and its local days."""

import hashlib

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views import View

from cadres import calendar_page
from cadres.actions import calendar as actions
from cadres.calendar_forms import EARLIEST, LATEST, LocalDayForm, YearForm
from cadres.models import CalendarDay
from cadres.reference import NationalDays
from liaison import clock
from liaison.errors import NotAllowed
from liaison.form_pages import FormPage
from liaison.scoping import get_visible_or_404


class YearPage(View):
    """/calendar/?year=2026 — twelve months; a year not published says so."""

    access = "cadres.view"

    def get(self, request):
        """The asked year, this year for nonsense."""
        form = YearForm(request.GET)
        today = clock.today()
        year = form.cleaned_data["year"] if form.is_valid() else today.year
        known = calendar_page.years_known()
        days = calendar_page.days_in(year, request.user.township)
        context = {
            "title": f"{year}年工作日历",
            "year": year,
            "today": today,
            "source": known.get(year),
            "years": sorted({*known, year, today.year}, reverse=True),
            "previous": year - 1 if year > EARLIEST else None,
            "following": year + 1 if year < LATEST else None,
            "months": calendar_page.months_of(year, days),
            "local_days": [day for day in days if day.is_local()],
            "weekdays": "一二三四五六日",
            "publishes": NationalDays().may_change(request.user),
        }
        return render(request, "cadres/calendar.html", context)


def digest(moves) -> str:
    """A short name for a set of moves, to know what somebody was shown."""
    text = ";".join(f"{move.plan.pk}:{move.before}:{move.after}" for move in moves)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


class NewLocalDay(FormPage):
    """/calendar/days/new/ — what would move is shown first, then the day is set."""

    access = actions.PERMISSION
    title, submit, done = "设定本地日", "设定", "已设定，驻点日已随之调整。"
    crumbs = (("工作日历", "cadres:calendar"),)
    template_name = "cadres/local_day.html"

    def cancel_url(self):
        """The year page."""
        return reverse("cadres:calendar")

    def make_form(self, data=None):
        """An empty form, or one for the day that was clicked."""
        initial = {"on": self.request.GET.get("on"), "kind": "holiday"}
        return LocalDayForm(data, initial=initial)

    def post(self, request):
        """Show the moves once, set the day when they were seen."""
        form = self.make_form(request.POST)
        moves = self._moves(form) if form.is_valid() else []
        if moves and form.cleaned_data["seen"] != digest(moves):
            form.data = form.data.copy()
            form.data["seen"] = digest(moves)
            return self.page(form, moves=moves, submit="已看过，确认设定")
        return self.attempt(form, lambda: self.saved(form))

    def _moves(self, form):
        return actions.moves(
            township=self.request.user.township,
            on=form.cleaned_data["on"],
            is_workday=form.is_workday(),
            today=clock.today(),
        )

    def save(self, form):
        """Set it once; returns the page of its year."""
        return self.once(form, lambda: self._made(form))

    def _made(self, form):
        data = form.cleaned_data
        actions.set_local_day(
            township=self.request.user.township,
            by=self.request.user,
            today=clock.today(),
            on=data["on"],
            kind=data["kind"],
            name=data["name"],
        )
        return f"{reverse('cadres:calendar')}?year={data['on'].year}"


class TakeBackLocalDay(View):
    """/calendar/days/<pk>/remove/ — asks, showing what would move; then takes the day back."""

    access = actions.PERMISSION

    def get(self, request, pk, status=200, **more):
        """What would move."""
        day = self._day(pk)
        moves = actions.moves(
            township=day.township, on=day.on, is_workday=None, today=clock.today()
        )
        context = {
            "title": "取消本地日",
            "crumbs": (("工作日历", "cadres:calendar"),),
            "day": day,
            "moves": moves,
            **more,
        }
        return render(request, "cadres/take_back_local_day.html", context, status=status)

    def post(self, request, pk):
        """Take it back."""
        day = self._day(pk)
        try:
            actions.take_back_local_day(day=day, by=request.user, today=clock.today())
        except NotAllowed as refusal:
            return self.get(request, pk, status=422, refusal=str(refusal))
        messages.success(request, "已取消，驻点日已随之调整。")
        return redirect(f"{reverse('cadres:calendar')}?year={day.on.year}")

    def _day(self, pk):
        local = CalendarDay.objects.exclude(township=None).select_related("township")
        return get_visible_or_404(local, self.request.user, pk=pk)
