"""Single days outside the plans, and the matters taken along to a day."""

from django.shortcuts import render
from django.urls import reverse

from desk.actions import plan_single_day, set_matters
from desk.forms.single import MattersForm, SingleDayForm, VillageForm, open_matters
from liaison import clock
from liaison.form_pages import FormPage
from villages.models import Household
from visits.finding import in_words
from visits.models import LiaisonSession

from .day import find_session

DAYS = ("驻点日", "visits:sessions")
Kind = LiaisonSession.Kind


class NewDay(FormPage):
    """/sessions/new/ — the village first, then the day; a household or a matter may lead here."""

    access = "visits.log"
    title, submit = "单独安排一天", "安排"
    crumbs = (DAYS,)
    template_name = "desk/new_day.html"
    done = "已安排，团队成员会收到通知。"

    def dispatch(self, request, *args, **kwargs):
        self.village, self.choice = self._village(request)
        if self.village is None:
            return self.ask_village()
        self.lead = f"{self.village}。在驻点安排以外加一天；不计入应驻点天数(“增加一次驻点”除外)。"
        return super().dispatch(request, *args, **kwargs)

    def ask_village(self):
        """Several villages and none said: which one?"""
        context = {"title": self.title, "crumbs": self.crumbs, "choice": self.choice}
        return render(self.request, "desk/new_day_village.html", context)

    def make_form(self, data=None):
        """What led here is filled in."""
        initial = {} if data else self._led_here_by()
        return SingleDayForm(data, village=self.village, user=self.request.user, initial=initial)

    def save(self, form):
        """Set it, once; on to the day."""

        def do():
            day = plan_single_day(by=self.request.user, now=clock.now(), **form.facts())
            return reverse("desk:day", args=[day.pk])

        return self.once(form, do)

    def cancel_url(self):
        """The list."""
        return reverse("visits:sessions")

    def _village(self, request):
        """(the chosen village or None, the form that asks): the only one is taken without asking."""
        said = request.POST or request.GET
        form = VillageForm(said if "village" in said else None, user=request.user)
        if form.is_bound and form.is_valid():
            return form.cleaned_data["village"], form
        mine = list(form.fields["village"].queryset[:2])
        only = mine[0] if len(mine) == 1 else None
        return only, form

    def _led_here_by(self):
        """A household's page or a matter's."""
        asked, user = self.request.GET, self.request.user
        homes = Household.objects.visible_to(user).filter(village=self.village)
        pk = asked.get("household", "")
        home = homes.filter(pk=pk).first() if pk.isdecimal() and len(pk) < 19 else None
        if home:
            return {"kind": Kind.APPOINTMENT, "household": in_words(home)}
        matter = open_matters(user, self.village).filter(number=asked.get("matter", "")).first()
        return {"kind": Kind.CASE_VISIT, "matters": [matter.pk]} if matter else {}


class Matters(FormPage):
    """/sessions/<pk>/matters/ — which matters are taken along."""

    access = "visits.log"
    title = "带去的诉求"
    crumbs = (DAYS,)
    done = "已保存。"

    def dispatch(self, request, *args, **kwargs):
        self.session = find_session(request.user, kwargs["pk"])
        self.lead = f"{self.session.on:%Y-%m-%d} {self.session.village}。只列本村在办的诉求。"
        return super().dispatch(request, *args, **kwargs)

    def make_form(self, data=None):
        """Those on the list and those that can be."""
        return MattersForm(data, session=self.session, user=self.request.user)

    def save(self, form):
        """Put on and take off; back to the day."""
        set_matters(
            session=self.session,
            by=self.request.user,
            now=clock.now(),
            version=form.cleaned_data["version"],
            matters=list(form.cleaned_data["matters"]),
        )
        return self.cancel_url()

    def cancel_url(self):
        """The day."""
        return reverse("desk:day", args=[self.session.pk])
