"""/ledger/<number>/files/ and /ledger/files/<pk>/ — attachments, each looked at through the gate anew."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views import View

from grievances import actions, files
from grievances.actions.attaching import NOT_HIS, may_attach, may_take_away
from grievances.forms.files import FilesForm, TakeAwayForm
from grievances.models import MatterFile
from liaison import clock
from liaison.form_pages import FormPage
from liaison.scoping import get_visible_or_404

from .one_matter import MatterFormPage, back

GONE = "附件已不在或被改动过，请联系系统管理员。"


class Files(MatterFormPage):
    """Files added to a matter; the panel beside it posts here too."""

    access = "grievances.view"
    title, submit, done = "添加附件", "上传", "附件已保存。"

    def about(self):
        """None has to be."""
        return "附件可传可不传，不影响办理。"

    def get(self, request):
        """The form, or why there is none."""
        if not may_attach(self.matter, request.user):
            return back(self, NOT_HIS)
        return super().get(request)

    def make_form(self, data=None):
        """The files come apart from the words."""
        return FilesForm(data, self.request.FILES if data is not None else None)

    def save(self, form):
        """Keep them, once; returns the matter's address."""
        user, matter = self.request.user, self.matter

        def do():
            given = [(each.name, each.read()) for each in form.cleaned_data["attached"]]
            actions.attach(grievance=matter, by=user, now=clock.now(), given=given)
            return self.cancel_url()

        return self.once(form, do)


class File(View):
    """/ledger/files/<pk>/ — one attachment, never opened in the browser."""

    access = "grievances.view"

    def get(self, request, pk):
        """404 for one that is foreign or taken away; 410 where the bytes are not what was stored."""
        rows = MatterFile.objects.shown().select_related("grievance")
        row = get_visible_or_404(rows, request.user, pk=pk)
        data = files.read(row)
        if data is None:
            return HttpResponse(GONE, status=410, content_type="text/plain; charset=utf-8")
        actions.note_download(file=row, by=request.user)
        kind = files.CONTENT_TYPES[row.kind]
        answer = HttpResponse(data, content_type=kind)
        answer.headers["Content-Disposition"] = content_disposition_header(True, row.name)
        answer.headers["X-Content-Type-Options"] = "nosniff"
        return answer


class TakeAway(FormPage):
    """/ledger/files/<pk>/remove/ — with a reason."""

    access = "grievances.view"
    title, submit, done = "撤下附件", "撤下", "附件已撤下，原件留存备查。"
    crumbs = (("民情台账", "grievances:ledger"),)

    def dispatch(self, request, *args, pk, **kwargs):
        """A foreign one is a missing one."""
        rows = MatterFile.objects.shown().select_related("grievance")
        self.file = get_visible_or_404(rows, request.user, pk=pk)
        return super().dispatch(request, *args, **kwargs)

    def get(self, request):
        """Asked once more, or why not."""
        if not may_take_away(self.file, request.user):
            return back(self, "附件由上传的同志或镇驻点办撤下，请联系他们。")
        return super().get(request)

    def make_form(self, data=None):
        """The reason."""
        return TakeAwayForm(data)

    def save(self, form):
        """Returns the matter's address."""
        reason = form.cleaned_data["reason"]
        actions.take_away_file(file=self.file, by=self.request.user, now=clock.now(), reason=reason)
        return self.cancel_url()

    def page(self, form, status=200, **more):
        """Which one."""
        lead = f"{self.file.grievance.number}的附件“{self.file.name}”。撤下后页面上不再显示，原件留存备查。"
        return super().page(form, status, lead=lead, **more)

    def cancel_url(self):
        """The matter."""
        return reverse("grievances:detail", args=[self.file.grievance.number])
