"""/dashboard/ — what the villages' work adds up to, each number a link to its rows."""

from functools import cache

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import resolve, reverse
from django.views import View

from cadres.roles import Role
from grievances.secrecy import total_in_words
from liaison import access, clock
from liaison.form_pages import FormPage
from liaison.rows import render_rows
from villages.models import Village

from . import actions
from .board import Board
from .counting import FIGURES
from .exports import BoardExport
from .figure import Part
from .forms import DefinitionForm, PeriodForm
from .models import ReportPolicy


class Dashboard(View):
    """The table of a period, what waits today, the balance; ``?format=xlsx`` the same table."""

    access = "reports.view"

    def get(self, request) -> HttpResponse:
        """422 for a period that is none; 409 for an export that does not balance."""
        villages = list(
            Village.objects.visible_to(request.user, FIGURES).select_related("township").in_order()
        )
        townships = {village.township_id for village in villages}
        form = PeriodForm(request.GET, townships=townships, today=clock.today())
        if not form.is_valid():
            return self._page(form, status=422)
        board = Board(
            reader=request.user,
            villages=villages,
            period=form.period,
            policy=form.policy,
            today=clock.today(),
            now=clock.now(),
            kind=form.cleaned_data["kind"],
        )
        if form.cleaned_data["format"] == "xlsx":
            if board.balanced:
                return BoardExport(board=board, user=request.user, on=clock.today()).response()
            form.data = form.data.copy()
            form.data["format"] = ""  # What is asked next is the page again
            return self._page(form, board, status=409)
        return self._page(form, board)

    def _page(self, form, board=None, status=200):
        link = link_for(self.request.user)
        context = {"title": "工作一览", "form": form, "board": board}
        if board:
            rows = {"board": board, "blocks": board.blocks, "link": link}
            context |= {
                "blocks": board.blocks,
                "sections": board.sections,
                "export_url": f"?period={board.period.key}&kind={board.frame.kind}&format=xlsx",
                "show_chart": sum(bool(m["registered"] or m["settled"]) for m in board.months) > 1,
                "lines_html": render_rows("reports/lines.html", rows),
                "figures_html": render_rows("reports/figures.html", rows),
                "links": bool(link(board.balance[0])),
                "undone": [(part, link(part)) for part in board.undone],
                "balance": [(part, link(part)) for part in board.balance],
                "confidential": confidential_words(self.request.user, board),
                "excluded": [(part, link(part)) for part in board.excluded],
                "among": [(part, link(part)) for part in board.among],
                "months": board.months,
            }
        return render(self.request, "reports/dashboard.html", context, status=status)


def confidential_words(user, board) -> str:
    """涉密事项 in total, for who answers for the whole township; "" for anybody else and for the villages' teams."""
    if not user.roles & {Role.LEADER, Role.SUPERVISOR, Role.COUNTY}:
        return ""
    ids = [township.pk for township in board.townships]
    return total_in_words(ids, board.period.start, board.period.end, today=clock.today())


class Definitions(FormPage):
    """/dashboard/definitions/ — 统计口径: the rows so far, and a new one from a day to come on."""

    access = "reports.define"
    title = "统计口径"
    crumbs = (("工作一览", "reports:dashboard"),)
    template_name = "reports/definitions.html"

    lead = "新口径从启用日期起用，已有的数字不变；没有设定时，统计月自1日起，基本满意按0.9计。"
    done = "口径已保存，从启用日期起用。"

    def make_form(self, data=None):
        """An empty row."""
        return DefinitionForm(data)

    def cancel_url(self):
        """The dashboard."""
        return reverse("reports:dashboard")

    def more(self, form):
        """The rows, newest first."""
        rows = ReportPolicy.objects.visible_to(self.request.user).select_related("township")
        return {"rows": rows}

    def save(self, form):
        """Store it once; returns this page."""
        user = self.request.user

        def do():
            actions.define(by=user, township=user.township, on=clock.today(), **form.facts())
            return reverse("reports:definitions")

        return self.once(form, do)


def link_for(user):
    """A function giving the address of a number's rows, "" where this user may not open the list."""

    @cache
    def address(page):
        url = reverse(page)
        may = access.permitted(user, access.declared_access(resolve(url).func))
        return url if may else ""

    def link(part: Part) -> str:
        url = address(part.rows.page) if part.rows else ""
        return f"{url}?{part.rows.query}" if url else ""

    return link
