"""/sessions/<pk>/by-line/?sheet=2 — a printed sheet is entered, line by line in its own order."""

from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import urlencode

from desk.actions import save_by_line
from desk.forms.by_line import MOST_LINES, SheetPage
from desk.forms.sheets import EditionForm
from desk.sheets.content import matters_of
from liaison import clock
from visits.actions.sheets import in_words
from visits.attendance import may_confirm

from .day import LiaisonDay, find_session


class ByLine(LiaisonDay):
    """The liaison-day page with the lines of the paper in place of blank rows; the same form, the same verb."""

    access = "visits.log"

    template_name = "desk/sheets/by_line.html"

    @property
    def purpose(self):
        """One edition's saves are told from another's."""
        return f"by-line:{self.session.pk}:{self.edition.number}"

    def dispatch(self, request, *args, **kwargs):
        """The edition that was asked for, or the newest; without any, on to the page that prints one."""
        day = find_session(request.user, kwargs["pk"])
        form = EditionForm(request.POST or request.GET)
        said = form.cleaned_data["sheet"] if form.is_valid() else None
        rows = day.sheets.order_by("-number")
        self.edition = get_object_or_404(rows, number=said) if said else rows.first()
        if self.edition is None:
            return redirect("desk:sheet", pk=day.pk)
        return super().dispatch(request, *args, **kwargs)

    def get(self, request, pk):
        """The address says which edition, so that what is kept of it unsent goes back to that paper."""
        if "sheet" not in request.GET:
            return redirect(f"{request.path}?sheet={self.edition.number}")
        return super().get(request, pk)

    def page(self, data):
        """The form laid out as the paper is."""
        user, now = self.request.user, clock.now()
        mends = self.writes and (
            not self.session.is_confirmed or may_confirm(self.session, user, now)
        )
        sheet = self.edition
        sheet.session = self.session
        rows = sheet.lines.select_related("household__group", "visit__household")
        lines = list(rows.order_by("number"))
        for line in lines:
            line.entered = in_words(line.visit) if line.visit_id else ""
        return SheetPage(
            self.session, self.sheet if mends else [], data, sheet=sheet, lines=lines,
            matters=matters_of(lines, user),
        )  # fmt: skip

    def save(self, page):
        """Store the filled lines; returns the address of the answer."""
        told = page.form.cleaned_data
        made = save_by_line(
            sheet=page.sheet, by=self.request.user, now=clock.now(), lines=page.numbered(),
            version=told["version"], marks=page.marks(), amend_reason=told["amend_reason"],
        )  # fmt: skip
        visits = [each.visit.line for each in made]
        asked = {"from": min(visits), "to": max(visits)} if visits else {}
        return f"{reverse('desk:day_saved', args=[self.session.pk])}?{urlencode(asked)}".rstrip("?")

    def answer(self, page, status=200, **more):
        """The same page, its rows drawn as lines."""
        context = {
            "title": f"{self.session.village}走访单录入",
            "edition": self.edition,
            "editions": list(self.session.sheets.order_by("-number")),
            "most_rows": MOST_LINES,
        }
        return super().answer(page, status, **context, **more)
