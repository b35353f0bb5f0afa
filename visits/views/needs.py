"""/visits/needs/ — 需求线索: the list to follow up, a new one, one with what was done about it."""

from django.urls import reverse

from liaison import clock
from liaison.form_pages import FormPage
from liaison.lists import ListView
from liaison.scoping import get_visible_or_404
from visits import actions
from visits.actions.needs import acts_for
from visits.models import Need
from visits.noted_exports import NeedExport
from visits.noted_filters import NeedFilter
from visits.noted_forms import FindNeedForm, FollowForm

from .noted import NewNoted, writes_in

LIST = ("需求线索", "visits:needs")
READS = "villages.view_households"
TONES = {"open": "yellow", "passed": "blue", "met": "green", "unfit": "grey", "waived": "grey"}


class Needs(ListView):
    """/visits/needs/ — asked nothing, those still followed up, what is due first."""

    access = READS
    title = "需求线索"
    crumbs = (("走访记录", "visits:visits"),)
    filterset_class = NeedFilter
    orders = {"look": ("next_look_on", "id"), "found": ("-found_on", "-id")}
    rows_template = "visits/needs.html"
    heads = (
        "编号", "下次跟进", "村(社区)", "户 / 当事人", "可能符合", "情况说明", "状态", "发现日期", "操作",
    )  # fmt: skip
    empty = (
        "没有要跟进的线索：走访中看到可能符合救助、补贴条件的，写在驻点日那一行里，或点“登记线索”。"
    )
    export_class = NeedExport
    actions = "visits/_need_bar.html"

    def get(self, request, *args, **kwargs):
        """Without any condition the list holds what is open, and says so in its query block."""
        if not set(request.GET) & set(NeedFilter.base_filters):
            request.GET = request.GET.copy()
            request.GET["look"] = "open"
        return super().get(request, *args, **kwargs)

    def get_queryset(self):
        """Those about households one reads."""
        rows = Need.objects.visible_to(self.request.user)
        return rows.select_related(
            "village", "household__group", "kind", "department", "entered_by"
        )

    def row_context(self, rows):
        """The colours of the states, and who may follow up."""
        return {"tones": TONES, "writes": self.request.user.has_perm("visits.log")}


class NewNeed(NewNoted):
    """/visits/needs/new/"""

    title, submit = "登记需求线索", "登记"
    crumbs = (LIST,)
    form_class = FindNeedForm
    lead = "只记“可能符合”，请有关单位核实；是否符合由核实单位认定，不要先向群众许诺。"
    done = "线索已登记，到期会列入待办。"

    def save(self, form):
        """Write it down, once; on to its page."""

        def do():
            need = actions.find_need(
                by=self.request.user, now=clock.now(), visit=self.visit, **form.facts()
            )
            return reverse("visits:need", args=[need.pk])

        return self.once(form, do)

    def cancel_url(self):
        """The list."""
        return reverse("visits:needs")


class OneNeed(FormPage):
    """/visits/needs/<pk>/ — one with its lines; who writes there follows it up here."""

    access = READS
    title, submit = "需求线索", "记下"
    crumbs = (LIST,)
    template_name = "visits/need.html"
    done = "已记下。"

    def dispatch(self, request, *args, **kwargs):
        rows = Need.objects.select_related(
            "village", "household__group", "kind", "department", "entered_by"
        )
        self.need = get_visible_or_404(rows, request.user, pk=kwargs["pk"])
        self.title = self.need.number
        return super().dispatch(request, *args, **kwargs)

    def make_form(self, data=None):
        """What can be done as it stands."""
        today = clock.today()
        return FollowForm(data, need=self.need, on=today, initial={"on": today})

    def more(self, form):
        """The row, its lines, and whether he may act."""
        row = self.need
        return {
            "need": row,
            "lines": row.lines.order_by("pk"),
            "tone": TONES[row.state],
            "is_due": row.is_due(clock.today()),
            "acts": acts_for(row) if writes_in(self.request.user, row.village_id) else [],
        }

    def save(self, form):
        """Do it; back to the page."""
        actions.follow_need(need=self.need, by=self.request.user, now=clock.now(), **form.facts())
        return reverse("visits:need", args=[self.need.pk])

    def cancel_url(self):
        """The list."""
        return reverse("visits:needs")
