"""/ledger/publications/ — lists for the board: drafted, put into words, previewed, hung, taken down."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views import View

from grievances import actions
from grievances.actions.publishing import PERMISSION, doubts_of
from grievances.forms.publications import (
    DownForm,
    DraftForm,
    HangForm,
    PublicationFilter,
    WordingForm,
)
from grievances.models import Publication
from grievances.publishing.board import board_of
from grievances.publishing.pdf import draw_board
from grievances.publishing.sheet import BoardExport, PublicationExport
from liaison import audit, clock
from liaison.errors import NotAllowed, Stale
from liaison.excel import clean_file_part
from liaison.form_pages import FormPage
from liaison.lists import ListView
from liaison.pdf.drawing import PDF
from liaison.scoping import get_visible_or_404

LIST = "grievances:publications"
CRUMBS = (("民情台账", "grievances:ledger"), ("诉求公示", LIST))
TONES = {"draft": "yellow", "hung": "green", "taken_down": "grey"}


class Publications(ListView):
    """What hangs, what hung, and for the office what is being drafted."""

    access = "grievances.view"
    title = "诉求公示"
    crumbs = CRUMBS[:1]
    filterset_class = PublicationFilter
    orders = {"new": ("-ends_on", "-id")}
    rows_template = "grievances/publications.html"
    heads = ("公示内容", "范围", "期间", "状态", "张贴", "起草人", "操作")
    empty = "还没有公示过诉求清单：由镇驻点办点“起草公示”，选好内容、范围和日期。"
    export_class = PublicationExport
    actions = "grievances/publications/_bar.html"

    def get_queryset(self):
        """Those of one's townships."""
        rows = Publication.objects.visible_to(self.request.user)
        return rows.select_related("township", "village", "made_by")

    def row_context(self, rows):
        """A colour beside each state."""
        return {"tones": TONES}


class NewPublication(FormPage):
    """/ledger/publications/new/"""

    access = PERMISSION
    title, submit = "起草公示", "起草"
    crumbs = CRUMBS
    lead = "起草后逐行核对文字、预览，再张贴。电话、证件号、门牌不会写进去，姓名最多写“董某某”。"

    def cancel_url(self):
        """The list."""
        return reverse(LIST)

    done = ""

    def make_form(self, data=None):
        """The week up to today."""
        self.township = next(iter(self.request.user.townships_for(PERMISSION)), None)
        user, today = self.request.user, clock.today()
        return DraftForm(data, user=user, township=self.township, today=today)

    def save(self, form):
        """Draft it once; returns the draft's address."""
        user = self.request.user

        def do():
            facts = {"by": user, "now": clock.now(), "township": self.township, **form.facts()}
            row = actions.draft_publication(**facts)
            return reverse("grievances:publication", args=[row.pk])

        return self.once(form, do)


class OnePublication(View):
    """Base: finds it; a foreign one is a missing one."""

    access = "grievances.view"

    def dispatch(self, request, *args, pk, **kwargs):
        """With the names it shows."""
        rows = Publication.objects.select_related("township", "village", "made_by", "hung_by")
        self.row = get_visible_or_404(rows, request.user, pk=pk)
        return super().dispatch(request, *args, **kwargs)

    @property
    def url(self) -> str:
        """Its own page."""
        return reverse("grievances:publication", args=[self.row.pk])

    def board(self):
        """What hangs; of a draft, what would hang today."""
        return board_of(self.row, clock.today())

    def page(self, status=200, form=None, hanging=None, **more):
        """The preview, and for the office what it may do."""
        row, today = self.row, clock.today()
        drafts = row.is_draft and self.request.user.has_perm(PERMISSION)
        dated = {"on": today, "version": row.version}
        takes = row.status == "hung" and self.request.user.has_perm(PERMISSION)
        context = {
            "title": str(row),
            "crumbs": CRUMBS,
            "row": row,
            "tone": TONES[row.status],
            "board": self.board(),
            "form": (form or WordingForm(publication=row)) if drafts else None,
            "doubts": doubts_of(row) if drafts else [],
            "hanging": (hanging or HangForm(initial=dated, auto_id="hang_%s")) if drafts else None,
            "down": DownForm(initial=dated, auto_id="down_%s") if takes else None,
            **more,
        }
        template = "grievances/publications/one.html"
        return render(self.request, template, context, status=status)

    def attempt(self, asked, act, said, **shown):
        """Do it; a refusal stands on the page with what was typed."""
        if not asked.is_valid():
            return self.page(422, refusal=_first_error(asked), **shown)
        try:
            act()
        except Stale as stale:
            self.row = stale.current
            asked.data = asked.data.copy()
            asked.data["version"] = stale.current.version
            return self.page(409, refusal=str(stale), **shown)
        except NotAllowed as refusal:
            return self.page(422, refusal=str(refusal), **shown)
        messages.success(self.request, said)
        return HttpResponseRedirect(self.url)


