"""/public-notices/ — days whose notice is due, the notices themselves, and the tick that they hang."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views import View

from cadres.actions.cards import print_cards
from cadres.cards.pdf import draw_cards
from liaison import clock
from liaison.errors import NotAllowed
from liaison.form_pages import FormPage
from liaison.lists import ListView, wants_fragment
from liaison.pdf.drawing import PDF
from liaison.scoping import get_visible_or_404
from visits.actions import posting as actions
from visits.day_cards import day_cards
from visits.exports import NoticeExport
from visits.models import LiaisonSession, NoticePolicy, PublicNotice
from visits.poster_pdf import draw_posters
from visits.posters import posters_of
from visits.posting import PERMISSION, days_to_tell, hang_notices
from visits.posting_forms import NoticeFilter, NoticePolicyForm, TickForm

LIST = "visits:public_notices"
WAYS = {"pdf": "PDF", "page": "网页", "chat": "群消息文字"}


class PublicNotices(ListView):
    """/public-notices/ — asked nothing, the days whose notice should hang and does not."""

    access = PERMISSION
    title = "驻点公示"
    filterset_class = NoticeFilter
    orders = {"day": ("on", "village_id", "id")}
    rows_template = "visits/notices.html"
    heads = ("驻点日", "村(社区)", "时间", "地点", "团队", "公示", "操作")
    empty = "现在没有要张贴的公示。到了提前天数，这里会列出来。"
    export_class = NoticeExport
    actions = "visits/notices/_bar.html"
    template_name = "visits/notices/list.html"

    def get(self, request, *args, **kwargs):
        """Without a state, those that are due; and the block says so."""
        if not request.GET.get("state"):
            request.GET = request.GET.copy()
            request.GET["state"] = "due"
        return super().get(request, *args, **kwargs)

    def get_queryset(self):
        """Days to come of one's villages that concern the village."""
        rows = days_to_tell(self.request.user, clock.today())
        return rows.select_related("village", "team", "township")

    def prepare(self, rows):
        """What hangs for each."""
        hang_notices(rows)

    def get_context(self, page):
        """How many days ahead, in words."""
        context = super().get_context(page)
        if wants_fragment(self.request):
            return context
        user = self.request.user
        townships = {row.township for row in page.rows} or {user.township} - {None}
        policies = NoticePolicy.in_force([each.pk for each in townships], clock.today())
        words = dict.fromkeys(policy.in_words() for policy in policies.values())
        return context | {"ahead": "；".join(words), "manages": user.has_perm(actions.MANAGE)}


class _Ticked(View):
    """What the ticks of the list are asked for."""

    access = PERMISSION
    http_method_names = ("post",)

    def post(self, request, **kwargs):
        """Do it; a refusal goes back to the list with its sentence."""
        form = TickForm(request.POST)
        chosen = form.chosen() if form.is_valid() else {}
        try:
            return self.act(chosen, form.cleaned_data)
        except NotAllowed as refusal:
            messages.error(request, str(refusal))
            return redirect(LIST)

    def act(self, chosen, said):
        """{session id: version}, and the rest of the form; returns the answer."""
        raise NotImplementedError(f"{type(self).__name__} does not say what it does")


class MarkPosted(_Ticked):
    """/public-notices/posted/ — these hang now."""

    def act(self, chosen, said):
        """Note it; the list says how to take it back."""
        made = actions.mark_posted(by=self.request.user, sessions=chosen, now=clock.now())
        messages.success(
            self.request,
            f"已登记{len(made)}份公示张贴；登记错了的，可在“已张贴”里撤回。"
            if made
            else "这几天的公示早已登记过，没有变动。",
        )
        return redirect(LIST)


