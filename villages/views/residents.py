"""Residents: the list, the forms, and a look at plain numbers."""

from django.shortcuts import render
from django.urls import reverse
from django.views import View

from liaison import clock
from liaison.form_pages import FormPage
from liaison.lists import ListView, wants_fragment
from liaison.scoping import get_visible_or_404
from villages import actions
from villages.exports import ResidentExport
from villages.filters import ResidentFilter
from villages.forms import RELATIONS, AddResidentForm, EditResidentForm, RevealForm
from villages.models import Resident
from villages.tags import tags_shown

from .households import LIST_CRUMB, household_or_404
from .similar import AsksOnce

SHOWN_SECONDS = 30


class ResidentList(ListView):
    """/residents/ — in the order of the roll."""

    access = "villages.view_households"
    title = "居民"
    filterset_class = ResidentFilter
    orders = {"roll": ("village_id", "household_id", "id")}
    rows_template = "villages/residents.html"
    heads = (
        "姓名", "性别", "年龄", "村(社区)", "组", "户", "与户主关系", "身份证号", "联系电话", "标签",
    )  # fmt: skip
    empty = "没有符合条件的居民。可放宽查询条件，或先导入本村花名册。"
    export_class = ResidentExport

    def get_queryset(self):
        """Residents of one's villages."""
        rows = Resident.objects.visible_to(self.request.user)
        return rows.select_related("village", "household__group").with_tags(clock.today())

    def prepare(self, rows):
        """Age today, and the tags this person may see."""
        for row in rows:
            row.age_now = row.age(clock.today())
            row.tags_shown = tags_shown(self.request.user, row)
            for held in row.tags_shown:
                held.soon = held.ends_soon(clock.today())


class _OfHousehold(FormPage):
    """A form about a person of ``self.household``."""

    access = "villages.edit_households"
    template_name = "villages/resident_form.html"

    def cancel_url(self):
        """The household's page."""
        return reverse("villages:household", kwargs={"pk": self.household.pk})

    def page(self, form, status=200, **more):
        """With the household above the form, and the usual relations to choose from."""
        self.crumbs = (LIST_CRUMB, (str(self.household), self.cancel_url()))
        lead = f"{self.household.village} {self.household.group} {self.household}"
        return super().page(form, status, lead=lead, relations=RELATIONS, **more)


class AddResident(AsksOnce, _OfHousehold):
    """/households/<pk>/residents/new/ — a person new in a household."""

    title, done = "新增成员", "成员已登记。"

    def dispatch(self, request, *args, **kwargs):
        self.household = household_or_404(request.user, kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def page(self, form, status=200, **more):
        """Whom the form may be about is looked for while one types."""
        return super().page(form, status, **{"looks": {"household": self.household.pk}} | more)

    def make_form(self, data=None):
        """The form, knowing which tags may be offered."""
        return AddResidentForm(data, user=self.request.user, village_id=self.household.village_id)

    def save(self, form):
        """Store it once; returns the household's page."""
        return self.or_ask(form, lambda: self.once(form, lambda: self.add(form)))

    def add(self, form):
        """The verb; returns the household's page."""
        self.refuse_known(form, self.household.village)
        actions.add_resident(
            household=self.household, by=self.request.user, now=clock.now(), **form.facts()
        )
        return self.cancel_url()


class EditResident(_OfHousehold):
    """/residents/<pk>/edit/ — a person put right."""

    title, done = "修改成员", "成员信息已保存。"

    def dispatch(self, request, *args, **kwargs):
        self.resident = resident_or_404(request.user, kwargs["pk"])
        self.household = self.resident.household
        return super().dispatch(request, *args, **kwargs)

    def make_form(self, data=None):
        """As the person stands."""
        return EditResidentForm(data, user=self.request.user, resident=self.resident)

    def save(self, form):
        """Store the changes; returns the household's page."""
        actions.edit_resident(
            resident=self.resident,
            by=self.request.user,
            version=form.cleaned_data["version"],
            now=clock.now(),
            **form.facts(),
        )
        return self.cancel_url()


class Reveal(View):
    """/residents/<pk>/reveal/ — one number in full for 30 seconds, for a reason that is kept."""

    access = "villages.reveal"
    http_method_names = ["post"]

    def post(self, request, pk):
        resident = resident_or_404(request.user, pk)
        form = RevealForm(request.POST)
        context = {"resident": resident, "form": form, "seconds": SHOWN_SECONDS}
        if form.is_valid():
            field, reason = form.cleaned_data["field"], form.cleaned_data["reason"]
            context["plain"] = actions.reveal(
                resident=resident, by=request.user, field=field, reason=reason
            )
        context |= _masked(resident, request.POST.get("field"))
        piece = wants_fragment(request)
        template = "villages/_reveal.html" if piece else "villages/reveal.html"
        return render(request, template, context, status=200 if form.is_valid() else 422)


def resident_or_404(user, pk) -> Resident:
    """A resident of one's territory with his household."""
    rows = Resident.objects.select_related("household__village", "household__group")
    return get_visible_or_404(rows, user, pk=pk)


def _masked(resident, field):
    """What villages/_reveal.html shows of one field while it is not plain."""
    if field == "phones":
        return {"field": "phones", "label": "联系电话", "masked": resident.masked_phones}
    return {"field": "id_number", "label": "身份证号", "masked": resident.masked_id}
