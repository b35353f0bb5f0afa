"""Query blocks of the ledger and of follow-ups; figures link to their rows by these names."""

import django_filters
from django import forms
from django.db.models import Exists, OuterRef, Q

from cadres.models import Department, Handover, Post
from liaison import clock
from liaison.filters import HouseFilterSet, RowsFilter
from liaison.forms import DateInput
from villages.filters import NameFilter
from visits.filters import IdFilter, day_filter, village_filter

from . import desks
from .end_filters import EndFilters
from .hands_filters import HandsFilter, choice_filter
from .models import Category, FollowUp, Grievance, Rung, Settlement, Source, Status, Step
from .models.alert_parts import Level
from .models.states import TRANSITIONS
from .nearing import Nearing
from .promises import promises_of

STATES = [
    ("open", "在办"),
    ("near", "临期"),
    ("overdue", "超期未结"),
    ("settled", "已办结(含反馈、回访、销号)"),
    ("declined", "不予受理"),
    ("merged", "并案"),
    ("counted", "计入统计(不含不予受理、并案)"),
    ("unplaced", "在办，村待核"),
    ("adrift", "在办，没有人承办"),
]
ACTS = [(act, name) for act, (name, _, _) in TRANSITIONS.items()]
PROMISES = [("open", "答应了，还没反馈"), ("late", "过了答应的日子")]
IN_TIME = [("yes", "是"), ("no", "否"), ("judged", "能够判断的(办结日期清楚或仍在办)")]
SETTLEMENTS = [*Settlement.choices, ("unstated", "未注明(历史台账)")]


def departments_of(request):
    """Units of the person's townships; a handler's own are among them."""
    return Department.objects.visible_to(request.user)


def row_filter(queryset, label):
    """One row of a list the office keeps, or all."""
    return django_filters.ModelChoiceFilter(queryset=queryset, label=label, empty_label="全部")


