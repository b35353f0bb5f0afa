"""/rounds/<pk>/ and /rounds/<pk>/villages/<code>/ — how far a round has come, each number a link to its households."""

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.views import View

from liaison import clock
from liaison.rows import render_rows
from liaison.scoping import get_visible_or_404
from visits.models import VisitRound

from .exports import RoundCoverageExport
from .forms import FormatForm
from .rounds import RoundTable
from .views import link_for


def round_or_404(user, pk) -> VisitRound:
    """A round of one's townships."""
    return get_visible_or_404(VisitRound.objects.select_related("township"), user, pk=pk)


class Round(View):
    """/rounds/<pk>/ — village by village; ``?format=xlsx`` 组 by 组."""

    access = "visits.view"

    def get(self, request, pk):
        visit_round = round_or_404(request.user, pk)
        villages = list(visit_round.villages_in_order().visible_to(request.user, self.access))
        return self.answer(visit_round, villages)

    def answer(self, visit_round, villages, village=None):
        """The page, or the workbook."""
        user, today = self.request.user, clock.today()
        table = RoundTable(reader=user, visit_round=visit_round, villages=villages, today=today)
        form = FormatForm(self.request.GET)
        if form.is_valid() and form.cleaned_data["format"] == "xlsx":
            return RoundCoverageExport(table=table, user=user, on=today).response()
        crumbs = [("走访记录", "visits:visits"), ("遍访轮次", "visits:rounds")]
        if village:
            crumbs.append((visit_round.name, reverse("reports:round", args=[visit_round.pk])))
        link = link_for(user)
        rows = {
            "lines": table.by_group if village else table.by_village,
            "total": table.total,
            "apart": table.apart,
            "link": link,
            "round_pk": visit_round.pk,
        }
        context = {
            "title": f"{village or visit_round}",
            "crumbs": crumbs,
            "visit_round": visit_round,
            "state": visit_round.state(today),
            "village": village,
            "table": table,
            "tiles": _tiles(table.total, link),
            "lines_html": render_rows("reports/round_lines.html", rows),
            "linked_only": bool(user.village_scope(self.access).linked_villages),
        }
        return render(self.request, "reports/round.html", context)


class RoundVillage(Round):
    """/rounds/<pk>/villages/<code>/ — 片 by 片, 组 by 组."""

    def get(self, request, pk, code):
        visit_round = round_or_404(request.user, pk)
        villages = visit_round.villages_in_order().visible_to(request.user, self.access)
        village = villages.filter(code=code).first()
        if village is None:
            raise Http404
        return self.answer(visit_round, [village], village)


def _tiles(total, link):
    """(words, number, unit, address, note): what is still to do first, the rate last."""
    figure = total.figure
    missing, never = total.part("missing"), total.part("never")
    return [
        ("本轮未走访", missing.number, "户", link(missing), f"其中从未走访过 {never.number} 户"),
        ("已走访", figure.above[0].number, "户", link(figure.above[0]), ""),
        ("应走访户", figure.below[0].number, "户", link(figure.below[0]), ""),
        ("走访覆盖率", figure.shown, "", "", f"{figure.numerator}/{figure.denominator} 户"),
    ]
