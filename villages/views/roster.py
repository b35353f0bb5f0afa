"""/roster/ — a roster comes in: upload, preview, confirmation, result."""

import hashlib

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_POST

from liaison import clock
from liaison.access import allow
from liaison.errors import NotAllowed
from liaison.excel import XLSX
from liaison.excel_guard import MAX_FILE
from liaison.file_refused import FileRefused
from liaison.form_pages import FormPage
from liaison.idempotency import submit_once
from liaison.scoping import get_visible_or_404
from villages.exports import RosterProblemExport
from villages.models import RosterImport
from villages.roster import actions, uploads
from villages.roster.importing import stage_file
from villages.roster.report import problem_rows, problems_of, report
from villages.roster.template import template_workbook
from villages.roster_forms import ConfirmForm, UploadForm

PROBLEMS_SHOWN = 200  # on the page; the download has them all
CRUMB = ("导入花名册", "villages:roster")
GONE = "这次上传已过期或已放弃，请重新上传。"


def _upload_or_404(request, pk):
    """One's own upload, for a township one still serves."""
    scope = request.user.village_scope("villages.import")
    rows = RosterImport.objects.filter(township__in=scope.townships)
    return get_visible_or_404(rows.select_related("township", "village"), request.user, pk=pk)


class Upload(FormPage):
    """/roster/ — choose a place and a file; below, one's last imports."""

    access = "villages.import"
    title = "导入花名册"
    submit = "上传并核对"
    template_name = "villages/roster.html"

    def cancel_url(self):
        """The households, where rosters end."""
        return reverse("villages:households")

    def page(self, form, status=200, **more):
        """The form and one's last ten imports."""
        recent = RosterImport.objects.visible_to(self.request.user).select_related("village")
        return super().page(form, status, recent=recent[:10], **more)

    def get(self, request):
        return self.page(UploadForm(user=request.user))

    def post(self, request):
        form = UploadForm(request.POST, request.FILES, user=request.user)
        staged = data = None
        if form.is_valid():
            try:
                data = self.bytes_of(form.cleaned_data["file"])
                staged = self.stage(form, data)
            except FileRefused as refusal:
                form.add_error("file", refusal.message)
        return self.attempt(form, lambda: self.save(form, data, staged))

    @staticmethod
    def bytes_of(file):
        """The upload's bytes; refused by its size before it is read."""
        if file.size > MAX_FILE:
            raise FileRefused("F-SIZE")
        return file.read()

    @staticmethod
    def stage(form, data):
        """What the file would do."""
        said = form.cleaned_data
        return stage_file(
            data, township=said["township"], village=said["village"], on=clock.today()
        )

    def save(self, form, data, staged):
        """Keep the upload once; returns its preview."""
        content = [
            *[(label, text) for label, text in form.content() if label != "花名册文件"],
            ("花名册文件", form.file_name()),
            ("文件内容", hashlib.sha256(data).hexdigest()),
        ]
        outcome = submit_once(
            key=form.cleaned_data["form_key"],
            user=self.request.user,
            purpose="roster-upload",
            content=content,
            do=lambda: self.keep(form, data, staged),
        )
        return outcome.url

    def keep(self, form, data, staged):
        """The verb; returns the preview's address."""
        upload = actions.keep_upload(
            by=self.request.user,
            staged=staged,
            village=form.cleaned_data["village"],
            data=data,
            file_name=form.file_name(),
            now=clock.now(),
        )
        return reverse("villages:roster_import", kwargs={"pk": upload.pk})


