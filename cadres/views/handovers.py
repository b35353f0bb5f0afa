"""办理交接: chosen, previewed, confirmed once; and the sheet that is left of it."""

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views import View

from cadres.actions.handing import change_of, hand_over_post, rehearse, withdraw_handover
from cadres.handover import Fate, holdings_to_hand_over, survey
from cadres.handover_forms import AskedPostForm, HandoverForm
from cadres.handover_notices import teams_of
from cadres.models import Handover
from liaison import clock
from liaison.errors import NotAllowed
from liaison.form_pages import FormPage
from liaison.idempotency import led_to
from liaison.scoping import get_visible_or_404

from .users import MANAGE, USERS, account_of


class HandOver(FormPage):
    """/accounts/<pk>/handover/ — one of somebody's posts goes to the next one."""

    access = MANAGE
    title = "办理交接"
    crumbs = (("管理", ""), USERS)
    done = "交接已办理。"
    template_name = "accounts/handover.html"

    def dispatch(self, request, *args, **kwargs):
        self.person = account_of(request, kwargs["pk"])
        self.lead = (
            f"{self.person.display_name}离任：选岗位、最后一天和接任人，先看清单，再一次确认。"
            "席位、联系户、驻点安排和待办的事随岗位移交，写过的记录仍署原任的名。"
        )
        return super().dispatch(request, *args, **kwargs)

    def get(self, request, pk):
        """The post an address names is chosen already; so is the only one."""
        asked = AskedPostForm(request.GET)
        post = asked.cleaned_data["post"] if asked.is_valid() else None
        holdings = list(holdings_to_hand_over(self.person, today=clock.today()))
        chosen = [held for held in holdings if held.post_id == post] or holdings
        one = chosen[0] if len(chosen) == 1 else None
        until = one.until if one and one.until else clock.today()
        return self.page(self.make_form(initial={"holding": one, "until": until}))

    def post(self, request, pk):
        """「预览」 shows and stores nothing; 「确认交接」 does what was shown."""
        form = self.make_form(request.POST)
        if form.is_valid() and not ("confirm" in request.POST and form.cleaned_data["seen"]):
            return self.page(form)
        # A second tap: its post is handed over by now, so the form does not find it any more
        if not form.is_valid() and (
            url := led_to(key=request.POST.get("form_key", ""), user=request.user)
        ):
            return HttpResponseRedirect(url)
        return self.attempt(form, lambda: self.saved(form))

    def make_form(self, data=None, **more):
        """What can be handed over today."""
        today = clock.today()
        holdings = holdings_to_hand_over(self.person, today=today)
        return HandoverForm(
            data, by=self.request.user, person=self.person, holdings=holdings, on=today, **more
        )

    def page(self, form, status=200, **more):
        """The form; once it is filled in, with everything that hangs on it, or why it cannot be done."""
        if form.is_bound and form.is_valid():
            more = self._looked_at(form, more)
            status = 422 if more.get("refusal") and status == 200 else status
        more["nothing"] = not form.fields["holding"].queryset.exists()
        return super().page(form, status, person=self.person, **more)

    def _looked_at(self, form, more):
        facts, today = form.facts(), clock.today()
        refusal = rehearse(by=self.request.user, today=today, now=clock.now(), **facts)
        if refusal:
            return {**more, "refusal": refusal}
        shown = survey(
            change_of(**facts), holding=facts["holding"], reader=self.request.user, today=today
        )
        form.data = form.data.copy()
        form.data["seen"] = shown.digest
        return {**more, "survey": shown}

    def content_head(self):
        """Whose post it is."""
        return [("账号", self.person.username)]

    def save(self, form):
        """Hand it over, once."""
        return self.once(form, lambda: self._do(form))

    def _do(self, form):
        row = hand_over_post(
            by=self.request.user, today=clock.today(), now=clock.now(),
            seen=form.cleaned_data["seen"], **form.facts(),
        )  # fmt: skip
        return reverse("cadres:handover", args=[row.pk])

    def cancel_url(self):
        """The account."""
        return reverse("accounts:account", args=[self.person.pk])


def _sheet(request, pk):
    rows = Handover.objects.select_related(
        "holding__post__township", "holding__user", "successor", "ordered_by"
    )
    return get_visible_or_404(rows, request.user, pk=pk)


class HandoverSheet(View):
    """/handovers/<pk>/ — 交接单: who, when, what went along, promises to keep, what to print again."""

    access = "cadres.view"

    def get(self, request, pk):
        row = _sheet(request, pk)
        context = {
            "title": "岗位交接单",
            "crumbs": (("队伍与三固定", ""), ("干部", "cadres:cadres")),
            "handover": row,
            "lines": [line for line in row.lines if line["fate"] != Fate.STAYS],
            "staying": [line for line in row.lines if line["fate"] == Fate.STAYS],
            "teams": teams_of(row.holding.post),
            "may_withdraw": row.may_be_withdrawn(clock.today()),
        }
        return render(request, "cadres/handover.html", context)


class Withdraw(View):
    """/handovers/<pk>/withdraw/ — the handover to come does not take place: POST alone."""

    access = MANAGE
    http_method_names = ["post"]

    def post(self, request, pk):
        """Back to the sheet, with what became of it."""
        row = _sheet(request, pk)
        try:
            withdraw_handover(by=request.user, handover=row, today=clock.today(), now=clock.now())
            messages.success(request, "交接已撤回，原任继续任职。")
        except NotAllowed as refusal:
            messages.error(request, str(refusal))
        return redirect("cadres:handover", pk=row.pk)
