"""/ledger/new/ — a matter is written down."""

from django.urls import reverse

from grievances import actions
from grievances.forms import RegisterForm
from grievances.models import Grievance, Source, Status
from grievances.routing import route_of
from liaison import clock
from liaison.form_pages import FormPage
from villages.models import Household
from visits.finding import in_words
from visits.models import Visit


class Register(FormPage):
    """From scratch, from a household's page (?household=) or after a visit (?visit=)."""

    access = "grievances.register"
    title, submit = "登记诉求", "登记"
    crumbs = (("民情台账", "grievances:ledger"),)
    template_name = "grievances/register.html"
    draft = {"title": "登记诉求", "of": "village on", "here": True}

    def cancel_url(self):
        """The ledger."""
        return reverse("grievances:ledger")

    def make_form(self, data=None):
        """An empty form, or one that begins with what is known already."""
        initial = self.known() if data is None else None
        return RegisterForm(data, user=self.request.user, initial=initial)

    def save(self, form):
        """Store it once; returns the matter's address."""
        url = self.once(form, lambda: self._register(form))
        number = url.rstrip("/").rpartition("/")[2]
        self.done = f"已登记，编号{number}。{self.routed(number)}"
        return url

    def routed(self, number):
        """Where it will go once it is accepted, by which rule; nothing for what needs no unit."""
        rows = Grievance.objects.visible_to(self.request.user).filter(status=Status.REGISTERED)
        matter = rows.filter(number=number).first()
        found = route_of(matter) if matter else None
        return f"受理后{found.why}" if found else ""

    def _register(self, form):
        by, now, facts = self.request.user, clock.now(), form.facts()
        matter = actions.register(by=by, now=now, visit=self.visit(), **facts)
        if settlement := form.settlement():
            matter = actions.settle_on_the_spot(
                grievance=matter, by=by, on=facts["on"], now=now, **settlement
            )
        return reverse("grievances:detail", args=[matter.number])

    def known(self):
        """What the page before knew, so that nothing is typed twice."""
        visit, known = self.visit(), {"on": clock.today()}
        household = visit.household if visit else self.named(Household, "household")
        if visit:
            # Codes of 来源: 驻点日接待, 入户走访; the names may have been put right since.
            source = "01" if visit.mode == Visit.Mode.RECEPTION else "02"
            known |= {
                "on": visit.occurred_on,
                "village": visit.village_id,
                "complainant": visit.visitor,
                "persons": visit.persons,
                "detail": visit.said,
                "source": Source.objects.filter(code=source, is_active=True).first(),
            }
        if household:
            known |= {"village": household.village_id, "household": in_words(household)}
        return known

    def visit(self):
        """The visit it was said at, if the address names one of one's own villages."""
        return self.named(Visit, "visit")

    def named(self, model, name):
        """A row named in the address; None for a missing or foreign one."""
        text = self.request.GET.get(name, "")
        if not text.isdecimal() or len(text) > 18:
            return None
        return model.objects.visible_to(self.request.user).filter(pk=text).first()
