"""/rounds/<pk>/villages/<code>/map/ and /villages/<code>/map/ — a village's houses, reached or not."""

import datetime as dt
from urllib.parse import urlencode

from django.shortcuts import render
from django.urls import reverse
from django.views import View

from liaison import clock
from liaison.rows import render_rows
from liaison.scoping import get_visible_or_404
from villages.models import Village
from visits.models.rounds import usual_target
from visits.rounds import Reach, current_round
from visits.schematic import blocks, tally

from .walking import village_of_round


class RoundMap(View):
    """Of a round."""

    access = "visits.view"

    def get(self, request, pk, code):
        visit_round, village = village_of_round(request.user, pk, code)
        return self.answer(village, visit_round)

    def answer(self, village, visit_round):
        """The page; without a round, of the year so far."""
        user, today = self.request.user, clock.today()
        since, target = dt.date(today.year, 1, 1), usual_target()
        reach = Reach(since=since, until=today, townships=[village.township_id])
        if visit_round:
            reach, target = Reach.of(visit_round), visit_round.target
        drawn = blocks(user, village, reach, target)
        legend, placed = tally(drawn), sum(len(block.placed) for block in drawn)
        context = {
            "title": f"{village}走访示意图",
            "crumbs": self.crumbs(village, visit_round),
            "village": village,
            "visit_round": visit_round,
            "since": since,
            "today": today,
            "legend": legend,
            "blocks": drawn,
            "table": _table(drawn, legend, village, visit_round, since),
            "hidden": sum(block.homes - sum(block.counts.values()) for block in drawn),
            "placed": placed,
            "drawing": render_rows("visits/schematic.html", {"blocks": drawn, "placed": placed}),
        }
        return render(self.request, "visits/schematic.html", context)

    def crumbs(self, village, visit_round):
        """By way of the round."""
        whole = reverse("reports:round", args=[visit_round.pk])
        own = reverse("reports:round_village", args=[visit_round.pk, village.code])
        return [("遍访轮次", "visits:rounds"), (visit_round.name, whole), (village.name, own)]


class VillageMap(RoundMap):
    """Of the round under way in a village, or of the year so far."""

    def get(self, request, code):
        village = get_visible_or_404(Village.objects.all(), request.user, code=code)
        return self.answer(village, current_round(request.user, clock.today(), village))

    def crumbs(self, village, visit_round):
        """By way of the village."""
        own = reverse("villages:village", args=[village.code])
        return [("村(社区)", "villages:villages"), (village.name, own)]


def _table(drawn, legend, village, visit_round, since):
    """The drawing in numbers, a line a 组, each with the list of its households."""
    days = {"round": visit_round.pk} if visit_round else {"occurred_from": since}
    lines = []
    for block in drawn:
        asked = urlencode({**days, "village": village.pk, "group": block.group.pk})
        lines.append(
            {
                "name": block.group.name,
                "numbers": [block.counts[state] for state, *_ in legend],
                "url": f"{reverse('visits:coverage')}?{asked}",
            }
        )
    return lines