class LedgerFilter(HandsFilter, EndFilters):
    """台账查询."""

    @classmethod
    def get_filters(cls):
        """What is asked most comes first: its own, then those of hands and ends."""
        seldom = {*HandsFilter.base_filters, *EndFilters.base_filters}
        found = super().get_filters()
        return {name: found[name] for name in sorted(found, key=lambda name: name in seldom)}

    q = NameFilter(method="find", label="编号、摘要、反映人", max_length=60)
    village = village_filter()
    state = choice_filter(STATES, "办理情况", method="in_state")
    turn = choice_filter(desks.DESKS, "现在该谁办", method="whose_turn")
    category = row_filter(Category.objects.all(), "类别")
    status = django_filters.MultipleChoiceFilter(
        choices=Status.choices, label="状态", widget=forms.SelectMultiple({"size": 4})
    )
    kind = choice_filter(Grievance.Kind.ordinary(), "性质")
    source = row_filter(Source.objects.all(), "来源")
    department = row_filter(departments_of, "承办单位")
    registered_from = day_filter("registered_on", "gte", "登记起始")
    registered_to = day_filter("registered_on", "lte", "登记截止")
    due_from = day_filter("due_on", "gte", "应办结起始")
    due_to = day_filter("due_on", "lte", "应办结截止")
    settled_from = django_filters.DateFilter(label="办结起始", method="done_from", widget=DateInput)
    settled_to = django_filters.DateFilter(label="办结截止", method="done_to", widget=DateInput)
    settlement = choice_filter(SETTLEMENTS, "办结类型", method="settled_as")
    on_the_spot = choice_filter([("1", "当场办结的")], "当场办结", method="settled_at_once")
    on_time = choice_filter(IN_TIME, "按期办结", method="in_time")
    satisfaction = choice_filter(FollowUp.Answer.choices, "群众评价")
    urgent = choice_filter([("1", "加急"), ("0", "不加急")], "加急", method="as_urgent")
    imported = choice_filter(
        [("1", "历史台账"), ("0", "本系统登记")], "登记来自", method="as_imported"
    )
    done_here = choice_filter([("1", "不含历史台账已办结的")], "待办", method="without_older")
    open_at = django_filters.DateFilter(
        label="某日末在办", method="still_open", widget=forms.DateInput({"type": "date"})
    )

    # Links from a handover
    handler = IdFilter("handler_id", label="承办人")
    promise_of = IdFilter("pk", label="待反馈的岗位", method="promised_at")
    handed_over = IdFilter("pk", label="交接单", method="passed_on_by")

    # Links from a digest of overdue matters
    risen = django_filters.CharFilter(
        label="超期提醒", method="as_is", max_length=12, widget=forms.HiddenInput
    )
    rung = RowsFilter(
        queryset=lambda request: Rung.objects.visible_to(request.user), label="提醒层级",
        method="as_is", widget=forms.MultipleHiddenInput,
    )  # fmt: skip

    promise = choice_filter(PROMISES, "答应的事", method="with_promise")
    alert = choice_filter([*Level.choices, ("any", "有预警的")], "预警", method="at_alert")
    undated = choice_filter([("1", "未定时限")], "办理时限", method="without_due")
    did = django_filters.MultipleChoiceFilter(
        choices=ACTS, label="办理过程有", method="as_is", widget=forms.SelectMultiple({"size": 4})
    )
    did_from = django_filters.DateFilter(label="办理起始", method="as_is", widget=DateInput)
    did_to = django_filters.DateFilter(label="办理截止", method="as_is", widget=DateInput)

    class Meta:
        model = Grievance
        fields = []

    def period(self) -> str:
        """The days of registration asked for, as the county's forms have it: 「2026-10-01至2026-10-31」."""
        told = self.form.cleaned_data
        since, until = told.get("registered_from"), told.get("registered_to")
        if not (since or until):
            return "全部"
        return f"{since or '建账'}至{until or '今'}"

    def as_is(self, queryset, name, value):
        """The act and its two days belong together; filter_queryset reads them."""
        return queryset

    def filter_queryset(self, queryset):
        """With an act: matters whose history has it between the two days, either end open."""
        rows, asked = super().filter_queryset(queryset), self.form.cleaned_data
        if asked.get("risen"):
            rows = rows.told_in(asked["risen"], asked["rung"])
        if not asked.get("did"):
            return rows
        steps = Step.objects.filter(grievance=OuterRef("pk"), act__in=asked["did"])
        if asked.get("did_from"):
            steps = steps.filter(on__gte=asked["did_from"])
        if asked.get("did_to"):
            steps = steps.filter(on__lte=asked["did_to"])
        return rows.filter(Exists(steps))

    def promised_at(self, queryset, name, value):
        """What the holders of a post have promised and not answered yet."""
        post = Post.objects.visible_to(self.request.user).filter(pk=value).first()
        return queryset.filter(pk__in=promises_of(post).values("pk")) if post else queryset.none()

    def passed_on_by(self, queryset, name, value):
        """Matters whose handler changed by a handover, whatever became of them since."""
        row = Handover.objects.visible_to(self.request.user).filter(pk=value).first()
        return queryset.filter(pk__in=row.moved.get("grievances", ())) if row else queryset.none()

    def whose_turn(self, queryset, name, value):
        """Those that wait for oneself, or lie on one sort of desk."""
        if value == desks.MINE:
            return queryset.filter(desks.mine(self.request.user, clock.today()))
        return queryset.filter(desks.at_desk(value))

    def at_alert(self, queryset, name, value):
        """预警 in force, of a level or of any."""
        return queryset.alerted(*([] if value == "any" else [value]))

    def without_due(self, queryset, name, value):
        """No due date: its work calendar is not published, or no policy fits."""
        return queryset.undated()

    def with_promise(self, queryset, name, value):
        """Something was promised by a day, and the villager is not answered yet."""
        return queryset.promised() if value == "open" else queryset.broken_promises(clock.today())

    def find(self, queryset, name, value):
        """Any word of the number (an older ledger's too), the summary or the name; no phones."""
        for word in value.split()[:5]:
            queryset = queryset.filter(
                Q(number__icontains=word)
                | Q(source_number__icontains=word)
                | Q(summary__icontains=word)
                | Q(complainant__icontains=word)
            )
        return queryset

    def in_state(self, queryset, name, value):
        """在办, 超期未结 …, as the figures count them."""
        if value == "overdue":
            return queryset.overdue(clock.now())
        if value == "near":
            now, township = clock.now(), self.request.user.township_id
            return queryset.near_due(now, Nearing.at(now, township).within())
        if value in ("declined", "merged"):
            return queryset.awaiting(value)
        if value == "adrift":
            return queryset.filter(desks.adrift(clock.today()))
        return {
            "open": queryset.open,
            "settled": queryset.settled,
            "counted": queryset.counted,
            "unplaced": queryset.unplaced,
        }[value]()

    def in_time(self, queryset, name, value):
        """Settled by the due moment, or not, or neither can be said."""
        if value == "judged":
            return queryset.judged()
        return queryset.on_time() if value == "yes" else queryset.late(clock.now())

    def done_from(self, queryset, name, value):
        """办结 from a day on, as the figures count it."""
        return queryset.settled_from(value)

    def done_to(self, queryset, name, value):
        """办结 up to a day, as the figures count it."""
        return queryset.settled_to(value)

    def settled_as(self, queryset, name, value):
        """One kind of 办结, or those an older ledger does not tell the kind of."""
        if value == "unstated":
            return queryset.settled().filter(settlement="")
        return queryset.filter(settlement=value)

    def settled_at_once(self, queryset, name, value):
        """Settled in the act in which it was written down."""
        return queryset.on_the_spot()

    def as_imported(self, queryset, name, value):
        """Taken in from an older ledger, or registered here."""
        return queryset.filter(is_imported=value == "1")

    def without_older(self, queryset, name, value):
        """What waits: nothing that an older ledger calls settled."""
        return queryset.done_here()

    def as_urgent(self, queryset, name, value):
        """加急 or not."""
        return queryset.filter(is_urgent=value == "1")

    def still_open(self, queryset, name, value):
        """在办 at the end of a day, whatever came later."""
        return queryset.open_at_end_of(value)


class FollowUpFilter(HouseFilterSet):
    """回访查询."""

    village = village_filter()
    answer = choice_filter(FollowUp.Answer.choices, "群众评价")
    on_from = day_filter("on", "gte", "回访起始")
    on_to = day_filter("on", "lte", "回访截止")
    valid = choice_filter([("1", "只看有效回访")], "有效回访", method="only_valid")

    class Meta:
        model = FollowUp
        fields = []

    def only_valid(self, queryset, name, value):
        """联系不上 and 不愿评价 left out."""
        return queryset.valid()


class ReportedFilter(HouseFilterSet):
    """我反映的诉求."""

    status = django_filters.MultipleChoiceFilter(
        choices=Status.choices, label="状态", widget=forms.SelectMultiple({"size": 4})
    )
    registered_from = day_filter("registered_on", "gte", "反映起始")
    registered_to = day_filter("registered_on", "lte", "反映截止")

    class Meta:
        model = Grievance
        fields = []
