"""/visits/report/<household>/ — a village contact tells what he heard, one tap from his desk."""

from django.urls import reverse

from desk.actions import report
from desk.forms.reporting import ReportForm
from liaison import clock
from liaison.form_pages import FormPage
from liaison.scoping import get_visible_or_404
from villages.models import Household


class Report(FormPage):
    """Of a household linked to him; any other is a missing page."""

    access = "visits.report"
    title, submit = "报告情况", "报告"
    template_name = "desk/report.html"

    def dispatch(self, request, *args, **kwargs):
        rows = Household.objects.select_related("village", "group")
        self.household = get_visible_or_404(rows, request.user, pk=kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def cancel_url(self):
        """The desk: his households are on it."""
        return reverse("desk:home")

    def make_form(self, data=None):
        """Dated today."""
        return ReportForm(data, initial={"occurred_on": clock.today()})

    def page(self, form, status=200, **more):
        """Whose household it is."""
        home = self.household
        lead = f"{home.village} {home.group} {home}"
        draft = {"title": f"报告情况 {lead}", "of": "occurred_on"}
        return super().page(form, status, lead=lead, draft=draft, **more)

    def save(self, form):
        """Store it once; back to the desk, or to the matters he reported."""
        url = self.once(form, lambda: self._report(form))
        self.done = "已报告。" if url == self.cancel_url() else "已报告，并登记为诉求。"
        return url

    def _report(self, form):
        made = report(
            by=self.request.user, now=clock.now(), household=self.household, **form.facts()
        )
        return reverse("grievances:reported") if made.matters else self.cancel_url()
