"""延期: asked on a matter's page; decided, told and withdrawn on the request's own; all of them in a list."""

from django.urls import reverse

from grievances import actions
from grievances import rules_extending as rules
from grievances.exports_due import ExtensionExport
from grievances.filters_due import ExtensionFilter
from grievances.forms import (
    AskExtensionForm,
    DecideExtensionForm,
    ExtensionToldForm,
    WithdrawExtensionForm,
)
from grievances.models import Extension
from liaison import clock
from liaison.form_pages import FormPage
from liaison.lists import ListView
from liaison.scoping import get_visible_or_404

from .one_matter import MatterFormPage, back


class Extensions(ListView):
    """/ledger/extensions/ — requests for more time, newest first."""

    access = "grievances.view"
    title = "延期"
    crumbs = (("民情台账", "grievances:ledger"),)
    filterset_class = ExtensionFilter
    export_class = ExtensionExport
    orders = {"new": ("-asked_on", "-id")}
    rows_template = "grievances/extensions.html"
    heads = ("编号", "诉求摘要", "申请", "申请人", "延长", "应办结日", "状态", "告知反映人", "操作")
    empty = "没有延期申请：需要延期的，在诉求页面点“申请延期”。"

    def get_queryset(self):
        """Of matters one sees."""
        rows = Extension.objects.visible_to(self.request.user).select_related("grievance__village")
        return rows.defer("grievance__phone", "grievance__detail", "grievance__result")

    def row_context(self, rows):
        """Whose turn it is, for the link at the end of a row."""
        user = self.request.user
        return {
            "base": reverse("grievances:ledger"),
            "decides": {row.pk for row in rows if not rules.deciding_refused(row, user)},
            "tells": {row.pk for row in rows if not rules.telling_refused(row, user)},
        }


def approver_of(matter, row) -> str:
    """Who decides, in words: the role of the policy row; of a confidential matter another of its readers."""
    return "另一位知情人" if matter.is_confidential else row.get_approver_display()


class AskExtension(MatterFormPage):
    """/ledger/<number>/extend/ — more time, for a reason that will be told to the villager."""

    access = "grievances.view"
    title, submit = "申请延期", "提交申请"
    done = "延期申请已提交，批准前仍按原时限办理。"

    def about(self):
        """Until when it runs now, who decides."""
        matter = self.matter
        if matter.policy is None or matter.due_on is None:
            return "还没有定出办理时限。"
        return (
            f"现应于{matter.due_on}前办结（{matter.policy}）。由{approver_of(matter, matter.policy)}"
            "审批，批准后办理时限才顺延，并须把理由告诉反映人。"
        )

    def make_form(self, data=None):
        """How much the policy row leaves."""
        cap = self.matter.policy.extend_by if self.matter.policy else 0
        left = max(0, cap - actions.extending.approved_sum(self.matter))
        initial = {"on": clock.today(), "version": self.matter.version}
        return AskExtensionForm(data, matter=self.matter, left=left, initial=initial)

    def get(self, request):
        """The form, or why there is none."""
        now = clock.now()
        refused = rules.asking_refused(self.matter, request.user, clock.local_date(now), now)
        return back(self, refused) if refused else super().get(request)

    def save(self, form):
        """Ask once; returns the matter's address."""
        user, facts = self.request.user, form.cleaned_data.copy()
        del facts["form_key"]

        def do():
            actions.ask_extension(grievance=self.matter, by=user, now=clock.now(), **facts)
            return self.cancel_url()

        return self.once(form, do)


class OneExtension(FormPage):
    """Base of the pages of one request; a foreign one is a missing one."""

    crumbs = (("民情台账", "grievances:ledger"), ("延期", "grievances:extensions"))
    form_class = None
    refusal = staticmethod(lambda extension, by: "")

    def dispatch(self, request, *args, pk, **kwargs):
        """The request and its matter."""
        rows = Extension.objects.select_related("grievance__policy")
        self.extension = get_visible_or_404(rows, request.user, pk=pk)
        return super().dispatch(request, *args, **kwargs)

    def cancel_url(self):
        """The matter."""
        return reverse("grievances:detail", args=[self.extension.grievance.number])

    def page(self, form, status=200, **more):
        """What was asked, above the form."""
        asked = self.extension
        lead = (
            f"{asked.grievance.number} {asked.grievance.summary}。{asked.asked_by_name}"
            f"{asked.asked_on:%Y-%m-%d}申请延长{asked.amount}{asked.get_unit_display()}，"
            f"原应于{asked.due_on_before:%Y-%m-%d}前办结。理由：{asked.reason}"
        )
        return super().page(form, status, lead=lead, **more)

    def done_words(self):
        """Of which matter, what was done."""
        return f"{self.extension.grievance.number}：{self.done}"

    def make_form(self, data=None):
        """Dated today."""
        initial = {"on": clock.today(), "version": self.extension.version}
        return self.form_class(data, initial=initial)

    def get(self, request):
        """The form, or why there is none."""
        refused = self.refusal(self.extension, request.user)
        return back(self, refused) if refused else super().get(request)

    def save(self, form):
        """Returns the matter's address."""
        facts = {"extension": self.extension, "by": self.request.user, "now": clock.now()}
        self.act(**facts, **self.told(form.cleaned_data))
        return self.cancel_url()

    def told(self, data) -> dict:
        """What the verb takes of the form."""
        return data


class DecideExtension(OneExtension):
    """/ledger/extensions/<pk>/decide/ — approved or refused by somebody who did not ask."""

    access = "grievances.view"
    title, submit, done = "审批延期", "确定", "审批意见已记录。"
    act = staticmethod(actions.decide_extension)
    refusal = staticmethod(rules.deciding_refused)

    def make_form(self, data=None):
        """What was asked stands as what would be granted."""
        return DecideExtensionForm(data, extension=self.extension, initial={"on": clock.today()})

    def told(self, data):
        """批准 or 不批准."""
        named = {"approve": data["answer"] == "yes", "words": data["decision"]}
        return {**named, **{name: data[name] for name in ("on", "version", "granted")}}


class ExtensionTold(OneExtension):
    """/ledger/extensions/<pk>/told/ — the villager knows that it takes longer, and why."""

    access = "grievances.view"
    title, submit, done = "告知延期", "已告知", "已告知反映人。"
    act = staticmethod(actions.note_extension_told)
    refusal = staticmethod(rules.telling_refused)
    form_class = ExtensionToldForm


class WithdrawExtension(OneExtension):
    """/ledger/extensions/<pk>/withdraw/ — it is not needed after all."""

    access = "grievances.view"
    title, submit, done = "撤回延期申请", "撤回申请", "延期申请已撤回。"
    act = staticmethod(actions.withdraw_extension)
    refusal = staticmethod(rules.withdrawing_refused)
    form_class = WithdrawExtensionForm
