"""Households: the list, and the forms that add one or put it right."""

from django.urls import reverse

from liaison import clock
from liaison.form_pages import FormPage
from liaison.lists import ListView
from liaison.scoping import get_visible_or_404
from villages import actions
from villages.exports import HouseholdExport
from villages.filters import HouseholdFilter
from villages.forms import AddHouseholdForm, HouseholdForm
from villages.models import Household, Village

from .similar import AsksOnce

LIST_CRUMB = ("户", "villages:households")


def household_or_404(user, pk) -> Household:
    """A household of one's territory with its place."""
    rows = Household.objects.select_related("village", "group__section")
    return get_visible_or_404(rows, user, pk=pk)


class HouseholdList(ListView):
    """/households/ — in the order of the roll."""

    access = "villages.view_households"
    title = "户"
    filterset_class = HouseholdFilter
    orders = {"roll": ("village_id", "group_id", "number", "id")}
    rows_template = "villages/households.html"
    heads = ("户主", "村(社区)", "组", "户编号", "人口", "居住状态", "住址", "操作")
    empty = "没有符合条件的户。可放宽查询条件，或先导入本村花名册。"
    export_class = HouseholdExport
    actions = "villages/_household_bar.html"

    def get_queryset(self):
        """Households of one's villages."""
        rows = Household.objects.visible_to(self.request.user)
        return rows.select_related("village", "group")


class AddHousehold(AsksOnce, FormPage):
    """/households/new/ — a household new on the roll; ?village= narrows the groups."""

    access = "villages.edit_households"
    title, done = "新增户", "已新增这一户，请继续登记家庭成员。"
    template_name = "villages/resident_form.html"
    crumbs = (LIST_CRUMB,)

    def cancel_url(self):
        """The list."""
        return reverse("villages:households")

    def make_form(self, data=None):
        """Empty, of the village a link named."""
        village = self.village() if data is None else None
        return AddHouseholdForm(data, user=self.request.user, village=village)

    def page(self, form, status=200, **more):
        """Whom the form may be about is looked for while one types."""
        return super().page(form, status, **{"looks": {"household": ""}} | more)

    def village(self):
        """The village a link named, if it is one's own."""
        code = self.request.GET.get("village", "")
        return Village.objects.visible_to(self.request.user).filter(code=code).first()

    def save(self, form):
        """Store it once; returns its page."""
        return self.or_ask(form, lambda: self.once(form, lambda: self.add(form)))

    def add(self, form):
        """The verb; returns the new household's page."""
        said = form.cleaned_data
        self.refuse_known(form, said["group"].village)
        row = actions.add_household(
            by=self.request.user,
            group=said["group"],
            number=said["number"],
            address=said["address"],
            residence=said["residence"],
            head=form.person(),
            now=clock.now(),
        )
        return reverse("villages:household", kwargs={"pk": row.pk})


class EditHousehold(FormPage):
    """/households/<pk>/edit/ — number and address."""

    access = "villages.edit_households"
    title, done = "修改户信息", "户信息已保存。"

    def dispatch(self, request, *args, **kwargs):
        self.household = household_or_404(request.user, kwargs["pk"])
        self.crumbs = (LIST_CRUMB, (str(self.household), self.cancel_url()))
        return super().dispatch(request, *args, **kwargs)

    def cancel_url(self):
        """The household's page."""
        return reverse("villages:household", kwargs={"pk": self.household.pk})

    def make_form(self, data=None):
        """As it stands."""
        return HouseholdForm(data, household=self.household)

    def save(self, form):
        """Store the changes; returns the household's page."""
        actions.edit_household(
            household=self.household,
            by=self.request.user,
            version=form.cleaned_data["version"],
            **form.facts(),
        )
        return self.cancel_url()