class Preview(FormPage):
    """/roster/<pk>/ — what the file would do, or what it did; POST confirms."""

    access = "villages.import"
    submit = "确认导入"
    crumbs = (CRUMB,)
    template_name = "villages/roster_import.html"

    def dispatch(self, request, *args, **kwargs):
        self.upload = _upload_or_404(request, kwargs["pk"])
        self.title = self.upload.file_name
        return super().dispatch(request, *args, **kwargs)

    def cancel_url(self):
        """The upload page."""
        return reverse("villages:roster")

    def get(self, request, pk):
        if self.upload.state == RosterImport.State.COMMITTED:
            return self.result()
        staged = self.staged()
        return self.preview(staged) if staged else self.gone()

    def post(self, request, pk):
        if self.upload.state == RosterImport.State.COMMITTED:
            return HttpResponseRedirect(request.path)  # the second tap
        staged = self.staged()
        if staged is None:
            return self.gone(status=409)
        form = ConfirmForm(request.POST)
        if not form.is_valid():
            return self.preview(
                staged, refusal="页面已过期，请核对下面的结果后再确认。", status=422
            )
        if form.cleaned_data["fingerprint"] != staged.fingerprint():
            return self.preview(staged, refusal=actions.NOT_WHAT_WAS_SHOWN, status=409)
        try:
            return HttpResponseRedirect(self.confirm(form, staged))
        except NotAllowed as refusal:
            return self.preview(self.staged() or staged, refusal=str(refusal), status=409)

    def staged(self):
        """The upload against today's registry; None once its file is gone."""
        data = uploads.read(self.upload.stored_name)
        if data is None:
            return None
        try:
            return stage_file(
                data,
                township=self.upload.township,
                village=self.upload.village,
                on=clock.today(),
            )
        except FileRefused:  # it was read before; only a new release could refuse it now
            return None

    def confirm(self, form, staged):
        """Store it once; returns the result's address."""
        outcome = submit_once(
            key=form.cleaned_data["form_key"],
            user=self.request.user,
            purpose="roster",
            content=[("导入", str(self.upload.pk))],
            do=lambda: self.take(staged),
        )
        messages.success(self.request, "花名册已导入。")
        return outcome.url

    def take(self, staged):
        """The verb; returns this page's address, which shows the result from now on."""
        actions.confirm(upload=self.upload, staged=staged, by=self.request.user, now=clock.now())
        return self.request.path

    def preview(self, staged, refusal="", status=200):
        """The preview page around a fresh confirmation form."""
        form = ConfirmForm(initial={"fingerprint": staged.fingerprint()})
        shown = self.shown(report(staged), problems_of(staged))
        return self.page(form, status=status, refusal=refusal, **shown)

    def result(self):
        """What came of it."""
        counts = self.upload.counts
        return self.page(None, **self.shown(counts, counts.get("problems", [])))

    def shown(self, report, problems):
        """The page's context."""
        return {
            "upload": self.upload,
            "report": report,
            "problems": problems[:PROBLEMS_SHOWN],
            "problems_total": len(problems),
        }

    def gone(self, status=200):
        """The upload is no more."""
        return self.page(None, status=status, upload=self.upload, report=None, refusal=GONE)


@allow("villages.import")
@require_POST
def discard(request, pk):
    """/roster/<pk>/discard/ — give an upload up; its file is removed."""
    actions.discard(upload=_upload_or_404(request, pk))
    messages.info(request, "已放弃这次导入，上传的文件已删除。")
    return HttpResponseRedirect(reverse("villages:roster"))


@allow("villages.import")
@require_GET
def problems(request, pk):
    """/roster/<pk>/problems/ — the rows to mend, as .xlsx."""
    upload = _upload_or_404(request, pk)
    rows = upload.counts.get("problems", [])
    export = RosterProblemExport(
        queryset=problem_rows(rows), user=request.user, on=clock.today(), township=upload.township
    )
    return export.response(filters=upload.file_name)


@allow("villages.import")
@require_GET
def template(request):
    """/roster/template/ — the workbook to fill in."""
    name = content_disposition_header(True, "花名册导入模板.xlsx")
    return HttpResponse(
        template_workbook(), content_type=XLSX, headers={"Content-Disposition": name}
    )
