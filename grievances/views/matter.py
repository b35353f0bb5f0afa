"""/ledger/<number>/ — one matter: its facts, what may be done next, its history."""

from django.contrib import messages
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.views import View

from grievances import actions, panels, rules
from grievances.around import around
from grievances.deadlines import remaining
from grievances.forms import ACT_FORMS
from grievances.forms.hands import OF_THE_HANDS
from grievances.ladder import answers_there
from grievances.models import ClosedNumber, FollowUp, Grievance, Status
from grievances.models.states import TRANSITIONS
from grievances.nearing import is_near
from grievances.read_once import read_once
from liaison import clock, errors
from liaison.errors import DifferentContent, NotAllowed, Stale
from liaison.idempotency import submit_once
from liaison.scoping import get_visible_or_404
from liaison.versions import differences

from .one_matter import crumbs_of, matter_of

# What usually comes next, the first allowed one standing open on the page
NEXT = (
    "accept", "assign", "take_in_hand", "send_down", "report_assist", "settle", "answer", "verify",
    "close_out", "tell_joined", "tell_merged",
)  # fmt: skip
# The office may do these on a unit's behalf; they unfold, but do not stand open
OF_THE_UNIT = {"take_in_hand", "settle", "return_"}
OF_THE_RUNG = {"send_down"}
OF_THE_HELPER = {"report_assist"}


def slug(act: str) -> str:
    """An act's part of the address: "settle_on_the_spot" -> "settle-on-the-spot"."""
    return act.strip("_").replace("_", "-")


def act_urls():
    """One address for each act: /ledger/<number>/accept/ …"""
    return [
        path(f"<str:number>/{slug(act)}/", Act.as_view(act=act), name=slug(act).replace("-", "_"))
        for act in ACT_FORMS
    ]


class MatterPage(View):
    """Base: finds the matter, draws its page with or without a refused form."""

    access = "grievances.view"
    first = ""  # the act whose form stands open

    def dispatch(self, request, *args, number, **kwargs):
        """A foreign number is a missing one."""
        rows = Grievance.every.select_related(
            "township", "village", "household__group", "category", "source", "department",
            "handler", "registered_by", "decline_reason", "policy", "method", "settled_by",
            "rung__standing", "merged_into", "repeat_of", "visit__entered_by", "visit__session",
        )  # fmt: skip
        try:
            self.matter = matter_of(request, number, rows)
        except Http404:
            return self.went_elsewhere(number)
        return super().dispatch(request, *args, **kwargs)

    def went_elsewhere(self, number):
        """A number that stays taken though its matter goes another way; anything else is missing."""
        closed = get_visible_or_404(ClosedNumber.objects, self.request.user, number=number)
        context = {"title": closed.number, "crumbs": (("民情台账", "grievances:ledger"),)}
        return render(self.request, "grievances/closed_number.html", context)

    def page(self, status=200, forms=None, **more):
        """The whole page; ``forms`` replaces the fresh forms of the acts open to this user."""
        matter, now = self.matter, clock.now()
        read_once(matter)
        acts = [self.drawn(form) for form in (self.fresh_forms() if forms is None else forms)]
        context = {
            "title": matter.number,
            "crumbs": crumbs_of(matter),
            "matter": matter,
            "steps": [*matter.steps.all()],
            "overdue": matter.is_overdue(now),
            "broken": matter.promise_is_late(clock.local_date(now)),
            "remaining": remaining(matter, now, matter.calendar),
            "near": is_near(matter, now),
            "satisfaction": dict(FollowUp.Answer.choices).get(matter.satisfaction, ""),
            "acts": acts,
            "around": self.around,
            "main_panels": panels.drawn(panels.MAIN, matter, self.request.user, now),
            "side_panels": panels.drawn(panels.SIDE, matter, self.request.user, now),
            "waits": bool(acts) and not any(act["open"] for act in acts),
            **more,
        }
        return render(self.request, "grievances/detail.html", context, status=status)

    @cached_property
    def around(self):
        """The neighbours in the list it was opened from; None without one."""
        return around(self.matter, self.request)

    def fresh_forms(self):
        """A form for each act open to this user, the usual next one first."""
        allowed = rules.allowed_acts(self.matter, self.request.user)
        self.first = next_act(self.matter, allowed, self.request.user)
        in_order = sorted(allowed, key=lambda act: (act != self.first, act in OF_THE_HANDS))
        return [self.form(act) for act in in_order]

    def form(self, act, data=None):
        """The form of an act, dated today."""
        initial = {"on": clock.today(), "version": self.matter.version}
        user = self.request.user
        return ACT_FORMS[act](data, grievance=self.matter, user=user, initial=initial)

    def drawn(self, form):
        """What the template needs of one form."""
        name, _, _ = TRANSITIONS[form.act]
        url = reverse("grievances:" + slug(form.act).replace("-", "_"), args=[self.matter.number])
        url += self.around.tail if self.around else ""
        stands_open = form.is_bound or form.act == self.first
        words = {
            "name": name,
            "url": url,
            "slug": slug(form.act),
            "aside": form.act in OF_THE_HANDS,
        }
        return {"form": form, "open": stands_open, **words}


