"""/ledger/follow-ups/samples/ — 回访抽样: the draws, a new one, one with who asks what."""

from collections import Counter

from django.db.models import Count, F, Q, Value
from django.db.models.functions import Coalesce
from django.shortcuts import render
from django.urls import reverse
from django.views import View

from cadres.models import CardText
from grievances import actions
from grievances.actions.drawing import PERMISSION, month_before, population_of
from grievances.end_exports import SampledExport, SampleExport
from grievances.end_filters import SampledFilter, SampleFilter
from grievances.forms.ends import FollowUpPolicyForm, GiveOnForm, SampleForm
from grievances.models import FollowUpPolicy, FollowUpSample, SampledMatter
from liaison import clock
from liaison.form_pages import FormPage
from liaison.lists import ListView
from liaison.scoping import get_visible_or_404

from .drawing import DrawPage
from .lists import TONES

State = SampledMatter.State
CRUMBS = (("民情台账", "grievances:ledger"), ("回访记录", "grievances:follow_ups"))
LIST = ("回访抽样", "grievances:samples")
STATES = {"waiting": "yellow", "answered": "green", "unreached": "grey", "void": "grey"}


class Samples(ListView):
    """The draws, newest first, each with how far it is."""

    access = "grievances.follow_up"
    title = "回访抽样"
    crumbs = CRUMBS
    filterset_class = SampleFilter
    orders = {"new": ("-starts_on", "-id")}
    rows_template = "grievances/samples.html"
    heads = ("办结日期", "范围", "总体", "抽取", "已回访", "联系不上", "待回访", "抽取人", "操作")
    empty = "还没有抽过：点“抽取样本”，从已反馈的诉求中按随机种子抽取，由承办人以外的同志回访。"
    export_class = SampleExport
    actions = "grievances/_sample_bar.html"

    def get_queryset(self):
        """Those of one's township; of others, those in which one asks."""
        rows = FollowUpSample.objects.visible_to(self.request.user)
        rows = rows.select_related("team", "drawn_by").defer("population")
        listed = Q(matters__grievance__is_confidential=False)
        states = {
            f"n_{s}": Count("matters", filter=listed & Q(matters__state=s)) for s in State.values
        }
        return rows.annotate(**states)


class NewSample(DrawPage):
    """/ledger/follow-ups/samples/new/ — first how many of how many, then the draw."""

    title = "抽取回访样本"
    crumbs = (*CRUMBS, LIST)
    done = "样本已抽取，回访任务已列入各人待办。"
    lead = "从一段时间内办结、已反馈的诉求中抽取，各村按比例；种子由系统当场产生并留存，抽过的不能重抽。"
    of_what, none = "已反馈诉求", "这段时间没有已经反馈的诉求，没有可抽的；请核对日期和团队。"

    def make_form(self, data=None):
        """The month before, a tenth."""
        starts_on, ends_on = month_before(clock.today())
        return SampleForm(
            data, request=self.request, township=self.township, on=clock.today(),
            initial={"starts_on": starts_on, "ends_on": ends_on, "share": 10},
        )  # fmt: skip

    def population(self, facts):
        """What was answered in the days."""
        return population_of(self.township, facts["starts_on"], facts["ends_on"], facts["team"])

    def save(self, form):
        """Draw it once; on to the sample."""

        def do():
            by, now = self.request.user, clock.now()
            sample = actions.draw_sample(by=by, now=now, township=self.township, **form.facts())
            return reverse("grievances:sample", args=[sample.pk])

        return self.once(form, do)

    def cancel_url(self):
        """The list."""
        return reverse("grievances:samples")


def matters_of(sample, user):
    """A sample's matters as far as one sees them."""
    rows = SampledMatter.objects.visible_to(user).filter(sample=sample)
    rows = rows.select_related(
        "grievance__village", "grievance__department", "grievance__household__group", "given_to",
        "follow_up",
    )  # fmt: skip
    return rows.annotate(place=Coalesce(F("grievance__village__code"), Value("~")))


