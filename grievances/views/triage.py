"""/ledger/triage/ — one act on many matters: chosen in the list, confirmed with the count, told row by row."""

from django.contrib import messages
from django.http import HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views import View

from grievances import actions
from grievances.actions.triage import ACTS, MOST, acts_of
from grievances.around import LONGEST, PARAMETER, tail
from grievances.filters import LedgerFilter
from grievances.forms.triage import TriageForm
from grievances.models import Grievance, Triage, TriageLine
from grievances.triage import BY_RULE, foreseen, in_words
from liaison import clock, jobs
from liaison.form_pages import FormPage
from liaison.idempotency import submit_once
from liaison.scoping import get_visible_or_404

Outcome = TriageLine.Outcome
AT_ONCE = 60  # 件 done by the request itself; more is the worker's
TOLD = (Outcome.FAILED, Outcome.SKIPPED, Outcome.WAITING, Outcome.DONE)
NONE_CHOSEN = "请先勾选要办理的诉求，或选择“符合条件的全部”。"
TOO_MANY = f"符合条件的超过{MOST}件，请先缩小查询条件，再批量办理。"


class ChooseMany(FormPage):
    """By POST from the list: what would happen to each; by POST from there: it is ordered."""

    access = "grievances.triage"
    title, submit = "批量办理", "确认办理"
    crumbs = (("民情台账", "grievances:ledger"),)
    template_name = "grievances/triage.html"

    def get(self, request):
        """Chosen in the list."""
        return HttpResponseRedirect(self.cancel_url())

    def post(self, request):
        """The confirmation, or the order."""
        self.act = request.POST.get("act", "")
        if self.act not in dict(acts_of(request.user)):
            return self.back("请选择要批量办理的事项。")
        if "form_key" not in request.POST:
            return self.confirm()
        form = TriageForm(request.POST, user=request.user, act=self.act)
        return self.attempt(form, lambda: self.order(form))

    def cancel_url(self):
        """The list as it was filtered."""
        asked = QueryDict(self.request.POST.get("asked", "")[:LONGEST]).urlencode()
        return f"{reverse('grievances:ledger')}?{asked}".rstrip("?")

    def back(self, sentence):
        """The list, with what is missing."""
        messages.warning(self.request, sentence)
        return HttpResponseRedirect(self.cancel_url())

    def confirm(self):
        """Each chosen matter, at the version that stood in the list, and what would become of it."""
        versions = self.chosen()
        if not versions:
            return self.back(NONE_CHOSEN)
        if len(versions) > MOST:
            return self.back(TOO_MANY)
        seen = foreseen(self.act, self.matters(versions), self.request.user, clock.now())
        rows = ",".join(
            f"{each['matter'].pk}:{versions[each['matter'].pk]}:{each['route'].key if each['route'] else ''}"
            for each in seen
        )
        initial = {"act": self.act, "rows": rows, "on": clock.today()}
        return self.page(TriageForm(user=self.request.user, act=self.act, initial=initial))

    def chosen(self) -> dict[int, int]:
        """{matter's id: the version shown}; of 「全部」 as they stand now."""
        if self.request.POST.get("scope") == "all":
            asked = QueryDict(self.request.POST.get("asked", "")[:LONGEST])
            rows = Grievance.objects.visible_to(self.request.user)
            found = LedgerFilter(asked, queryset=rows, request=self.request)
            rows = found.qs if found.is_valid() else rows.none()
            return dict(
                rows.order_by("-registered_on", "-id").values_list("pk", "version")[: MOST + 1]
            )
        pairs = (each.partition(":")[::2] for each in self.request.POST.getlist("pick")[: MOST + 1])
        return {int(pk): int(version) for pk, version in pairs if _are_numbers(pk, version)}

    def matters(self, pks):
        """The chosen rows as far as he sees them, in the order of the list."""
        rows = Grievance.objects.visible_to(self.request.user).filter(pk__in=list(pks))
        rows = rows.select_related("village", "department", "category", "rung")
        return list(rows.defer("phone", "detail", "result").order_by("-registered_on", "-id"))

    def page(self, form, status=200, **more):
        """The form above the rows it is about."""
        pks = [part.partition(":")[0] for part in str(form["rows"].value() or "").split(",")]
        matters = self.matters([pk for pk in pks if _are_numbers(pk)][:MOST])
        seen = foreseen(self.act, matters, self.request.user, clock.now())
        able = sum(not each["refusal"] for each in seen)
        name = ACTS[self.act][0]
        lead = (
            f"共选{len(seen)}件：可以{name}的{able}件，要跳过的{len(seen) - able}件，原因见下表。"
        )
        told = {
            "seen": seen,
            "able": able,
            "routed": self.act in BY_RULE,
            "asked": self.request.POST.get("asked", "")[:LONGEST],
        }
        self.title, self.submit = f"批量{name}", f"确认{name}{able}件"
        return super().page(form, status, lead=lead, **told, **more)

    def order(self, form):
        """Returns the address of the outcome; a small choice is done at once."""
        user = self.request.user

        def do():
            given = {"on": clock.today(), **form.arguments()}
            triage = actions.order_triage(by=user, now=clock.now(), **given)
            return reverse("grievances:triaged", args=[triage.pk])

        key = form.cleaned_data["form_key"]
        outcome = submit_once(key=key, user=user, purpose="triage", content=form.content(), do=do)
        triage = Triage.objects.select_related("job").get(
            pk=outcome.url.rstrip("/").rpartition("/")[2]
        )
        if triage.lines.count() <= AT_ONCE:
            jobs.run_now(triage.job, now=clock.now())
        return outcome.url + tail(self.request.POST.get("asked", "")[:LONGEST])


def _are_numbers(*texts) -> bool:
    return all(text.isdecimal() and len(text) < 19 for text in texts)


class Triaged(View):
    """/ledger/triage/<pk>/ — done, skipped with reason, failed: each with its link."""

    access = "grievances.triage"

    def get(self, request, pk):
        """One's own; while it runs the page asks again by itself where scripts run."""
        rows = Triage.objects.select_related("job", "department", "handler")
        triage = get_visible_or_404(rows, request.user, pk=pk)
        seen = Grievance.objects.visible_to(request.user).values("pk")
        lines = triage.lines.filter(grievance__in=seen).select_related("grievance__village")
        lines = list(lines)
        context = {
            "title": triage.job.title,
            "crumbs": (("民情台账", "grievances:ledger"),),
            "triage": triage,
            "asked": QueryDict(request.GET.get(PARAMETER, "")[:LONGEST]).urlencode(),
            "running": triage.job.is_open,
            "said": in_words(triage),
            "gone": triage.lines.count() - len(lines),
            "groups": [
                (outcome, [line for line in lines if line.outcome == outcome]) for outcome in TOLD
            ],
        }
        return render(request, "grievances/triaged.html", context)
