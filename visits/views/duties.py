"""/visits/due/ — households to be seen, and the rows by which they are; never who has seen how many."""

from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views import View

from liaison import clock
from liaison.form_pages import FormPage
from liaison.lists import ListView, wants_fragment
from villages.models import Household
from visits.actions import duties as actions
from visits.duty_exports import DueExport, hang_reasons
from visits.duty_filters import DueFilter
from visits.duty_forms import ContactPolicyForm, VisitQuotaForm
from visits.models import ContactPolicy, VisitQuota
from visits.quotas import begins

READS = "villages.view_households"
MANAGE = "visits.manage"
ORDER = ("village__code", "group__number", "group__name", "number", "pk")
LIST = ("应走访的户", "visits:due")
PRINTED = 400  # 户 on one print


class Due(ListView):
    """/visits/due/ — asked nothing, what is due today in one's villages, in administrative order."""

    access = READS
    title = "应走访的户"
    crumbs = (("走访记录", "visits:visits"),)
    filterset_class = DueFilter
    orders = {"roll": ("village_id", "group_id", "number", "id")}
    rows_template = "visits/due.html"
    heads = ("村(社区)", "组", "户", "为什么", "上次走访", "应于", "操作")
    empty = "到这一天没有应走访的户。要看以后的，请改“应走访截止”。"
    export_class = DueExport
    actions = "visits/duties/_due_bar.html"
    template_name = "visits/duties/due.html"

    def get_queryset(self):
        """Households somebody lives in, of one's territory."""
        return resident_households(self.request.user)

    def prepare(self, rows):
        """When and why each is to be seen."""
        hang_reasons(rows, self.request.user, clock.today(), self.filterset.intervals)

    def get_context(self, page):
        """What is still to be done by the rows of 走访户数, above the list."""
        context = super().get_context(page)
        if wants_fragment(self.request):
            return context
        duties = self.filterset.duties if self.filterset.is_valid() else []
        asked = self.request.GET.urlencode()
        return context | {
            "duties": [_told(each, self.filterset) for each in duties],
            "duty": self.filterset.duty(),
            "print_query": f"?{asked}" if asked else "",
        }

    def row_context(self, rows):
        """What may be done about a row."""
        user = self.request.user
        return {"logs": user.has_perm("visits.log"), "reports": user.has_perm("visits.report")}


class PrintDue(View):
    """/visits/due/print/ — the same rows on A4, to be walked with: a box to tick and a line to write on."""

    access = READS

    def get(self, request):
        rows = resident_households(request.user)
        filterset = DueFilter(request.GET, queryset=rows, request=request)
        found = filterset.qs.order_by(*ORDER) if filterset.is_valid() else rows.none()
        shown = list(found[: PRINTED + 1])
        hang_reasons(
            shown[:PRINTED], request.user, clock.today(), filterset.intervals, plainly=False
        )
        back = request.GET.urlencode()
        context = {
            "title": "走访单",
            "rows": shown[:PRINTED],
            "more": len(shown) > PRINTED,
            "most": PRINTED,
            "today": clock.today(),
            "duty": filterset.duty(),
            "until": filterset.until() if filterset.is_valid() else clock.today(),
            "said": filterset.in_words() if filterset.is_valid() else "",
            "back_to": f"{reverse('visits:due')}{f'?{back}' if back else ''}",
        }
        return render(request, "visits/duties/print.html", context)


class _Policies(FormPage):
    """Rows so far, and a new one from a day on."""

    access = MANAGE
    crumbs = (("管理", ""),)
    done = "已保存，从启用日期起用；过去的不变。"
    model, form_class, verb, order = None, None, None, ()

    def make_form(self, data=None):
        """An empty row, from today on."""
        return self.form_class(data, initial={"since": clock.today()})

    def more(self, form):
        """The rows, newest first."""
        rows = self.model.objects.visible_to(self.request.user).select_related("township")
        return {"rows": self.told(rows.order_by(*self.order))}

    def told(self, rows):
        """The rows as the page shows them."""
        return rows

    def save(self, form):
        """Store it once."""

        def do():
            user = self.request.user
            township = user.townships_for(MANAGE)[0]
            getattr(actions, self.verb)(
                by=user, township=township, on=clock.today(), **form.facts()
            )
            return self.cancel_url()

        return self.once(form, do)


class ContactPolicies(_Policies):
    """/visits/intervals/ — 走访间隔."""

    title = "走访间隔"
    lead = (
        "一户有几种情况的，按最短的间隔。没有标签间隔的按一般户。"
        "新的要求从启用日期起用，过去的不再变动；本镇没有设定的，按系统预设。"
    )
    template_name = "visits/duties/intervals.html"
    model, form_class, verb = ContactPolicy, ContactPolicyForm, "set_contact_policy"
    order = ("tag__order", "tag__name", "-since", "township__code")

    def told(self, rows):
        """With the tag's name."""
        return rows.select_related("township", "tag")

    def cancel_url(self):
        """This page: the rows are on it."""
        return reverse("visits:contact_policies")


class VisitQuotas(_Policies):
    """/visits/quotas/ — 走访户数."""

    title = "走访户数"
    lead = (
        "只用来提示本期还可走访哪些户，不排名、不打分。按不重复的户计，电话、晚间走访都算。"
        "已经开始的一周、一月、一季不改，新的要求从下一期起用。"
    )
    template_name = "visits/duties/quotas.html"
    model, form_class, verb = VisitQuota, VisitQuotaForm, "set_visit_quota"
    order = ("who", "of", "period", "-since", "township__code")

    def told(self, rows):
        """With the first day each holds for."""
        return [(row, begins(row)) for row in rows]

    def cancel_url(self):
        """This page: the rows are on it."""
        return reverse("visits:visit_quotas")


def resident_households(user):
    """Households somebody lives in, of one's territory, as the lists show them."""
    rows = Household.objects.visible_to(user).resident()
    return rows.select_related("village", "group")


def _told(duty, filterset):
    """A duty as the page shows it: the words, the number and the address of exactly its rows."""
    team = filterset.form.cleaned_data.get("team")
    asked = {"quota": duty.quota.pk} | ({"team": team.pk} if team else {})
    url = f"{reverse('visits:due')}?{urlencode(asked)}"
    return {
        "words": duty.in_words(),
        "rule": duty.quota.in_words(),
        "number": duty.number,
        "url": url,
    }
