"""A day called off; and the household finder."""

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

    def dispatch(self, request, *args, **kwargs):
        rows = LiaisonSession.objects.select_related("village", "team")
        self.session = get_visible_or_404(rows, request.user, pk=kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    @property
    def lead(self):
        """Which day the form is about."""
        day = self.session
        return f"{day.village} {day.on:%Y-%m-%d} {day.team}({day.get_status_display()})"

    def done_words(self):
        """Which day it was."""
        return f"{self.lead}：已处理。"

    def make_form(self, data=None):
        """At the version the page shows."""
        return CallOffForm(data, initial={"version": self.session.version})

    def save(self, form):
        """Do as chosen; returns to the list."""
        asked = form.cleaned_data
        verb = actions.cancel_session if asked["act"] == "cancel" else actions.mark_missed
        verb(
            session=self.session,
            by=self.request.user,
            now=clock.now(),
            version=asked["version"],
            reason=asked["reason"],
        )
        return f"{reverse('visits:sessions')}?village={self.session.village_id}"


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
