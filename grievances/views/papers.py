"""/ledger/<number>/papers/<kind>/ — one paper of a matter: printed or as .docx; by POST it gets its number."""

from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.shortcuts import redirect
from django.urls import path, reverse
from django.views import View

from grievances import actions
from grievances.models import Grievance
from grievances.papers.facts import paper_of
from grievances.papers.kinds import KINDS
from grievances.papers.offered import find
from liaison import clock
from liaison.documents.ways import WayForm, answer, refused
from liaison.errors import NotAllowed

from .one_matter import matter_of


class SheetForm(WayForm):
    """Of which step; the newest where none is named."""

    step = forms.IntegerField(required=False, min_value=1, max_value=2**62)

    def step_id(self):
        """Nonsense names none."""
        return self.cleaned_data["step"] if self.is_valid() else None


def paper_urls():
    """One address for each kind of paper."""
    return [
        path(
            f"<str:number>/papers/{kind.key.replace('_', '-')}/",
            type(f"{kind.key.title()}Paper", (MatterPaper,), {"kind": kind}).as_view(),
            name=f"paper_{kind.key}",
        )
        for kind in KINDS
    ]


class MatterPaper(View):
    """One kind of paper; ``kind`` is set where the addresses are made."""

    access = "grievances.view"
    kind = None

    def dispatch(self, request, *args, number, **kwargs):
        """A foreign number is a missing one."""
        rows = Grievance.every.select_related(
            "township", "village", "category", "source", "department", "handler", "method",
            "decline_reason",
        )  # fmt: skip
        self.matter = matter_of(request, number, rows)
        return super().dispatch(request, *args, **kwargs)

    def get(self, request):
        """The paper, as far as the matter has it by now."""
        form, back = SheetForm(request.GET), reverse("grievances:detail", args=[self.matter.number])
        sheet = find(self.matter, self.kind, form.step_id())
        if sheet is None:
            sentence = f"这件诉求现在没有{self.kind.title}：办到那一步才有。"
            return refused(request, sentence, title=self.kind.title, back_to=back)
        paper = paper_of(self.matter, sheet, request.user, clock.now())
        return answer(
            request, [paper], form.way(), township_id=self.matter.township_id, title=paper.title,
            back_to=back,
        )  # fmt: skip

    def post(self, request):
        """Give it its number, then on to the paper; doing it twice gives the same."""
        step_id = SheetForm(request.POST).step_id()
        try:
            paper = actions.number_paper(
                grievance=self.matter, by=request.user, kind=self.kind, now=clock.now(),
                step_id=step_id,
            )  # fmt: skip
        except NotAllowed as refusal:
            messages.error(request, str(refusal))
            return redirect("grievances:detail", self.matter.number)
        page = reverse(f"grievances:paper_{self.kind.key}", args=[self.matter.number])
        asked = {"step": paper.step_id} if paper.step_id else {}
        return redirect(f"{page}?{urlencode(asked)}" if asked else page)
