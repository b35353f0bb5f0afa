"""/rounds/<pk>/villages/<code>/walk/ — the households still to be reached, on a phone or on paper."""

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.views import View

from liaison import clock
from liaison.scoping import get_visible_or_404
from villages.models import Village
from visits.exports import mode_word
from visits.models import VisitRound
from visits.walking import WalkForm, stretches


def village_of_round(user, pk, code) -> tuple[VisitRound, Village]:
    """A round and one of its villages, both one's own.

    Raises:
        Http404: missing, foreign, or not a village of the round.
    """
    visit_round = get_visible_or_404(VisitRound.objects.select_related("township"), user, pk=pk)
    villages = visit_round.villages_in_order().visible_to(user, "visits.view")
    village = villages.filter(code=code).first()
    if village is None:
        raise Http404
    return visit_round, village


class Walk(View):
    """The list; ``?layout=print`` the same on A4, with boxes to tick."""

    access = "visits.view"

    def get(self, request, pk, code):
        visit_round, village = village_of_round(request.user, pk, code)
        form = WalkForm(request.GET, user=request.user, village=village, on=clock.today())
        valid = form.is_valid()
        walk = stretches(visit_round, form) if valid else []
        for row in (row for stretch in walk for row in stretch.rows):
            row.mode_word = mode_word(row.last_reached_mode)
            # 石桥村第1组3号 stands under 第1组 of 石桥村: 3号 is what is looked for
            row.at = row.address.removeprefix(village.name).removeprefix(row.group.name)
        context = {
            "title": f"{village}走访清单",
            "crumbs": [("走访记录", "visits:visits"), ("遍访轮次", "visits:rounds")],
            "visit_round": visit_round,
            "village": village,
            "form": form,
            "walk": walk,
            "count": sum(len(stretch.rows) for stretch in walk),
            "words": form.words if valid else "",
            "today": clock.today(),
            "logs": request.user.has_perm("visits.log"),
            "back_to": reverse("visits:walk", args=[pk, code]),
        }
        on_paper = valid and form.cleaned_data["layout"] == "print"
        template = "visits/walk_print.html" if on_paper else "visits/walk.html"
        return render(request, template, context, status=200 if valid else 422)
