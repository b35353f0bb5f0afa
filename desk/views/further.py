"""/visits/<pk>/matters/ — what was asked at a visit, and the row in the book had left out."""

from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode

from desk import forms
from desk.actions import add_matters
from liaison import clock
from liaison.scoping import get_visible_or_404
from visits.amending import is_settled
from visits.models import Visit

from .rows import RowsView
from .saved import with_matters


class AddMatters(RowsView):
    """The row as it stands, its matters, and any number of further ones."""

    access = "grievances.register"

    @property
    def purpose(self):
        """One row's saves are told from another's."""
        return f"matters:{self.visit.pk}"

    def dispatch(self, request, *args, pk, **kwargs):
        """A foreign row is a missing one."""
        rows = with_matters(Visit.objects.select_related("village", "session"), request.user)
        self.visit = get_visible_or_404(rows, request.user, pk=pk)
        self.amends = self.visit.nothing_asked and is_settled(self.visit, clock.now())
        return super().dispatch(request, *args, **kwargs)

    def get(self, request):
        return self.answer(self.page())

    def post(self, request):
        if (data := forms.rearranged(request.POST)) is not None:
            return self.answer(self.page(data))
        page = self.page(request.POST)
        if not page.is_valid():
            page.renew()
            return self.answer(page, 422, checked=True)
        return self.attempt(page)

    def page(self, data=None):
        """The form; it asks for a reason where a settled row said 无诉求."""
        return forms.FurtherPage(data, amends=self.amends)

    def save(self, page):
        """Store them; returns the address of the answer: the row with all its matters."""
        add_matters(
            visit=self.visit, by=self.request.user, now=clock.now(), matters=page.asked(),
            reason=page.reason(),
        )  # fmt: skip
        visit = self.visit
        if visit.session_id:
            url, at = reverse("desk:day_saved", args=[visit.session_id]), visit.line
        else:
            url, at = reverse("desk:visits_saved"), visit.pk
        return f"{url}?{urlencode({'from': at, 'to': at})}"

    def answer(self, page, status=200, **more):
        """The page."""
        visit = self.visit
        back = reverse("desk:day", args=[visit.session_id]) if visit.session_id else None
        context = {
            "title": "加诉求",
            "crumbs": (("走访记录", "visits:visits"),),
            "visit": visit,
            "back": back or reverse("visits:visits"),
            "page": page,
            **self.rows_context(),
            **more,
        }
        return render(self.request, "desk/further.html", context, status=status)
