"""/imports/<pk>/columns/ and /header/ — where the columns of a file are put right."""

from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views import View

from liaison import clock
from liaison.access import SIGNED_IN
from liaison.errors import NotAllowed

from . import actions
from .forms import ColumnsForm, HeaderForm
from .kinds import KINDS
from .views import Act, batch_or_404, page_of, show


class Columns(View):
    """/imports/<pk>/columns/ — what each column was taken for, to be put right; hidden sheets to be picked."""

    access = SIGNED_IN

    def get(self, request, pk):
        return self.page(request, batch_or_404(request, pk))

    def post(self, request, pk):
        batch = batch_or_404(request, pk)
        form = ColumnsForm(request.POST, batch=batch, kind=KINDS[batch.kind])
        if not form.is_valid():
            return self.page(request, batch, form, status=422)
        try:
            batch = actions.read_again(
                batch=batch,
                by=request.user,
                now=clock.now(),
                layouts=form.layouts(),
                picked_sheets=form.cleaned_data["picked"],
            )
        except NotAllowed as refusal:
            return show(request, batch, refusal=str(refusal), status=409)
        actions.run_if_small(batch, now=clock.now())
        return HttpResponseRedirect(page_of(batch))

    def page(self, request, batch, form=None, status=200):
        """The form, one select a column."""
        kind = KINDS[batch.kind]
        if batch.state not in ("previewed", "unreadable"):
            return HttpResponseRedirect(page_of(batch))
        context = {
            "title": "核对栏目",
            "crumbs": [(f"导入{kind.title}", kind.upload_url)],
            "batch": batch,
            "form": form or ColumnsForm(batch=batch, kind=kind),
        }
        return render(request, "imports/columns.html", context, status=status)


class Header(Act):
    """/imports/<pk>/header/ — no header was found: the clerk points at the row it stands in."""

    def act(self, request, batch):
        """On to the columns of that row."""
        form = HeaderForm(request.POST, batch=batch)
        if not form.is_valid():
            return show(request, batch, refusal="请选择表头所在的一行。", status=422)
        actions.point_at_header(batch=batch, **form.place())
        return HttpResponseRedirect(reverse("imports:columns", args=[batch.pk]))
