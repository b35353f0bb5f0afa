"""/cards/ — 便民服务卡: what each village's card will say, the print, the township's words."""

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views import View

from cadres.actions import cards as actions
from cadres.card_forms import CardFilter, CardTextForm, PrintForm
from cadres.cards.content import cards_of
from cadres.cards.pdf import ASK, draw_cards
from cadres.models import CardText
from cadres.plan_exports import CardExport
from liaison import clock
from liaison.errors import NotAllowed
from liaison.form_pages import FormPage
from liaison.lists import ListView, wants_fragment
from liaison.pdf import fonts
from liaison.pdf.drawing import PDF
from villages.models import Village

AREA = ("队伍与三固定", "")
WAYS = {"pdf": "PDF", "page": "网页"}


class Cards(ListView):
    """/cards/ — one line a village: what its card says and what it still lacks."""

    access = actions.PRINT
    title = "便民服务卡"
    crumbs = (AREA,)
    filterset_class = CardFilter
    orders = {"village": ("code", "id")}
    rows_template = "cadres/cards.html"
    heads = ("村(社区)", "印在卡上的人员", "驻点时间", "驻点地点", "提醒")
    empty = "没有符合条件的村。请放宽查询条件，或先建好驻点团队。"
    export_class = CardExport
    actions = "cadres/cards/_bar.html"
    template_name = "cadres/cards/list.html"

    def get_queryset(self):
        """Villages of one's territory."""
        rows = Village.objects.visible_to(self.request.user, actions.PRINT)
        return rows.select_related("township")

    def prepare(self, rows):
        """What each card will say."""
        for row, card in zip(rows, cards_of(rows, clock.today()), strict=True):
            row.card = card

    def get_context(self, page):
        """How many there are in all, and the form of the print."""
        context = super().get_context(page)
        if wants_fragment(self.request):
            return context
        every = Village.objects.visible_to(self.request.user, actions.PRINT)
        return context | {
            "form": PrintForm(user=self.request.user),
            "every": every.count(),
            "unprintable": unprintable([row.card for row in page.rows]),
            "manages": self.request.user.has_perm(actions.MANAGE),
        }


def unprintable(cards) -> str:
    """Characters of these cards that a PDF cannot show; "" also where no PDF can be made at all."""
    try:
        return fonts.missing_from("".join(card.all_words() for card in cards))
    except NotAllowed:
        return ""


class PrintCards(View):
    """/cards/print/ — the chosen cards as a PDF or as a page; each batch is told to the trail."""

    access = actions.PRINT
    http_method_names = ("post",)

    def post(self, request):
        """The file or the page; a refusal is a page with one sentence."""
        form = PrintForm(request.POST, user=request.user)
        if not form.is_valid():
            return self.refuse("请重新选择要打印的村和版式。")
        said = form.cleaned_data
        villages = form.chosen()
        try:
            return self.print(villages, said["size"], said["backs"], said["way"])
        except NotAllowed as refusal:
            return self.refuse(str(refusal))

    def print(self, villages, size, backs, way):
        """Tell the trail and draw, in one: what could not be drawn was not printed."""
        with transaction.atomic():
            actions.print_cards(by=self.request.user, villages=villages, size=size, way=WAYS[way])
            draw = self.pdf if way == "pdf" else self.page
            return draw(cards_of(villages, clock.today()), size, backs)

    def pdf(self, cards, size, backs):
        """The file, under a name that says what it is."""
        name = f"{cards[0].village.township}便民服务卡"
        content = draw_cards(cards, size=size, backs=backs, title=name)
        file = f"{name}_{clock.today():%Y%m%d}.pdf"
        answer = HttpResponse(content, content_type=PDF)
        answer["Content-Disposition"] = content_disposition_header(False, file)
        return answer

    def page(self, cards, size, backs):
        """A page that prints as the file does."""
        context = {"size": size, "backs": backs and size == "a7", "eight": range(8)}
        context |= {"title": "便民服务卡", "back_to": reverse("cadres:cards")}
        context["sheets"] = [_drawn(card, size) for card in cards]
        return render(self.request, "cadres/cards/print.html", context)

    def refuse(self, sentence):
        """Why nothing was printed."""
        context = {"title": "便民服务卡", "sentence": sentence, "back_to": reverse("cadres:cards")}
        return render(self.request, "liaison/print_refused.html", context, status=422)


def _drawn(card, size) -> dict:
    """One village's card as HTML, written once though it lies eight times on its sheet."""
    context = {"card": card, "code": card.code(), "ask": ASK}
    front = "_large" if size == "a5" else "_front"
    return {
        "village": card.village,
        "front": render_to_string(f"cadres/cards/{front}.html", context),
        "back": render_to_string("cadres/cards/_back.html", context),
    }


class CardWords(FormPage):
    """/cards/text/ — what the township prints on its cards and notices."""

    access = actions.MANAGE
    title = "服务卡文字"
    crumbs = (AREA, ("便民服务卡", "cadres:cards"))
    lead = "各村(社区)的卡片和公示都用这里的文字；人员、时间、地点取自团队和驻点安排，不用另填。"
    done = "已保存，下次打印时起用。"

    def make_form(self, data=None):
        """The words as they stand."""
        township = self.township()
        text = CardText.of([township])[township.pk]
        return CardTextForm(data, instance=text, initial={"version": text.version})

    def township(self):
        """Of the post that keeps them."""
        return self.request.user.townships_for(actions.MANAGE)[0]

    def save(self, form):
        """Store them."""
        actions.change_card_text(
            by=self.request.user,
            township=self.township(),
            version=form.cleaned_data["version"],
            **form.facts(),
        )
        return self.cancel_url()

    def cancel_url(self):
        """The cards."""
        return reverse("cadres:cards")
