"""驻点日请假: the list, one asks, one decides, one withdraws."""

from django.shortcuts import redirect
from django.urls import reverse

from liaison import clock
from liaison.form_pages import FormPage
from liaison.idempotency import led_to
from liaison.lists import ListView
from liaison.scoping import get_visible_or_404
from visits import actions
from visits.exports import LeaveExport
from visits.filters import LeaveFilter
from visits.leave_forms import AskLeaveForm, DecideForm, WithdrawForm
from visits.models import LeaveRequest, LiaisonSession

DAYS, LEAVES = ("驻点日", "visits:sessions"), ("请假", "visits:leaves")


class Leaves(ListView):
    """/sessions/leave/ — one's own, and those one may decide; newest day first."""

    access = "visits.view"
    title = "驻点日请假"
    crumbs = (DAYS,)
    filterset_class = LeaveFilter
    orders = {"day": ("-on", "-id")}
    rows_template = "visits/leaves.html"
    heads = ("驻点日期", "村(社区)", "请假人", "类别", "代班人", "状态", "批准人", "操作")
    empty = "没有请假：要请假的，打开那一天的驻点日页面，点“请假”。"
    export_class = LeaveExport

    def get_queryset(self):
        """As the gate gives them."""
        rows = LeaveRequest.objects.visible_to(self.request.user)
        return rows.select_related("session__village", "person", "decided_by")


class AskLeave(FormPage):
    """/sessions/<pk>/leave/ — one of the team cannot come that day."""

    access = "visits.view"
    title, submit = "驻点日请假", "提交申请"
    crumbs = (DAYS,)
    done = "申请已提交，批复会在通知里告诉您。"

    def dispatch(self, request, *args, **kwargs):
        rows = LiaisonSession.objects.select_related("village", "team")
        self.session = get_visible_or_404(rows, request.user, pk=kwargs["pk"])
        day = self.session
        self.lead = (
            f"{day.on:%Y-%m-%d} {day.starts_at:%H:%M}–{day.ends_at:%H:%M} {day.village} {day.place}。"
            "由团队责任人批准；责任人本人的由镇驻点办批准。"
        )
        return super().dispatch(request, *args, **kwargs)

    def post(self, request, *args, **kwargs):
        """A second tap names a stand-in the first one has taken: it is answered as the first was."""
        earlier = led_to(key=request.POST.get("form_key", ""), user=request.user)
        if earlier and not self.make_form(request.POST).is_valid():
            return redirect(earlier)
        return super().post(request, *args, **kwargs)

    def make_form(self, data=None):
        """Who is free that day."""
        return AskLeaveForm(data, session=self.session, user=self.request.user)

    def content_head(self):
        """Which day."""
        return [("驻点日", str(self.session.pk))]

    def save(self, form):
        """Ask, once."""

        def do():
            leave = actions.ask_leave(
                session=self.session, by=self.request.user, now=clock.now(), **form.facts()
            )
            return reverse("visits:leave", args=[leave.pk])

        return self.once(form, do)

    def cancel_url(self):
        """The day."""
        return reverse("desk:day", args=[self.session.pk])


class Leave(FormPage):
    """/sessions/leave/<pk>/ — one request; who may decides it here."""

    access = "visits.view"
    title, submit = "请假单", "确定"
    crumbs = (DAYS, LEAVES)
    template_name = "visits/leave.html"

    def dispatch(self, request, *args, **kwargs):
        self.leave = find_leave(request.user, kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def make_form(self, data=None):
        """Approve or refuse."""
        return DecideForm(data, leave=self.leave)

    def more(self, form):
        """Who may do what."""
        user, leave = self.request.user, self.leave
        alive = leave.state in (LeaveRequest.State.REQUESTED, LeaveRequest.State.APPROVED)
        return {
            "leave": leave,
            "decides": actions.may_decide(leave, user),
            "withdraws": alive and leave.person_id == user.pk and leave.on >= clock.today(),
            "withdraw_form": WithdrawForm(initial={"version": leave.version}),
        }

    def save(self, form):
        """Decide; back to the request."""
        told = form.cleaned_data
        common = {
            "leave": self.leave, "by": self.request.user, "now": clock.now(),
            "version": told["version"], "words": told["decision"],
        }  # fmt: skip
        if told["act"] == "approve":
            leave = actions.approve_leave(stand_in=form.chosen(), **common)
        else:
            leave = actions.refuse_leave(**common)
        self.done = f"请假{leave.get_state_display()}，已通知本人。"
        return reverse("visits:leave", args=[leave.pk])

    def cancel_url(self):
        """The list."""
        return reverse("visits:leaves")


class WithdrawLeave(Leave):
    """/sessions/leave/<pk>/withdraw/ — who asked comes after all."""

    title, submit = "撤回请假", "撤回请假"
    done = "请假已撤回。"
    lead = "撤回后由您本人驻点；已安排的代班人会收到通知。"
    template_name = "forms/page.html"

    def make_form(self, data=None):
        """Nothing but the version."""
        return WithdrawForm(data, initial={"version": self.leave.version})

    def more(self, form):
        """Nothing more."""
        return {}

    def save(self, form):
        """Withdraw; back to the request."""
        actions.withdraw_leave(
            leave=self.leave,
            by=self.request.user,
            now=clock.now(),
            version=form.cleaned_data["version"],
        )
        return reverse("visits:leave", args=[self.leave.pk])

    def cancel_url(self):
        """The request."""
        return reverse("visits:leave", args=[self.leave.pk])


def find_leave(user, pk):
    """The request, if it is one of those this person may read; 404 otherwise."""
    rows = LeaveRequest.objects.select_related(
        "session__village", "session__team", "person", "stand_in", "decided_by"
    )
    return get_visible_or_404(rows, user, pk=pk)