class TakeBack(View):
    """/public-notices/<pk>/take-back/ — the tick was a slip."""

    access = PERMISSION
    http_method_names = ("post",)

    def post(self, request, pk):
        """Take it back; the day is due again."""
        notice = get_visible_or_404(PublicNotice.objects, request.user, pk=pk)
        try:
            actions.take_back(by=request.user, notice=notice, now=clock.now())
        except NotAllowed as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, "已撤回张贴登记，这一天又列入待张贴。")
        return redirect(LIST)


class PrintNotices(_Ticked):
    """/public-notices/print/ — as a PDF, as a page for the browser's printer, or as text for a chat group; and the
    cards to hand out on those days."""

    def act(self, chosen, said):
        """Tell the trail and draw, in one: what could not be drawn was not printed."""
        way = said.get("way") or "pdf"
        with transaction.atomic():
            if way == "cards":
                return self.cards(self.days(chosen))
            actions.print_notices(
                by=self.request.user, sessions=list(chosen), way=WAYS[way], now=clock.now()
            )
            posters = posters_of(self.days(chosen), clock.today())
            return self.pdf(posters) if way == "pdf" else self.page(posters, way)

    def days(self, chosen):
        """The rows of some ids, as far as they are to be announced by whoever asks."""
        rows = days_to_tell(self.request.user, clock.today()).filter(pk__in=chosen)
        rows = rows.select_related("village__township", "township", "team", "made_up_for")
        return rows.order_by("on", "village__code", "pk")

    def cards(self, days):
        """The small cards of the days that stand: with whoever stands in, without who is excused."""
        days = list(days.filter(status=LiaisonSession.Status.PLANNED))
        villages = list(dict.fromkeys(day.village for day in days))
        print_cards(by=self.request.user, villages=villages, size="a7", way="PDF(驻点日当天)")
        name = f"{days[0].township}驻点日服务卡"
        drawn = draw_cards(day_cards(days, clock.today()), size="a7", backs=True, title=name)
        return _file(drawn, name)

    def pdf(self, posters):
        """The file."""
        name = f"{posters[0].session.township}驻点公示"
        return _file(draw_posters(posters, on=clock.today(), title=name), name)

    def page(self, posters, way):
        """A page to print, or one to copy from."""
        context = {"posters": posters, "on": clock.today(), "back_to": reverse(LIST)}
        context["title"] = "驻点公示" if way == "page" else "群消息文字"
        return render(self.request, f"visits/notices/{way}.html", context)


def _file(content, name):
    """A PDF under a name that says what it is, and when it was made."""
    answer = HttpResponse(content, content_type=PDF)
    file = f"{name}_{clock.today():%Y%m%d}.pdf"
    answer["Content-Disposition"] = content_disposition_header(False, file)
    return answer


class NoticePolicies(FormPage):
    """/public-notices/ahead/ — how many days ahead, and since when."""

    access = actions.MANAGE
    title = "公示提前天数"
    crumbs = (("驻点公示", LIST),)
    done = "已保存，从启用日期起用。"
    lead = "驻点日前这么多天(自然日)，公示列入“待张贴”；没有设定的按提前2天、改期的提前3天。"
    template_name = "visits/notices/policies.html"

    def make_form(self, data=None):
        """What holds today, from today on."""
        township = self.township()
        now = NoticePolicy.in_force([township.pk], clock.today())[township.pk]
        initial = {"days": now.days, "days_moved": now.days_moved, "since": clock.today()}
        return NoticePolicyForm(data, initial=initial)

    def township(self):
        """Of the post that sets it."""
        return self.request.user.townships_for(actions.MANAGE)[0]

    def more(self, form):
        """The rows so far, newest first."""
        return {"rows": NoticePolicy.objects.visible_to(self.request.user).order_by("-since")}

    def save(self, form):
        """Store it once."""
        return self.once(form, lambda: self._do(form.facts()))

    def _do(self, facts):
        actions.set_notice_policy(
            by=self.request.user, township=self.township(), on=clock.today(), **facts
        )
        return reverse("visits:notice_policies")

    def cancel_url(self):
        """The list."""
        return reverse(LIST)