def next_act(matter, allowed, user):
    """The act that stands open: the usual next one; after 不满意 重办, after 联系不上 once more asking."""
    if matter.status == Status.VERIFIED:
        urged = {"dissatisfied": "reopen", "unreached": "verify"}.get(matter.satisfaction)
        if urged in allowed:
            return urged
    elsewhere = matter.department_id and matter.department_id not in user.department_ids()
    others = set(OF_THE_UNIT) if elsewhere else set()
    if not answers_there(user, matter):
        others |= OF_THE_RUNG
    if not elsewhere or not user.department_ids():
        others |= OF_THE_HELPER
    if matter.status == Status.FORWARDED:
        others |= OF_THE_UNIT
    return next((act for act in NEXT if act in allowed and act not in others), "")


class Detail(MatterPage):
    """The page of one matter."""

    def get(self, request):
        """Facts, acts and history."""
        return self.page()


class Act(MatterPage):
    """/ledger/<number>/<act>/ — one act, by POST; opened as a page it leads to the matter."""

    act = ""

    def get(self, request):
        """After a log-in in between, the browser asks for the address it posted to."""
        return HttpResponseRedirect(self.back())

    def post(self, request):
        """Do it once; refusals and stale saves keep what was typed."""
        form = self.form(self.act, request.POST)
        if not form.is_valid():
            return self.refused(form, 422)
        try:
            outcome = self.once(form)
        except DifferentContent as difference:
            return errors.conflict(request, difference)
        except Stale as stale:
            return self.stale(form, stale)
        except NotAllowed as refusal:
            return self.refused(form, 422, refusal=str(refusal))
        messages.success(request, f"{self.matter.number}：{TRANSITIONS[self.act][0]}已记录。")
        return HttpResponseRedirect(self.onward(outcome.url))

    def onward(self, url):
        """The matter once more, within its list; the next one of the list if that was asked for."""
        if self.around is None:
            return url
        if self.request.POST.get("then") != "next":
            return url + self.around.tail
        if self.around.next is None:
            messages.info(self.request, "这个查询条件下已经是最后一件。")
            return self.around.list_url
        return reverse("grievances:detail", args=[self.around.next]) + self.around.tail

    def once(self, form):
        """The verb, once for this form."""

        def do():
            verb = getattr(actions, self.act)
            given = {"by": self.request.user, "now": clock.now(), **form.arguments()}
            verb(grievance=self.matter, **given)
            return self.where_next(form)

        return submit_once(
            key=form.cleaned_data["form_key"],
            user=self.request.user,
            purpose=f"{self.act} {self.matter.number}",
            content=form.content(),
            do=do,
        )

    def where_next(self, form):
        """The matter; the ledger for whose unit has just lost it by a rule: to him its page is missing."""
        if form.cleaned_data.get("by_rule"):
            seen = Grievance.objects.visible_to(self.request.user)
            if not seen.filter(pk=self.matter.pk).exists():
                return reverse("grievances:ledger")
        return self.back()

    def back(self):
        """The matter's own page."""
        return reverse("grievances:detail", args=[self.matter.number])

    def stale(self, form, stale):
        """409: what happened in between, and the form once more if the act is still open."""
        changed = differences(form, stale.current)
        missed = stale.current.version - form.cleaned_data["version"]
        self.matter = stale.current
        form.data = form.data.copy()
        form.data["version"] = stale.current.version
        steps = [*stale.current.steps.order_by("-pk")[: max(missed, 1)]][::-1]
        return self.refused(form, 409, missed_steps=steps, differences=changed)

    def refused(self, form, status, **more):
        """The page with the form as typed: open, or as words alone when the act is closed now."""
        sentence = rules.refusal(self.act, self.matter, self.request.user)
        if not sentence:
            return self.page(status, [form], **more)
        more.setdefault("refusal", sentence)
        typed = form.content() if form.is_bound and form.is_valid() else []
        return self.page(status, typed=typed, **more)


class Reveal(MatterPage):
    """/ledger/<number>/reveal/ — the phone in plain for half a minute, with a reason that is kept."""

    def get(self, request):
        """Only by POST."""
        return HttpResponseRedirect(reverse("grievances:detail", args=[self.matter.number]))

    def post(self, request):
        """Show it once, and write down who saw it and why."""
        reason = request.POST.get("reason", "").strip()[:200]
        if not reason:
            return self.page(422, reveal_refusal="请写明查看电话的原因。")
        actions.note_reveal(grievance=self.matter, by=request.user, reason=reason)
        return self.page(plain_phone=self.matter.phone)
