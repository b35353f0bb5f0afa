"""/imports/ — files that come in: upload, columns, preview, progress, result, taken back."""

import hashlib

from django.contrib import messages
from django.db.models import Count
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views import View

from liaison import clock
from liaison.access import SIGNED_IN
from liaison.errors import NotAllowed
from liaison.excel import XLSX
from liaison.form_pages import FormPage
from liaison.idempotency import submit_once
from liaison.models import ImportBatch
from liaison.reading.excel_guard import MAX_FILE
from liaison.reading.file_refused import FileRefused
from liaison.scoping import get_visible_or_404

from . import actions, files, work
from .forms import ConfirmForm
from .kinds import KIND_NAMES, KINDS, REFUSED

PROBLEMS_SHOWN = 30  # on the page; the list and the workbook have them all
RECENT = 10


def batch_or_404(request, pk) -> ImportBatch:
    """A file of a kind and a township the person imports for."""
    return get_visible_or_404(ImportBatch.objects.select_related("job"), request.user, pk=pk)


class Upload(FormPage):
    """Upload page of one kind; an app's urls name it: ``Upload.as_view(kind="roster", access=…)``."""

    kind = ""
    access = ""
    submit = "上传并核对"
    template_name = "imports/upload.html"

    def dispatch(self, request, *args, **kwargs):
        self.of = KINDS[self.kind]
        self.title = f"导入{self.of.title}"
        return super().dispatch(request, *args, **kwargs)

    def cancel_url(self):
        """Where what comes in is looked at."""
        return self.of.done_url(None)

    def page(self, form, status=200, **more):
        """The form and the last imports of this kind."""
        recent = ImportBatch.objects.visible_to(self.request.user).filter(kind=self.kind)
        return super().page(form, status, recent=recent[:RECENT], kind=self.of, **more)

    def get(self, request):
        if "template" in request.GET:
            return self.template()
        return self.page(self.of.upload_form(request.user))

    def template(self):
        """The workbook to fill in."""
        data = self.of.template()
        if data is None:
            raise Http404
        return _download(data, f"{self.of.title}导入模板.xlsx")

    def post(self, request):
        form = self.of.upload_form(request.user, request.POST, request.FILES)
        data = b""
        if form.is_valid():
            if form.cleaned_data["file"].size > MAX_FILE:
                form.add_error("file", FileRefused("F-SIZE").message)
            else:
                data = form.cleaned_data["file"].read()
        return self.attempt(form, lambda: self.save(form, data))

    def save(self, form, data):
        """Keep the upload once, have a small one read at once; returns its page."""
        content = [
            *[pair for pair in form.content() if pair[0] != form.fields["file"].label],
            ("文件名", form.file_name()),
            ("文件内容", hashlib.sha256(data).hexdigest()),
        ]
        outcome = submit_once(
            key=form.cleaned_data["form_key"],
            user=self.request.user,
            purpose=f"import-{self.kind}",
            content=content,
            do=lambda: self.keep(form, data),
        )
        if not outcome.repeated:
            batch = ImportBatch.objects.get(pk=int(outcome.url.rstrip("/").rpartition("/")[2]))
            actions.run_if_small(batch, now=clock.now())
        return outcome.url

    def keep(self, form, data):
        """The verb; returns the page's address."""
        township, village = form.chosen()
        batch = actions.receive(
            by=self.request.user,
            kind=self.of,
            township_id=township.pk,
            village_id=village and village.pk,
            place_name=self.of.place_name(township, village),
            data=data,
            file_name=form.file_name(),
            now=clock.now(),
        )
        return reverse("imports:batch", args=[batch.pk])


class Batch(View):
    """/imports/<pk>/ — what the file would do, or what it did."""

    access = SIGNED_IN

    def get(self, request, pk):
        return show(request, batch_or_404(request, pk))


def show(request, batch, refusal="", status=200):
    """The page of a batch as it stands."""
    kind = KINDS[batch.kind]
    context = {
        "title": batch.file_name,
        "crumbs": [(f"导入{kind.title}", kind.upload_url)],
        "batch": batch,
        "kind": kind,
        "tiles": _tiles(kind, batch),
        "problems": batch.lines.filter(unit="rows").order_by("position")[:PROBLEMS_SHOWN],
        "reasons": _reasons(batch),
        "nothing": _nothing_to_do(batch),
        "refusal": refusal or batch.refusal,
        "working": batch.state in ("reading", "taking") or batch.is_at_work,
        "confirm": ConfirmForm(initial={"fingerprint": batch.fingerprint}),
        "may_undo": actions.may_undo(batch, clock.now()),
        "failed": batch.job.outcome
        if batch.job and batch.job.state in ("failed", "cancelled")
        else "",
        "done_url": kind.done_url(batch),
    }
    return render(request, "imports/batch.html", context, status=status)


