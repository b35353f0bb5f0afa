"""A day called off; and the household finder."""

from django.contrib import messages
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from liaison import clock
from liaison.access import allow
from liaison.form_pages import FormPage
from liaison.scoping import get_visible_or_404
from villages.models import Village
from visits import actions
from visits.finding import suggest
from visits.forms import CallOffForm
from visits.models import LiaisonSession


class CallOff(FormPage):
    """/sessions/<pk>/off/ — the office takes a day off the plan, or notes it was not held."""

    access = "visits.manage"
    title, submit = "取消或标记未驻点", "确定"
    crumbs = (("驻点日", "visits:sessions"),)

    def cancel_url(self):
        """The list."""
        return reverse("visits:sessions")

    def get(self, request, pk):
        session = self.session(pk)
        return self.page(CallOffForm(initial={"version": session.version}), lead=self.lead(session))

    def post(self, request, pk):
        session, form = self.session(pk), CallOffForm(request.POST)
        return self.attempt(form, lambda: self.save(form, session))

    def session(self, pk):
        """The day, if it is of one's township."""
        rows = LiaisonSession.objects.select_related("village", "team")
        return get_visible_or_404(rows, self.request.user, pk=pk)

    def lead(self, session):
        """Which day the form is about."""
        return f"{session.village} {session.on:%Y-%m-%d} {session.team}({session.get_status_display()})"

    def save(self, form, session):
        """Do as chosen; returns to the list."""
        asked = form.cleaned_data
        verb = actions.cancel_session if asked["act"] == "cancel" else actions.mark_missed
        verb(
            session=session,
            by=self.request.user,
            now=clock.now(),
            version=asked["version"],
            reason=asked["reason"],
        )
        messages.success(self.request, f"{self.lead(session)}：已处理。")
        return f"{reverse('visits:sessions')}?village={session.village_id}"


@require_POST
@allow("visits.log")
def found_households(request):
    """/visits/households/ — what a typed name or number may mean, as buttons below the field."""
    village = request.POST.get("village", "")
    field = request.headers.get("HX-Trigger-Name", "")
    typed = request.POST.get(field, "")[:60].strip()
    villages = Village.objects.visible_to(request.user, "visits.log")
    chosen = (
        villages.filter(pk=village).first() if village.isdecimal() and len(village) < 19 else None
    )
    rows = suggest(chosen, typed) if chosen and typed else []
    context = {"rows": rows, "typed": typed, "village": chosen}
    return render(request, "visits/_found.html", context)