def _first_error(form):
    return next(iter(form.errors.values()))[0]


class One(OnePublication):
    """/ledger/publications/<pk>/ — the preview of exactly what will hang; the words, while it is a draft."""

    def get(self, request):
        """The page."""
        return self.page()

    def post(self, request):
        """Keep the words; refused where it is not his to change."""
        form = WordingForm(request.POST, publication=self.row)

        def act():
            actions.reword(
                publication=self.row, by=request.user, version=form.cleaned_data["version"],
                lines=form.said(), shows_names=form.cleaned_data["shows_names"],
            )  # fmt: skip

        return self.attempt(form, act, "公示文字已保存，下面是张贴后的样子。", form=form)


class Dated(OnePublication):
    """Base of what is asked by POST from the page; opened, it leads there."""

    access = PERMISSION

    def get(self, request):
        """After a log-in in between, the browser asks for the address it posted to."""
        return HttpResponseRedirect(self.url)


class Hang(Dated):
    """/ledger/publications/<pk>/hang/"""

    def post(self, request):
        """It hangs."""
        form = HangForm(request.POST, auto_id="hang_%s")

        def act():
            said = {name: form.cleaned_data[name] for name in ("version", "on", "is_checked")}
            actions.hang(publication=self.row, by=request.user, now=clock.now(), **said)

        return self.attempt(form, act, "已登记张贴；请打印盖章后贴在公示栏。", hanging=form)


class TakeDown(Dated):
    """/ledger/publications/<pk>/take-down/"""

    def post(self, request):
        """It came down."""
        form = DownForm(request.POST, auto_id="down_%s")

        def act():
            said = {name: form.cleaned_data[name] for name in ("version", "on")}
            actions.take_down(publication=self.row, by=request.user, now=clock.now(), **said)

        return self.attempt(form, act, "已登记撤下。")


class Drop(Dated):
    """/ledger/publications/<pk>/drop/ — a draft thrown away."""

    def post(self, request):
        """Gone, unless it hangs."""
        try:
            actions.drop_draft(publication=self.row, by=request.user, version=None)
        except NotAllowed as refusal:
            messages.error(request, str(refusal))
            return redirect(self.url)
        messages.success(request, "草稿已删除。")
        return redirect(LIST)


class Poster(OnePublication):
    """/ledger/publications/<pk>/poster/ — for the browser's printer."""

    def get(self, request):
        """A4 across."""
        board = self.board()
        _leave_a_line(request.user, board, "网页打印")
        context = {
            "board": board,
            "title": board.title,
            "back_to": self.url,
            "hint": "请用浏览器的“打印”(Ctrl+P)：纸张选A4、横向，边距选“默认”，缩放100%。",
        }
        return render(request, "grievances/publications/poster.html", context)


class PosterPdf(OnePublication):
    """/ledger/publications/<pk>/pdf/"""

    def get(self, request):
        """The file; without the fonts, back to the page with the sentence."""
        board = self.board()
        try:
            body = draw_board(board)
        except NotAllowed as refusal:
            return self.page(422, refusal=str(refusal))
        _leave_a_line(request.user, board, "PDF")
        name = f"{clean_file_part(board.title)}_{self.row.ends_on:%Y%m%d}.pdf"
        disposition = content_disposition_header(False, name)
        return HttpResponse(body, content_type=PDF, headers={"Content-Disposition": disposition})


class Sheet(OnePublication):
    """/ledger/publications/<pk>/xlsx/ — the same texts as a sheet; its own export leaves the line."""

    def get(self, request):
        """The file."""
        export = BoardExport(board=self.board(), user=request.user, on=self.row.ends_on)
        return export.response(filters="公示版：不含电话、证件号、门牌")


@transaction.atomic
def _leave_a_line(user, board, way):
    audit.record(
        by=user, action="导出", label=board.title, after={"方式": way, "件数": len(board.rows)},
        township_id=board.publication.township_id,
    )  # fmt: skip
