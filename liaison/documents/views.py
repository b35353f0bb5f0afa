"""/settings/documents/ — every paper with the template it is made of; a page each to change it."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views import View

from liaison import clock, errors
from liaison.errors import DifferentContent, NotAllowed
from liaison.excel import clean_file_part
from liaison.idempotency import submit_once
from liaison.models import DocumentTemplate
from liaison.scoping import get_visible_or_404

from . import actions, store
from .answering import MISSING, template_in_use
from .checking import check_container
from .forms import TemplateForm
from .kinds import KINDS
from .refusing import DocumentRefused
from .rendering import DOCX, fill_in
from .shipped import mark

INDEX = "settings:documents"
CRUMBS = (("基础数据", "settings:index"),)


def township_of(user) -> int:
    """Whose templates this person sets: the township of his post."""
    places = sorted(user.village_scope(actions.PERMISSION).townships)
    return user.township_id if user.township_id in places or not places else places[0]


class Documents(View):
    """/settings/documents/ — the papers, and which template each is made of."""

    access = actions.PERMISSION

    def get(self, request):
        """In the order of the registry."""
        rows = DocumentTemplate.objects.visible_to(request.user)
        township = township_of(request.user)
        entries = [(kind, rows.in_use(township, kind.key)) for kind in KINDS.values()]
        context = {"title": "文书模板", "crumbs": CRUMBS, "entries": entries}
        return render(request, "settings/documents.html", context)


class OfKind(View):
    """Base of the pages of one paper; ``kind`` is set where the addresses are made."""

    access = actions.PERMISSION
    kind = None

    @property
    def page(self) -> str:
        """The address of its own page."""
        return reverse(f"settings:document_{self.kind.key}")


class Document(OfKind):
    """/settings/documents/<kind>/ — the template in use, one's own uploaded, its fields, what was in use before."""

    def get(self, request):
        """The page."""
        return self.answer(TemplateForm())

    def post(self, request):
        """A file sent up; a refusal stands beside the field."""
        form = TemplateForm(request.POST, request.FILES)
        if not form.is_valid():
            return self.answer(form, 422)
        try:
            submit_once(
                key=form.cleaned_data["form_key"], user=request.user,
                purpose=f"document:{self.kind.key}", content=form.content(), do=lambda: self.take(form),
            )  # fmt: skip
        except DifferentContent as difference:
            return errors.conflict(request, difference)
        except NotAllowed as refusal:
            form.add_error("file", str(refusal))
            return self.answer(form, 422)
        messages.success(request, f"本镇的{self.kind.title}模板已启用，以后导出都用它。")
        return redirect(self.page)

    def take(self, form) -> str:
        """Keep it."""
        actions.take_template(
            by=self.request.user, township_id=township_of(self.request.user), kind=self.kind,
            data=form.data_of_file(), file_name=form.cleaned_data["file"].name, now=clock.now(),
        )  # fmt: skip
        return self.page

    def answer(self, form, status=200):
        """Everything of one paper."""
        user, township = self.request.user, township_of(self.request.user)
        rows = DocumentTemplate.objects.visible_to(user)
        context = {
            "title": f"{self.kind.title}模板",
            "crumbs": (*CRUMBS, ("文书模板", INDEX)),
            "kind": self.kind,
            "in_use": rows.in_use(township, self.kind.key),
            "versions": rows.filter(township_id=township, kind=self.kind.key),
            "form": form,
            "submit": "上传并启用",
            "cancel_url": reverse(INDEX),
            "urls": {
                name: reverse(f"settings:document_{self.kind.key}_{name}")
                for name in ("template", "sample", "restore")
            },
            "fields": [(field, mark(field.name)) for field in self.kind.fields],
            "lists": [
                (rows, [(field, mark(field.name, rows.each)) for field in rows.fields])
                for rows in self.kind.lists
            ],
        }
        return render(self.request, "settings/document.html", context, status=status)


class Template(OfKind):
    """/settings/documents/<kind>/template/ — the template in use, to be edited in WPS or Word."""

    def get(self, request):
        """The file, checked again."""
        try:
            data = template_in_use(township_of(request.user), self.kind)
            check_container(data)
        except DocumentRefused as refusal:
            return _refused(request, refusal, self.page)
        return _file(data, f"{self.kind.title}模板")


class Sample(OfKind):
    """/settings/documents/<kind>/sample/ — the template in use, filled in with the example."""

    def get(self, request):
        """The file."""
        try:
            template = template_in_use(township_of(request.user), self.kind)
            data = fill_in(template, self.kind.sample())
        except DocumentRefused as refusal:
            return _refused(request, refusal, self.page)
        return _file(data, f"{self.kind.title}示例")


class Restore(OfKind):
    """/settings/documents/<kind>/restore/ — the shipped template is in use again."""

    http_method_names = ("post",)

    def post(self, request):
        """Do it; a refusal goes back to the page with its sentence."""
        try:
            actions.restore_shipped(
                by=request.user, township_id=township_of(request.user), kind=self.kind, now=clock.now()
            )  # fmt: skip
        except NotAllowed as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(
                request, f"{self.kind.title}已恢复自带模板；本镇模板还留在下面的记录里。"
            )
        return redirect(self.page)


class Version(View):
    """/settings/documents/versions/<pk>/ — one version of a township's own, as it was uploaded."""

    access = actions.PERMISSION

    def get(self, request, pk):
        """The file, checked again; the shipped one has none of its own."""
        row = get_visible_or_404(DocumentTemplate.objects, request.user, pk=pk)
        kind = KINDS.get(row.kind)
        if kind is None:
            raise Http404
        back = reverse(f"settings:document_{kind.key}")
        data = None if row.is_shipped else store.read(row.stored_name, row.digest)
        if data is None:
            return _refused(request, MISSING, back)
        try:
            check_container(data)
        except DocumentRefused as refusal:
            return _refused(request, refusal, back)
        return _file(data, f"{kind.title}模板_{row.set_at:%Y%m%d}")


def _file(data, name):
    disposition = content_disposition_header(True, f"{clean_file_part(name)}.docx")
    return HttpResponse(data, content_type=DOCX, headers={"Content-Disposition": disposition})


def _refused(request, refusal, back):
    messages.error(request, str(refusal))
    return redirect(back)
