"""/plans/ — who sits where and when; the next days are shown before anything is saved."""

import datetime as dt
from collections import defaultdict
from functools import cache

from django.forms import model_to_dict
from django.shortcuts import render
from django.urls import reverse
from django.views import View

from cadres import plan_rules, rota
from cadres.actions import plans as actions
from cadres.models import LiaisonPlan
from cadres.plan_exports import PlanExport
from cadres.plan_forms import ChangePlanForm, NewPlanForm, PlanFields, PlanFilter
from cadres.recurrence import days_of
from cadres.rhythm import ALWAYS_WORKED
from cadres.rhythm_forms import EXAMPLES
from cadres.team_forms import mark_of
from cadres.workcalendar import WorkCalendar
from liaison import clock
from liaison.form_pages import FormPage
from liaison.lists import ListView
from liaison.scoping import get_visible_or_404

AHEAD = dt.timedelta(days=400)  # how far the next days are looked for
SHOWN = 8


class Plans(ListView):
    """/plans/ — the plans of one's villages, and when each comes next."""

    access = "cadres.view"
    title = "驻点安排"
    filterset_class = PlanFilter
    orders = {"village": ("village_id", "id")}
    template_name = "cadres/plan_list.html"
    rows_template = "cadres/plans.html"
    heads = ("村(社区)", "团队", "时间", "地点", "遇节假日", "有效期", "下次驻点", "操作")
    empty = "还没有驻点安排：请先在“驻点团队”里建好团队，再点“新增安排”。"
    export_class = PlanExport
    actions = "cadres/_plan_bar.html"

    def get_queryset(self):
        """Plans of one's villages."""
        plans = LiaisonPlan.objects.visible_to(self.request.user)
        return plans.select_related("team", "village")

    def row_context(self, rows):
        """The next day of each plan, and who may change one."""
        today, calendar_of = clock.today(), cache(WorkCalendar.load)
        coming = {
            row.pk: days_of(row, today, today + AHEAD, calendar_of(row.village.township_id))
            for row in rows
        }
        manages = self.request.user.has_perm(actions.PERMISSION)
        return {"coming": coming, "manages": manages, "always_worked": ALWAYS_WORKED}


def next_days(plan) -> dict:
    """For the preview: the plan's next days, how many are past already, and where the calendar ends."""
    today = clock.today()
    calendar = WorkCalendar.load(plan.village.township_id)
    start = max(today, plan.valid_from)
    late = max(plan.valid_from, today - actions.ENTERED_LATE)
    days = days_of(plan, start, start + AHEAD, calendar)
    past = days_of(plan, late, today - dt.timedelta(days=1), calendar) if late < today else ()
    whose = defaultdict(list)
    for turn, post, _ in plan.rota_turns() if plan.recurrence == plan.Recurrence.ROTA else ():
        whose[turn].append(post.title)
    return {
        "words": plan.in_words(),
        "days": [(day, "、".join(whose[day.turn])) for day in days.days[:SHOWN]],
        "total": len(days),
        "stopped": days.stopped,
        "past": len(past),
        "place": plan.place or plan.village.office,
    }


class PlanPage(FormPage):
    """A plan's form with its next days below."""

    access = actions.PERMISSION
    crumbs = (("驻点安排", "cadres:plans"),)
    template_name = "cadres/plan_form.html"

    def cancel_url(self):
        """The list."""
        return reverse("cadres:plans")

    def page(self, form, status=200, **more):
        """The page; with the next days as soon as what is filled in makes a plan."""
        if "preview" not in more and form.is_bound and form.is_valid():
            more["preview"] = next_days(form.plan())
        is_new = isinstance(form, NewPlanForm)
        return super().page(form, status, is_new=is_new, examples=EXAMPLES, **more)

    def post(self, request, *args, **kwargs):
        """「预览日期」 shows the days and stores nothing; what there is to warn of is shown once before saving."""
        form = self.make_form(request.POST)
        if "preview" in request.POST:
            return self.page(form, status=200 if form.is_valid() else 422)
        if form.is_valid():
            said = plan_rules.warnings([self.proposed(form)], today=clock.today())
            if said and form.cleaned_data["seen"] != mark_of(said):
                form.data = form.data.copy()
                form.data["seen"] = mark_of(said)
                return self.page(form, status=422, warnings=said)
        return self.attempt(form, lambda: self.saved(form))

    def proposed(self, form):
        """The plan as it would be saved."""
        return form.plan()


class NewPlan(PlanPage):
    """/plans/new/ — fix a team to a village and a time."""

    title, done = "新增驻点安排", "已保存，驻点日已排定。"
    submit = "保存，排定驻点日"

    def make_form(self, data=None):
        """An empty form; a team or village may come along from its own page."""
        got = self.request.GET
        initial = {"valid_from": clock.today(), "starts_at": dt.time(9), "ends_at": dt.time(11, 30)}
        initial["holiday_rule"] = LiaisonPlan.HolidayRule.NEXT
        initial |= {name: got[name] for name in ("team", "village") if name in got}
        return NewPlanForm(data, user=self.request.user, on=clock.today(), initial=initial)

    def save(self, form):
        """Make the plan once; returns the list of its village."""

        def do():
            turns, facts = form.cleaned_data["turns"], form.facts()
            by, today = self.request.user, clock.today()
            plan = actions.make_plan(by=by, today=today, turns=turns, **facts)
            return f"{reverse('cadres:plans')}?village={plan.village_id}"

        return self.once(form, do)


class ChangePlan(PlanPage):
    """/plans/<pk>/ — change a plan; days to come follow it, held ones stay."""

    title, done = "修改驻点安排", "已保存；今天以后还没有记录的驻点日已随之调整。"

    def dispatch(self, request, *args, **kwargs):
        plans = LiaisonPlan.objects.select_related("team", "village")
        self.plan = get_visible_or_404(plans, request.user, pk=kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def get(self, request, pk):
        """With its next days."""
        return self.page(self.make_form(), preview=next_days(self.plan))

    def make_form(self, data=None):
        """The plan as it stands."""
        user, on, plan, initial = self.request.user, clock.today(), self.plan, None
        if data is None:
            initial = model_to_dict(plan) | {"version": plan.version, "rhythm": plan.rhythm}
            if plan.recurrence == plan.Recurrence.ROTA:
                initial["turns"] = rota.in_words(plan.own_turns())
        return ChangePlanForm(data, user=user, on=on, plan=plan, initial=initial)

    def proposed(self, form):
        """Under the pk of the plan it changes."""
        plan = super().proposed(form)
        plan.pk = self.plan.pk
        return plan

    def save(self, form):
        """Save what changed; returns the list."""
        actions.change_plan(
            plan=self.plan,
            by=self.request.user,
            today=clock.today(),
            version=form.cleaned_data["version"],
            turns=form.cleaned_data["turns"],
            **form.facts(),
        )
        return self.cancel_url()


class PlanPreview(View):
    """/plans/preview/ — the next days of what stands in the form, for htmx; stores nothing."""

    access = actions.PERMISSION

    def post(self, request):
        """The piece below the form; empty words until enough is filled in."""
        form = PlanFields(request.POST, user=request.user, on=clock.today())
        preview = next_days(form.plan()) if form.is_valid() else None
        return render(request, "cadres/_plan_preview.html", {"preview": preview})
