"""/rounds/ — 遍访轮次: the list, and the forms that make, change, close and open one again.

What a round has come to stands on pages of the reports (reports/views/rounds.py): there the figures live.
"""

from django.urls import reverse

from liaison import clock
from liaison.form_pages import FormPage
from liaison.lists import ListView
from liaison.scoping import get_visible_or_404
from visits.actions import rounds as actions
from visits.models import VisitRound
from visits.round_forms import (
    ChangeRoundForm,
    NewRoundForm,
    RoundExport,
    RoundFilter,
    SwitchRoundForm,
)


class Rounds(ListView):
    """/rounds/ — the newest first."""

    access = "visits.view"
    title = "遍访轮次"
    crumbs = (("走访记录", "visits:visits"),)
    filterset_class = RoundFilter
    orders = {"newest": ("-starts_on", "-id")}
    rows_template = "visits/rounds.html"
    heads = ("轮次名称", "起止日期", "村(社区)", "应走访的户", "计入的方式", "状态", "操作")
    empty = "还没有遍访轮次：由镇驻点办点“新增轮次”，定下起止日期和应走访的户。"
    export_class = RoundExport
    actions = "visits/_round_bar.html"

    def get_queryset(self):
        """Those of one's townships."""
        return VisitRound.objects.visible_to(self.request.user).prefetch_related("villages")

    def row_context(self, rows):
        """Who may change one."""
        return {"manages": self.request.user.has_perm(actions.PERMISSION)}


class RoundPage(FormPage):
    """A round's form."""

    access = actions.PERMISSION
    crumbs = (("走访记录", "visits:visits"), ("遍访轮次", "visits:rounds"))

    def cancel_url(self):
        """The list."""
        return reverse("visits:rounds")


class NewRound(RoundPage):
    """/rounds/new/"""

    title, done = "新增遍访轮次", "遍访轮次已保存。"

    def make_form(self, data=None):
        """Empty or filled; the township is the clerk's own."""
        township = self.request.user.townships_for(actions.PERMISSION)[0]
        return NewRoundForm(data, township=township, initial={"starts_on": clock.today()})

    def save(self, form):
        """Make it once; returns the list."""
        user = self.request.user

        def do():
            township = user.townships_for(actions.PERMISSION)[0]
            actions.make_round(by=user, township=township, **form.facts())
            return self.cancel_url()

        return self.once(form, do)


class OneRound(RoundPage):
    """A form of one round; a foreign one is a missing one."""

    def dispatch(self, request, *args, **kwargs):
        rows = VisitRound.objects.select_related("township")
        self.row = get_visible_or_404(rows, request.user, pk=kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)


class ChangeRound(OneRound):
    """/rounds/<pk>/edit/"""

    title, done = "修改遍访轮次", "修改已保存。"

    def make_form(self, data=None):
        """As it stands."""
        return ChangeRoundForm(data, visit_round=self.row)

    def save(self, form):
        """Store what changed; returns the list."""
        version, by = form.cleaned_data["version"], self.request.user
        actions.change_round(visit_round=self.row, by=by, version=version, **form.facts())
        return self.cancel_url()


class SwitchRound(OneRound):
    """/rounds/<pk>/close/ — closes an open round, opens a closed one again."""

    submit = "确定"

    def make_form(self, data=None):
        """At the version the page shows."""
        return SwitchRoundForm(data, initial={"version": self.row.version})

    def done_words(self):
        """Which one it was."""
        return f"{self.row.name}：已处理。"

    def page(self, form, status=200, **more):
        """What is about to happen, in the title and a sentence."""
        row = self.row
        self.title = "重新开启遍访轮次" if row.is_closed else "结束遍访轮次"
        lead = f"{row.name}({row.starts_on:%Y-%m-%d} 至 {row.ends_on:%Y-%m-%d})"
        if not row.is_closed:
            lead += "。结束以后发生的走访不再计入本轮；以前发生、以后补录的照常计入。"
        return super().page(form, status, lead=lead, **more)

    def save(self, form):
        """Do it; returns the list."""
        row = self.row
        told = {name: form.cleaned_data[name] for name in ("version", "reason")}
        if row.is_closed:
            actions.reopen_round(visit_round=row, by=self.request.user, **told)
        else:
            actions.close_round(visit_round=row, by=self.request.user, on=clock.today(), **told)
        return self.cancel_url()