def _tiles(kind, batch):
    """[(word of the unit, unit, [(kind, word, count)])] as the preview counts them."""
    units = batch.counts.get("units", {})
    return [
        (word, unit, [(each, KIND_NAMES[each], units[unit].get(each, 0)) for each in kinds])
        for unit, word, kinds in kind.units
        if unit in units
    ]


def _reasons(batch):
    """[(kind, code, sentence, how many)] of the problems, the most frequent first."""
    rows = batch.lines.filter(unit="rows").order_by().values("kind", "code", "reason")
    found = {}
    for row in rows.annotate(number=Count("pk")).order_by("-number", "code"):
        first = found.setdefault(row["code"], [row["kind"], row["code"], row["reason"], 0])
        first[3] += row["number"]
    return sorted(found.values(), key=lambda each: (each[0] != REFUSED, -each[3]))


def _nothing_to_do(batch):
    """Whether confirming would change nothing."""
    units = batch.counts.get("units", {}).values()
    idle = ("unchanged", "missing")
    return not any(n for kinds in units for kind, n in kinds.items() if kind not in idle)


class Working(View):
    """/imports/<pk>/progress/ — how far the work is; htmx asks each second and leaves when it is done."""

    access = SIGNED_IN

    def get(self, request, pk):
        batch = batch_or_404(request, pk)
        if not batch.is_at_work:
            return HttpResponse(headers={"HX-Refresh": "true"})
        waiting = (clock.now() - batch.job.requested_at).total_seconds() > 30
        context = {"batch": batch, "job": batch.job, "long_wait": waiting}
        return render(request, "imports/_progress.html", context)


class Act(View):
    """POST of one act on a batch; a refusal is shown on its page."""

    access = SIGNED_IN
    http_method_names = ("post",)

    def post(self, request, pk):
        batch = batch_or_404(request, pk)
        try:
            return self.act(request, batch) or HttpResponseRedirect(page_of(batch))
        except NotAllowed as refusal:
            batch = batch_or_404(request, pk)
            return show(request, batch, refusal=str(refusal), status=409)


class Confirm(Act):
    """/imports/<pk>/confirm/ — take it in; a small one at once."""

    def act(self, request, batch):
        """Once, whoever taps how often; something else than was shown is refused."""
        form = ConfirmForm(request.POST)
        if not form.is_valid():
            return show(
                request, batch, refusal="页面已过期，请核对下面的结果后再确认。", status=422
            )
        if batch.state in ("taking", "committed"):  # the second tap
            return None
        said = form.cleaned_data["fingerprint"]
        batch = actions.confirm(batch=batch, fingerprint=said, by=request.user, now=clock.now())
        actions.run_if_small(batch, now=clock.now())
        return None


class Discard(Act):
    """/imports/<pk>/discard/ — give an upload up; its file is removed."""

    def act(self, request, batch):
        """Back to the upload page."""
        actions.discard(batch=batch, by=request.user)
        messages.info(request, "已放弃这次导入，上传的文件已删除。")
        return HttpResponseRedirect(reverse(KINDS[batch.kind].upload_url))


class Cancel(Act):
    """/imports/<pk>/cancel/ — stop the work that runs."""

    def act(self, request, batch):
        """Nothing is stored of what was under way."""
        actions.stop(batch=batch, by=request.user)


class Undo(Act):
    """/imports/<pk>/undo/ — take the whole import back."""

    def act(self, request, batch):
        """Within 30 days; later edits stand in the way and are listed."""
        if batch.state == ImportBatch.State.UNDONE:
            return
        batch = actions.ask_undo(batch=batch, by=request.user, now=clock.now())
        actions.run_if_small(batch, now=clock.now())


class Problems(View):
    """/imports/<pk>/problems/ — the rows to mend as a workbook that can be uploaded again."""

    access = SIGNED_IN

    def get(self, request, pk):
        batch = batch_or_404(request, pk)
        data = files.read(batch.problems_name)
        if data is None:
            messages.info(request, "这次导入没有问题行，或已过保存期。")
            return HttpResponseRedirect(page_of(batch))
        work.note(by=request.user, batch=batch, action="下载导入问题行")
        stem = batch.file_name.rpartition(".")[0] or batch.file_name
        return _download(data, f"{stem}_问题行.xlsx")


def page_of(batch) -> str:
    """The address of a batch."""
    return reverse("imports:batch", args=[batch.pk])


def _download(data, name):
    disposition = content_disposition_header(True, name)
    return HttpResponse(data, content_type=XLSX, headers={"Content-Disposition": disposition})
