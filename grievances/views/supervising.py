"""/ledger/<number>/supervise/ … — 督办, its answer, its end, 催办; and /ledger/supervisions/, the list."""

from grievances import actions
from grievances.actions.supervising import PERMISSION, answers_for, may_supervise
from grievances.forms.supervising import LiftForm, ReplyForm, SuperviseForm, UrgeForm
from grievances.models import Supervision
from grievances.oversight_exports import SupervisionExport
from grievances.supervision_filters import SupervisionFilter
from liaison import clock
from liaison.errors import NotAllowed
from liaison.lists import ListView

from .one_matter import MatterFormPage

NONE_IN_FORCE = "这件诉求现在没有进行中的督办。"
NOT_HIS_ANSWER = "督办由承办单位回复，您不用办理。"
TONES = {"plain": "blue", "yellow": "yellow", "red": "red"}


class LookAfter(MatterFormPage):
    """Base: one form, stored once, back to the matter."""

    form_class = None

    def get(self, request):
        """The form, and above it why it would be refused."""
        return self.page(self.make_form(), refusal=self.refusal())

    def make_form(self, data=None):
        """The form of this matter, dated today."""
        initial = {"on": clock.today(), "version": self.matter.version}
        return self.form_class(data, initial=initial)

    def refusal(self) -> str:
        """Why it cannot be done now, said above the form; "" when it can."""
        return ""

    def save(self, form):
        """Returns the matter's address."""

        def do():
            self.act(by=self.request.user, now=clock.now(), **form.arguments())
            return self.cancel_url()

        return self.once(form, do)

    def act(self, **given):
        """The verb."""
        raise NotImplementedError(f"{type(self).__name__} does nothing")

    def in_force(self):
        """The 督办 that is answered or lifted."""
        row = self.matter.supervisions.in_force().first()
        if row is None:
            raise NotAllowed(NONE_IN_FORCE)
        return row


class Supervise(LookAfter):
    """督办, or a graver one."""

    access = PERMISSION
    title, submit, done = "督办", "督办", "督办已发出，请承办单位按期回复。"
    form_class = SuperviseForm

    def about(self):
        """What stands, so that only a graver one is chosen."""
        row = self.matter.supervisions.in_force().first()
        return f"现在是{row}，只能升级。" if row else "承办单位会收到通知，按期回复。"

    def refusal(self):
        return may_supervise(self.matter, self.request.user)

    def act(self, **given):
        actions.supervise(grievance=self.matter, **given)


class Reply(LookAfter):
    """The unit answers."""

    access = "grievances.view"
    title, submit, done = "回复督办", "回复", "已回复督办。"
    form_class = ReplyForm

    def about(self):
        """What was asked, and by when."""
        row = self.matter.supervisions.in_force().first()
        return f"{row}，请于{row.reply_due_on}前回复。{row.words}" if row else ""

    def refusal(self):
        if not self.matter.supervisions.waiting().exists():
            return NONE_IN_FORCE
        return "" if answers_for(self.matter, self.request.user) else NOT_HIS_ANSWER

    def act(self, **given):
        actions.reply_supervision(supervision=self.in_force(), **given)


class Lift(LookAfter):
    """It ends."""

    access = PERMISSION
    title, submit, done = "解除督办", "解除", "督办已解除。"
    form_class = LiftForm

    def about(self):
        """What was answered."""
        row = self.matter.supervisions.in_force().first()
        return f"{row}，{row.in_words()}。{row.reply_words}" if row else ""

    def refusal(self):
        return "" if self.matter.supervisions.in_force().exists() else NONE_IN_FORCE

    def act(self, **given):
        actions.lift_supervision(supervision=self.in_force(), **given)


class Urge(MatterFormPage):
    """/ledger/<number>/urge/ — 催办: the button of the matter's page posts here."""

    access = PERMISSION
    title, submit, done = "催办", "催办", "已催办，承办的人会收到通知。"

    def about(self):
        """Who hears of it."""
        return "承办人或承办单位会收到一条通知，一天一次。"

    def get(self, request):
        """With words, if one likes."""
        return self.page(self.make_form(), refusal=may_supervise(self.matter, request.user))

    def make_form(self, data=None):
        """At the version the page shows."""
        return UrgeForm(data, initial={"version": self.matter.version})

    def save(self, form):
        """Returns the matter's address."""
        given = {"by": self.request.user, "now": clock.now(), **form.cleaned_data}
        actions.urge(grievance=self.matter, **given)
        return self.cancel_url()


class Supervisions(ListView):
    """/ledger/supervisions/ — 督办, the newest first."""

    access = "grievances.view"
    title = "督办"
    crumbs = (("民情台账", "grievances:ledger"),)
    filterset_class = SupervisionFilter
    export_class = SupervisionExport
    orders = {"new": ("-asked_on", "-id"), "due": ("reply_due_on", "id")}
    rows_template = "grievances/supervisions.html"
    heads = (
        "督办日期", "级别", "编号", "村(社区)", "诉求摘要", "承办单位", "督办人", "回复期限", "回复", "情况", "操作",
    )  # fmt: skip
    empty = "没有符合条件的督办：在诉求的页面上点“督办”。"

    def get_queryset(self):
        """Of the matters one may see."""
        rows = Supervision.objects.visible_to(self.request.user)
        return rows.select_related(
            "grievance__village", "department", "asked_by", "replied_by", "lifted_by"
        ).defer("grievance__phone", "grievance__detail", "grievance__result")

    def row_context(self, rows):
        """A colour beside each level."""
        return {"tones": TONES}