class OneSample(ListView):
    """/ledger/follow-ups/samples/<pk>/ — who asks about what, and how far it is."""

    access = "grievances.follow_up"
    crumbs = (*CRUMBS, LIST)
    template_name = "grievances/sample.html"
    filterset_class = SampledFilter
    orders = {"village": ("place", "id")}
    rows_template = "grievances/sampled.html"
    heads = (
        "编号",
        "村(社区)",
        "诉求摘要",
        "承办单位",
        "办结日期",
        "回访人",
        "进展",
        "群众评价",
        "操作",
    )
    empty = "没有符合条件的诉求。"
    export_class = SampledExport

    def dispatch(self, request, *args, pk, **kwargs):
        """A foreign sample is a missing one."""
        rows = FollowUpSample.objects.select_related("team", "drawn_by", "township")
        self.sample = get_visible_or_404(rows, request.user, pk=pk)
        self.title = f"回访样本 {self.sample}"
        return super().dispatch(request, *args, **kwargs)

    def get_queryset(self):
        """Its matters."""
        return matters_of(self.sample, self.request.user)

    def get_context(self, page):
        """With the counts and what it takes to draw it again."""
        states = Counter(self.get_queryset().order_by().values_list("state", flat=True))
        counts = [(each.value, each.label, states[each.value]) for each in State]
        return super().get_context(page) | {"sample": self.sample, "counts": counts}

    def row_context(self, rows):
        """Colours, and whose turn it is."""
        return {"tones": TONES, "states": STATES, "me": self.request.user.pk}


class CallSheet(View):
    """/ledger/follow-ups/samples/<pk>/sheet/ — 回访单: one for each who asks; phones masked."""

    access = "grievances.follow_up"

    def get(self, request, pk):
        """Those not asked yet, by who asks."""
        sample = get_visible_or_404(
            FollowUpSample.objects.select_related("township"), request.user, pk=pk
        )
        rows = matters_of(sample, request.user).filter(state__in=(State.WAITING, State.UNREACHED))
        people = {}
        for row in rows.exclude(given_to=None).order_by("place", "id"):
            people.setdefault(row.given_to_id, (row.given_to, []))[1].append(row)
        context = {
            "title": "抽样回访单",
            "sample": sample,
            "people": [people[pk] for pk in sorted(people)],
            "office": CardText.of([sample.township])[sample.township_id],
            "back_to": reverse("grievances:sample", args=[sample.pk]),
        }
        return render(request, "grievances/print/call_sheet.html", context)


class GiveOn(FormPage):
    """/ledger/follow-ups/samples/<pk>/give-on/ — somebody is away or has left: others ask instead."""

    access = PERMISSION
    title, submit = "换人回访", "换人"
    crumbs = (*CRUMBS, LIST)
    done = "已换人回访，列入各人待办。"
    lead = "还没有问到的改由其他同志回访；已经回访的不变。"

    def dispatch(self, request, *args, pk, **kwargs):
        """A foreign sample is a missing one."""
        rows = FollowUpSample.objects.select_related("township")
        self.sample = get_visible_or_404(rows, request.user, pk=pk)
        return super().dispatch(request, *args, **kwargs)

    def make_form(self, data=None):
        """Whose, and who instead."""
        return GiveOnForm(data, sample=self.sample, on=clock.today())

    def save(self, form):
        """Once; back to the sample."""

        def do():
            given = {name: form.cleaned_data[name] for name in ("person", "people")}
            by, now = self.request.user, clock.now()
            actions.give_on(sample=self.sample, by=by, now=now, **given)
            return self.cancel_url()

        return self.once(form, do)

    def content_head(self):
        """Of which sample."""
        return [("样本", str(self.sample.pk))]

    def cancel_url(self):
        """The sample."""
        return reverse("grievances:sample", args=[self.sample.pk])


class SamplePolicy(FormPage):
    """/ledger/follow-ups/samples/policy/ — 每月回访抽样: by itself on the first day of the month, or not."""

    access = PERMISSION
    title = "每月回访抽样"
    crumbs = (*CRUMBS, LIST)
    lead = "勾选后，每月1日自动抽取上月办结并已反馈的诉求；不勾选的，由您自己抽取。"
    done = "回访抽样规则已保存。"

    @property
    def township(self):
        """Whose rule it is."""
        return self.request.user.townships_for(PERMISSION)[0]

    def make_form(self, data=None):
        """As it stands."""
        policy = FollowUpPolicy.objects.visible_to(self.request.user).filter(township=self.township)
        self.policy = policy.first()
        return FollowUpPolicyForm(
            data, township=self.township, policy=self.policy, on=clock.today()
        )

    def page(self, form, status=200, **more):
        """What hindered the last draw is said above."""
        if self.policy and self.policy.trouble and not more.get("refusal"):
            more["lead"] = f"{self.lead} {self.policy.tried_on}没有抽成：{self.policy.trouble}"
        return super().page(form, status, **more)

    def save(self, form):
        """Save unless somebody else did in between."""
        version = form.cleaned_data["version"]
        actions.set_follow_up_policy(
            by=self.request.user, township=self.township, now=clock.now(), version=version,
            **form.facts(),
        )  # fmt: skip
        return reverse("grievances:samples")

    def cancel_url(self):
        """The list."""
        return reverse("grievances:samples")
