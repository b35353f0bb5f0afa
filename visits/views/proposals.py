"""/visits/proposals/ — 金点子: the list, a new one, one with its history."""

from django.urls import reverse

from liaison import clock
from liaison.form_pages import FormPage
from liaison.lists import ListView
from liaison.scoping import get_visible_or_404
from visits import actions
from visits.actions.proposals import acts_for
from visits.models import Proposal
from visits.noted_exports import ProposalExport
from visits.noted_filters import ProposalFilter
from visits.noted_forms import DecideForm, SuggestForm

from .noted import NewNoted, writes_in

LIST = ("金点子", "visits:proposals")
TONES = {"study": "yellow", "adopted": "blue", "rejected": "grey", "done": "green"}


class Proposals(ListView):
    """/visits/proposals/ — what villagers suggested, newest first."""

    access = "visits.view"
    title = "金点子"
    crumbs = (("走访记录", "visits:visits"),)
    filterset_class = ProposalFilter
    orders = {"day": ("-proposed_on", "-id")}
    rows_template = "visits/proposals.html"
    heads = ("编号", "提出日期", "村(社区)", "提出人", "金点子内容", "状态", "答复", "操作")
    empty = "还没有金点子：群众对村里的建议，写在驻点日那一行的“金点子”里，或点“登记金点子”。"
    export_class = ProposalExport
    actions = "visits/_proposal_bar.html"

    def get_queryset(self):
        """Those of one's villages."""
        rows = Proposal.objects.visible_to(self.request.user)
        return rows.select_related("village", "household__group", "entered_by")

    def row_context(self, rows):
        """The colours of the states, and who may decide."""
        return {"tones": TONES, "writes": self.request.user.has_perm("visits.log")}


class NewProposal(NewNoted):
    """/visits/proposals/new/"""

    title, submit = "登记金点子", "登记"
    crumbs = (LIST,)
    form_class = SuggestForm
    lead = "群众对村里、镇里工作的好主意。要求办理的事情请登记诉求。"
    done = "金点子已登记，等待研究。"

    def save(self, form):
        """Write it down, once; on to its page."""

        def do():
            proposal = actions.suggest(
                by=self.request.user, now=clock.now(), visit=self.visit, **form.facts()
            )
            return reverse("visits:proposal", args=[proposal.pk])

        return self.once(form, do)

    def cancel_url(self):
        """The list."""
        return reverse("visits:proposals")


class OneProposal(FormPage):
    """/visits/proposals/<pk>/ — one with its history; who writes there decides on it here."""

    access = "visits.view"
    title, submit = "金点子", "确定"
    crumbs = (LIST,)
    template_name = "visits/proposal.html"
    done = "已记下。"

    def dispatch(self, request, *args, **kwargs):
        rows = Proposal.objects.select_related("village", "household__group", "entered_by", "visit")
        self.proposal = get_visible_or_404(rows, request.user, pk=kwargs["pk"])
        self.title = self.proposal.number
        return super().dispatch(request, *args, **kwargs)

    def make_form(self, data=None):
        """What can be done as it stands."""
        return DecideForm(data, proposal=self.proposal, initial={"on": clock.today()})

    def more(self, form):
        """The row, its history, and whether he may act."""
        row = self.proposal
        return {
            "proposal": row,
            "lines": row.lines.order_by("pk"),
            "tone": TONES[row.state],
            "acts": acts_for(row) if writes_in(self.request.user, row.village_id) else [],
        }

    def save(self, form):
        """Do it; back to the page."""
        actions.decide(
            proposal=self.proposal, by=self.request.user, now=clock.now(), **form.facts()
        )
        return reverse("visits:proposal", args=[self.proposal.pk])

    def cancel_url(self):
        """The list."""
        return reverse("visits:proposals")
