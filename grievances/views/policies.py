"""/ledger/policies/ — the time limits: general rows, and those the township set for itself."""

import django_filters
from django.urls import reverse

from grievances import actions
from grievances.exports import PolicyExport
from grievances.forms import PolicyForm
from grievances.models import DeadlinePolicy
from liaison.filters import HouseFilterSet
from liaison.form_pages import FormPage
from liaison.lists import ListView
from liaison.scoping import get_visible_or_404


class PolicyFilter(HouseFilterSet):
    """By name; ready rows apart from those in use."""

    name = django_filters.CharFilter(lookup_expr="icontains", label="名称", max_length=60)
    is_active = django_filters.ChoiceFilter(
        choices=[("True", "在用"), ("False", "停用(备选)")], label="在用", empty_label="全部"
    )

    class Meta:
        model = DeadlinePolicy
        fields = []


class Policies(ListView):
    """All rows that may apply in this township; the most exact one does."""

    access = "grievances.policies"
    title = "办理时限"
    filterset_class = PolicyFilter
    orders = {"old": ("id",)}
    rows_template = "grievances/policies.html"
    export_class = PolicyExport
    heads = (
        "名称", "适用", "用于", "时限", "提前提醒", "延期", "依据", "在用", "操作",
    )  # fmt: skip
    empty = "还没有办理时限，请新增一条。"
    actions = "grievances/_policies_bar.html"

    def get_queryset(self):
        """General rows and one's own."""
        rows = DeadlinePolicy.objects.visible_to(self.request.user)
        return rows.select_related("township", "category", "source")


class PolicyPage(FormPage):
    """Base of the two forms."""

    access = "grievances.policies"
    crumbs = (("办理时限", "grievances:policies"),)

    def cancel_url(self):
        """The list."""
        return reverse("grievances:policies")

    def row(self, pk):
        """A row one may see."""
        return get_visible_or_404(DeadlinePolicy.objects, self.request.user, pk=pk)


class NewPolicy(PolicyPage):
    """/ledger/policies/new/ — a row of the township, from scratch or after a general one (?from=)."""

    title, submit = "新增办理时限", "保存"
    lead = "新时限只用于以后受理的诉求，已定时限的不变。"
    done = "办理时限已保存，用于以后受理的诉求。"

    def make_form(self, data=None):
        """Empty, or filled from the row it shall replace here."""
        pk = self.request.GET.get("from", "")
        source = self.row(pk) if data is None and pk.isdecimal() else None
        return PolicyForm(data, user=self.request.user, policy=source)

    def save(self, form):
        """Store it once; returns the list's address."""
        user = self.request.user

        def do():
            actions.add_policy(by=user, township=user.township, **form.facts())
            return self.cancel_url()

        return self.once(form, do)


class EditPolicy(PolicyPage):
    """/ledger/policies/<pk>/ — one's own row; matters already dated stay as they are."""

    title, submit = "修改办理时限", "保存修改"
    lead = "修改只用于以后受理的诉求，已定时限的不变。"
    done = "修改已保存，已定时限的诉求不变。"

    def make_form(self, data=None):
        """As the row stands."""
        self.policy = self.row(self.kwargs["pk"])
        shown = self.policy if data is None else None
        return PolicyForm(data, user=self.request.user, policy=shown)

    def save(self, form):
        """Save unless somebody else did in between; returns the list's address."""
        version, by = form.cleaned_data["version"], self.request.user
        actions.change_policy(policy=self.policy, by=by, version=version, **form.facts())
        return self.cancel_url()
