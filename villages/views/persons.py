"""/residents/<pk>/… — one person: back on the roll, tags given and ended."""

import datetime as dt

from django.urls import reverse

from liaison import clock
from liaison.form_pages import FormPage
from liaison.scoping import get_visible_or_404
from villages import actions
from villages.forms import RELATIONS
from villages.person_forms import EndTagForm, ReturnForm, TagForm
from villages.tags import holdings_shown

from .households import LIST_CRUMB
from .life import again
from .residents import resident_or_404


class PersonPage(FormPage):
    """Base: one act about ``self.resident``; subclasses make the form and call the verb."""

    access = "villages.edit_households"
    template_name = "villages/life_form.html"
    submit = "办理"

    def dispatch(self, request, *args, **kwargs):
        self.find(request.user, kwargs["pk"])
        home = self.resident.household
        self.crumbs = (
            LIST_CRUMB,
            (str(home), reverse("villages:household", kwargs={"pk": home.pk})),
            (self.resident.name, self.cancel_url()),
        )
        return super().dispatch(request, *args, **kwargs)

    def find(self, user, pk):
        """The person behind the address; a foreign one is a missing one."""
        self.resident = resident_or_404(user, pk)

    def cancel_url(self):
        """The person's page."""
        return reverse("villages:resident", kwargs={"pk": self.resident.pk})

    def post(self, request, pk):
        form = self.make_form(request.POST)
        return again(request, form, self.closed()) or super().post(request)

    def closed(self) -> bool:
        """Whether the act was done already, so that its form asks other things than the first time."""
        return False

    def page(self, form, status=200, **more):
        """With the person above the form."""
        home = self.resident.household
        where = f"{home.village} {home.group} {home}，{self.resident.name}"
        more |= {"household_line": where, "relations": RELATIONS}
        return super().page(form, status, **more)

    def save(self, form):
        """Do it once for this form; returns the person's page."""
        return self.once(form, lambda: self.do(form))

    def do(self, form):
        """The verb; returns where to go on."""
        self.act(
            version=form.cleaned_data["version"],
            by=self.request.user,
            now=clock.now(),
            **form.facts(),
        )
        return self.cancel_url()


class Return(PersonPage):
    """/residents/<pk>/return/ — 恢复在册."""

    title, done = "恢复在册", "已恢复在册。"

    def make_form(self, data=None):
        """The form of this person."""
        return ReturnForm(data, resident=self.resident)

    def act(self, **facts):
        """Back on the roll."""
        actions.return_to_roll(resident=self.resident, **facts)


class GiveTag(PersonPage):
    """/residents/<pk>/tags/ — 加标签; ?after= fills in the renewal of a holding."""

    title, done = "加标签", "标签已加上。"

    def make_form(self, data=None):
        """The form of this person; of a renewal, the tag and the day after the last one are filled in."""
        asked, initial = self.request.GET.get("after", ""), {}
        if asked.isascii() and asked.isdigit() and len(asked) < 19:
            rows = holdings_shown(self.request.user).filter(resident=self.resident)
            last = rows.exclude(valid_until=None).filter(pk=int(asked)).first()
            if last is not None:
                initial = {
                    "tag": last.tag_id,
                    "valid_from": last.valid_until + dt.timedelta(days=1),
                }
        return TagForm(data, resident=self.resident, user=self.request.user, initial=initial)

    def act(self, **facts):
        """Carried from a day on."""
        actions.give_tag(resident=self.resident, **facts)


class EndTag(PersonPage):
    """/tags/<pk>/end/ — 终止标签; a sensitive one is there for the team alone."""

    title, done = "终止标签", "标签已终止。"

    def find(self, user, pk):
        """The holding behind the address, and its person."""
        rows = holdings_shown(user).select_related("tag")
        self.holding = get_visible_or_404(rows, user, pk=pk)
        self.resident = resident_or_404(user, self.holding.resident_id)

    def page(self, form, status=200, **more):
        """With the tag above the form."""
        lead = f"标签「{self.holding.tag}」，{self.holding.period()}"
        return super().page(form, status, **{"lead": lead} | more)

    def make_form(self, data=None):
        """The form of this holding."""
        return EndTagForm(data, resident=self.resident)

    def act(self, **facts):
        """Carried until a day."""
        actions.end_tag(holding=self.holding, **facts)
