"""/reports/liaison-month/?month=2026-11 — 月度驻点工作情况: the page, its print, .xlsx and .docx."""

from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views import View

from liaison import clock
from liaison.documents.answering import docx_answer, print_answer
from liaison.documents.refusing import DocumentRefused
from liaison.rows import render_rows
from villages.models import Village

from .counting import FIGURES
from .forms import MonthForm
from .month import MonthBoard, MonthExport, month_paper
from .views import link_for


class LiaisonMonth(View):
    """The table of a month; a ledger that does not balance is shown and does not leave the house."""

    access = "reports.view"

    def get(self, request):
        """422 for a month that is none; 409 for a file of a ledger that does not balance."""
        villages = list(
            Village.objects.visible_to(request.user, FIGURES).select_related("township").in_order()
        )
        townships = {village.township_id for village in villages}
        form = MonthForm(request.GET, townships=townships, today=clock.today())
        if not form.is_valid() or not villages:
            return self.page(form, None, 422 if form.errors else 200)
        board = MonthBoard(
            reader=request.user, villages=villages, period=form.period, policy=form.policy,
            today=clock.today(), now=clock.now(),
        )  # fmt: skip
        way = form.cleaned_data["format"]
        if not way:
            return self.page(form, board)
        if not board.balanced:
            return self.page(form, board, 409)
        return self.leave(board, way)

    def leave(self, board, way):
        """As .xlsx, as .docx or as a page to print."""
        user, now = self.request.user, clock.now()
        if way == "xlsx":
            return MonthExport(board=board, user=user, on=clock.today()).response()
        paper = month_paper(board, user=user, made_at=timezone.localtime(now))
        place = board.townships[0].pk
        back = f"{reverse('reports:liaison_month')}?month={board.period.key}"
        if way == "page":
            docx = f"?month={board.period.key}&format=docx"
            return print_answer(
                self.request, [paper], township_id=place, title=paper.title, back_to=back, docx_url=docx
            )  # fmt: skip
        try:
            return docx_answer([paper], by=user, township_id=place)
        except DocumentRefused as refusal:
            context = {"title": paper.title, "sentence": str(refusal), "back_to": back}
            return render(self.request, "liaison/print_refused.html", context, status=422)

    def page(self, form, board, status=200):
        """The table, each number a link to exactly its rows."""
        link = link_for(self.request.user)
        context = {
            "title": "月度驻点工作情况",
            "crumbs": (("工作一览", "reports:dashboard"),),
            "form": form,
            "board": board,
        }
        if board:
            rows = {"board": board, "blocks": board.blocks, "link": link}
            context |= {
                "blocks": board.blocks,
                "sections": board.sections,
                "lines_html": render_rows("reports/lines.html", rows),
                "balance": [(part, link(part)) for part in board.balance],
                "excluded": [(part, link(part)) for part in board.excluded],
            }
        return render(self.request, "reports/liaison_month.html", context, status=status)
