"""/visits/<pk>/ — one visit to read, with what came of it; and the page that puts it right."""

from django.shortcuts import render
from django.urls import reverse

from liaison import clock
from liaison.access import allow
from liaison.form_pages import FormPage
from liaison.scoping import get_visible_or_404
from visits import actions
from visits.amending import is_settled, may_amend, may_change
from visits.forms import ChangeForm
from visits.models import Amendment, Need, Proposal, Visit

from .noted import writes_in

CRUMBS = (("走访记录", "visits:visits"),)
AMENDS = "这条记录已确认：改动会写明原因，改前改后都留着。"
NOT_HIS = "这条记录已确认，要更正请找登记人、团队责任人或镇驻点办。"


@allow("visits.view")
def one_visit(request, pk):
    """What was written, its amendments, matters, proposals and needs."""
    user, now = request.user, clock.now()
    visit = find_visit(user, pk)
    proposals = Proposal.objects.visible_to(user).filter(visit=visit).order_by("pk")
    needs = Need.objects.visible_to(user).of_visit(visit).select_related("kind", "department")
    context = {
        "title": f"{visit.occurred_on:%Y-%m-%d} 走访记录",
        "crumbs": CRUMBS,
        "visit": visit,
        "amendments": Amendment.objects.visible_to(user).filter(visit=visit).order_by("pk"),
        "proposals": proposals,
        "needs": needs.order_by("pk"),
        "settled": is_settled(visit, now),
        "may_change": may_change(visit, user, now),
        "writes": writes_in(user, visit.village_id),
    }
    return render(request, "visits/visit.html", context)


class ChangeVisit(FormPage):
    """/visits/<pk>/edit/ — a visit put right; once it is settled, with a reason."""

    access = "visits.log"
    title, submit, done = "修改走访记录", "保存修改", "修改已保存。"
    crumbs = CRUMBS
    template_name = "visits/change.html"

    def dispatch(self, request, *args, **kwargs):
        self.visit = find_visit(request.user, kwargs["pk"])
        self.settled = is_settled(self.visit, clock.now())
        if self.settled:
            self.title, self.submit, self.done = "更正走访记录", "保存更正", "更正已保存。"
        return super().dispatch(request, *args, **kwargs)

    def cancel_url(self):
        """The visit."""
        return reverse("visits:visit", args=[self.visit.pk])

    def make_form(self, data=None):
        """With the reason where one is asked."""
        return ChangeForm(data, user=self.request.user, visit=self.visit, amends=self.settled)

    @property
    def lead(self):
        """Says when a change is an amendment, and when it is not this person's to make."""
        if not self.settled:
            return ""
        return AMENDS if may_amend(self.visit, self.request.user, clock.now()) else NOT_HIS

    def save(self, form):
        """Store the changes; returns to the liaison day, or to the visit."""
        facts = {name: value for name, value in form.facts().items() if name != "village"}
        actions.change_visit(
            visit=self.visit,
            by=self.request.user,
            now=clock.now(),
            version=form.cleaned_data["version"],
            reason=form.cleaned_data.get("reason", ""),
            **facts,
        )
        if self.visit.session_id and not self.settled:
            return reverse("desk:day", kwargs={"pk": self.visit.session_id})
        return self.cancel_url()


def find_visit(user, pk):
    """The visit, if it is of one's villages; 404 otherwise."""
    rows = Visit.objects.select_related(
        "village", "household__group", "session__team", "entered_by"
    )
    return get_visible_or_404(rows, user, pk=pk)
