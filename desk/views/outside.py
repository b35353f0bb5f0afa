"""/visits/new/ — visits outside a liaison day, by the same rows; and matters a saved row had left out."""

from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode

from desk import forms
from desk.actions import log_visits
from liaison import clock
from villages.models import Household

from .rows import RowsView


class LogVisits(RowsView):
    """An evening, a call, a meeting, a chance: which village, which day, and who was met."""

    access = "visits.log"
    purpose = "visits"

    def get(self, request):
        household = self.household()
        return self.answer(forms.OutsidePage(request.user, None, clock.today(), household))

    def post(self, request):
        if (data := forms.rearranged(request.POST)) is not None:
            return self.answer(forms.OutsidePage(request.user, data))
        page = forms.OutsidePage(request.user, request.POST)
        if not page.is_valid():
            page.renew()
            return self.answer(page, 422, checked=True)
        return self.attempt(page)

    def household(self):
        """The household whose page led here; None for a missing or foreign one."""
        text = self.request.GET.get("household", "")
        if not text.isdecimal() or len(text) > 18:
            return None
        return Household.objects.visible_to(self.request.user, "visits.log").filter(pk=text).first()

    def save(self, page):
        """Store them; returns the address of the answer."""
        told = page.form.cleaned_data
        made = log_visits(
            by=self.request.user,
            now=clock.now(),
            on=told["occurred_on"],
            village=told["village"],
            entries=page.entries(),
        )
        numbers = {"from": made[0].visit.pk, "to": made[-1].visit.pk}
        return f"{reverse('desk:visits_saved')}?{urlencode(numbers)}"

    def answer(self, page, status=200, **more):
        """The page."""
        context = {
            "title": "登记走访",
            "crumbs": (("走访记录", "visits:visits"),),
            "page": page,
            **self.rows_context(),
            **more,
        }
        return render(self.request, "desk/outside.html", context, status=status)
