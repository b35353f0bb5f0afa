"""/settings/<table>/import/ — a file in: upload, preview, confirmation. Nothing is kept in between.

The rows as they were read travel in the preview page itself, signed; so there is no file to forget.
"""

from django.contrib import messages
from django.urls import reverse

from liaison import clock
from liaison.errors import NotAllowed
from liaison.idempotency import submit_once
from liaison.reading.file_refused import FileRefused

from . import actions
from .forms import EXPIRED, ConfirmForm, UploadForm, seal
from .reading import Rows, read_rows
from .staging import stage
from .views import RowPage

SHOWN = 200  # lines of each kind on the page


class TakeIn(RowPage):
    """Upload → what it would do → done."""

    submit = "上传并核对"
    template_name = "settings/import.html"

    def page(self, form, status=200, **more):
        """With the table's own words."""
        heads = self.table.resource_class.heads()
        words = {"table": self.table, "list_url": self.cancel_url(), "heads": heads}
        return super().page(form, status, **words, **more)

    def upload_form(self, *data):
        """The common form, or the table's own."""
        return (self.table.upload_form_class or UploadForm)(*data)

    def get(self, request):
        """Choose a file."""
        return self.page(self.upload_form())

    def post(self, request):
        """A file to look at, or the confirmation of one."""
        if "payload" in request.POST:
            return self.confirm(ConfirmForm(request.POST))
        form = self.upload_form(request.POST, request.FILES)
        if form.is_valid():
            try:
                rows = self.read(form.cleaned_data["file"].read())
                staged = self.stage(rows)
            except (FileRefused, NotAllowed) as refusal:
                form.add_error("file", str(refusal))
            else:
                return self.preview(staged, form.file_name(), form.said())
        return self.page(form, status=422)

    def read(self, data):
        """The table in the file."""
        resource = self.table.resource_class
        return read_rows(
            data,
            title=self.table.title,
            heads=resource.heads(),
            required=resource.required_heads(),
        )

    def stage(self, rows):
        """What it would do today."""
        return stage(self.table, rows, by=self.request.user, today=clock.today())

    def preview(self, staged, file_name, said, status=200, warning=""):
        """What the file would do, and the form that confirms just that."""
        objection = self.table.objection(staged)
        payload = {
            "table": self.table.key,
            "user": self.request.user.pk,
            "file": file_name,
            "said": said,
            "rows": staged.rows.as_json(),
        }
        form = ConfirmForm(initial={"fingerprint": staged.fingerprint(), "payload": seal(payload)})
        return self.page(
            form,
            status=status,
            staged=staged,
            file_name=file_name,
            writes=staged.writes[:SHOWN],
            refused=staged.refused[:SHOWN],
            warning=warning or objection,
            takes=not objection,
            **self.table.preview_context(staged, self.request.user, clock.today()),
        )

    def confirm(self, form):
        """Store it once, if it still does what was shown."""
        sealed = form.cleaned_data["payload"] if form.is_valid() else {}
        if (sealed.get("table"), sealed.get("user")) != (self.table.key, self.request.user.pk):
            return self.page(self.upload_form(), status=422, refusal=EXPIRED)
        rows = Rows.from_json(sealed["rows"])
        try:
            return self.attempt(form, lambda: self.store(form, rows, sealed))
        except Refused as refused:
            staged = self.stage(rows)
            return self.preview(
                staged, sealed["file"], sealed["said"], status=409, warning=str(refused)
            )

    def store(self, form, rows, sealed):
        """Returns the list's address."""
        fingerprint = form.cleaned_data["fingerprint"]
        try:
            outcome = submit_once(
                key=form.cleaned_data["form_key"],
                user=self.request.user,
                purpose=f"settings:{self.table.key}:import",
                content=[("文件", sealed["file"]), ("内容", fingerprint)],
                do=lambda: self.take(rows, sealed, fingerprint),
            )
        except NotAllowed as refusal:
            raise Refused(str(refusal)) from refusal
        messages.success(self.request, f"已导入{sealed['file']}。")
        return outcome.url

    def take(self, rows, sealed, fingerprint):
        """The verb; returns where to go on."""
        actions.take_in(
            table=self.table,
            rows=rows,
            by=self.request.user,
            today=clock.today(),
            fingerprint=fingerprint,
            file_name=sealed["file"],
            said=sealed["said"],
        )
        return reverse(self.table.page or f"settings:{self.table.key}")


class Refused(Exception):
    """The confirmation was refused: the preview is shown again."""
