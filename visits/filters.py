"""Query blocks of sessions and visits; their names are linked to from figures."""

import django_filters
from django import forms
from django.db.models import Q

from cadres.models import LiaisonTeam
from liaison import clock
from liaison.filters import HouseFilterSet
from liaison.forms import DateInput
from villages.filters import NameFilter
from villages.models import Group, Household, Village

from .models import LeaveRequest, LiaisonSession, Visit
from .rules import days_to_confirm, days_to_escalate

LARGEST_ID = 2**63 - 1


class IdFilter(django_filters.Filter):
    """A row's id in a link: not shown in the block, never out of range."""

    field_class = forms.IntegerField

    def __init__(self, field_name, **kwargs):
        super().__init__(
            field_name, widget=forms.HiddenInput, min_value=1, max_value=LARGEST_ID, **kwargs
        )


def villages_of(request):
    """Villages of the person who asks."""
    return Village.objects.visible_to(request.user).in_order()


def groups_of(request):
    """Groups of the chosen village, or of all one's villages."""
    groups = Group.objects.visible_to(request.user).select_related("village").in_order()
    chosen = request.GET.get("village", "")
    return (
        groups.filter(village=chosen) if chosen.isdecimal() and len(chosen) < 19 else groups.none()
    )


def teams_of(request):
    """Teams of the person's townships, in the order of their villages."""
    return LiaisonTeam.objects.visible_to(request.user).for_liaison().in_order()


def village_filter():
    """The 村 every list asks for."""
    return django_filters.ModelChoiceFilter(
        field_name="village", queryset=villages_of, label="村(社区)", empty_label="全部"
    )


def day_filter(field_name, lookup, label):
    """One end of a period, included."""
    return django_filters.DateFilter(field_name, lookup_expr=lookup, label=label, widget=DateInput)


class SessionFilter(HouseFilterSet):
    """Liaison days."""

    village = village_filter()
    team = django_filters.ModelChoiceFilter(queryset=teams_of, label="团队", empty_label="全部")
    status = django_filters.MultipleChoiceFilter(
        choices=LiaisonSession.Status.choices,
        label="状态",
        widget=forms.CheckboxSelectMultiple,
    )
    on_from = day_filter("on", "gte", "起始日期")
    on_to = day_filter("on", "lte", "截止日期")
    kind = django_filters.ChoiceFilter(
        choices=LiaisonSession.Kind.choices, label="形式", empty_label="全部"
    )
    making_up = django_filters.ChoiceFilter(
        choices=[
            ("is", "补驻日"),
            ("waiting", "未驻点、已取消，还没定补驻"),
            ("named", "已定补驻日的"),
        ],
        label="补驻",
        empty_label="全部",
        method="by_make_up",
    )
    leave = django_filters.ChoiceFilter(
        choices=[("waiting", "有请假待批"), ("approved", "有人请假")],
        label="请假",
        empty_label="全部",
        method="by_leave",
    )
    confirm = django_filters.ChoiceFilter(
        choices=[
            ("past", "已过、未确认"), ("lead", "我负责、逾期未确认"), ("office", "逾期未确认、转驻点办"),
        ],
        label="确认",
        empty_label="全部",
        method="by_confirmation",
    )  # fmt: skip
    due = django_filters.ChoiceFilter(
        choices=[
            ("1", "应驻点(截至今天)"), ("off", "已取消、不计"), ("apart", "补驻日和单独安排(不另计)"),
        ],
        label="范围",
        empty_label="全部",
        method="only_due",
    )  # fmt: skip
    held = django_filters.ChoiceFilter(
        choices=[("1", "已驻点(含已补驻)")], label="到位", empty_label="全部", method="only_held"
    )
    coming = django_filters.ChoiceFilter(
        choices=[("1", "约访、下访、谈话")], label="专项", empty_label="全部", method="only_special"
    )

    class Meta:
        model = LiaisonSession
        fields = []

    def only_due(self, queryset, name, value):
        """What the rate counts, and the two kinds of rows it leaves out."""
        sets = {"1": lambda: queryset.due(clock.today()), "off": queryset.called_off}
        return sets.get(value, queryset.apart)()

    def only_held(self, queryset, name, value):
        """Held, or made up for."""
        return queryset.held()

    def only_special(self, queryset, name, value):
        """With somebody or something named beforehand."""
        return queryset.special()

    def by_make_up(self, queryset, name, value):
        """Make-up days, days that wait for one, days that have one."""
        if value == "is":
            return queryset.exclude(made_up_for=None)
        return queryset.to_make_up() if value == "waiting" else queryset.with_make_up()

    def by_leave(self, queryset, name, value):
        """Days on which somebody is away; only as far as one may know of it."""
        leaves = LeaveRequest.objects.visible_to(self.request.user)
        rows = leaves.waiting() if value == "waiting" else leaves.in_force()
        return queryset.filter(pk__in=rows.values("session"))

    def by_confirmation(self, queryset, name, value):
        """Not confirmed: at all, in time by the lead one is, in time for the office."""
        now, today = clock.now(), clock.today()
        if value == "past":
            return queryset.unconfirmed(today)
        if value == "office":
            return queryset.unconfirmed_for(now, days_to_escalate(today))
        return queryset.unconfirmed_for(now, days_to_confirm(today)).led_by(self.request.user)


class LeaveFilter(HouseFilterSet):
    """驻点日请假."""

    village = django_filters.ModelChoiceFilter(
        field_name="session__village", queryset=villages_of, label="村(社区)", empty_label="全部"
    )
    state = django_filters.ChoiceFilter(
        choices=LeaveRequest.State.choices, label="状态", empty_label="全部"
    )
    whose = django_filters.ChoiceFilter(
        choices=[("mine", "我的请假"), ("decide", "待我批")],
        label="范围",
        empty_label="全部",
        method="of_whom",
    )
    on_from = day_filter("on", "gte", "起始日期")
    on_to = day_filter("on", "lte", "截止日期")

    class Meta:
        model = LeaveRequest
        fields = []

    def of_whom(self, queryset, name, value):
        """One's own, or those one may decide."""
        user = self.request.user
        return queryset.to_decide(user) if value == "decide" else queryset.filter(person=user.pk)


class VisitFilter(HouseFilterSet):
    """Receptions, visits and calls."""

    q = NameFilter(label="户主、户编号或来访人", method="of_somebody", max_length=50)
    village = village_filter()
    mode = django_filters.ChoiceFilter(choices=Visit.Mode.choices, label="方式", empty_label="全部")
    occurred_from = day_filter("occurred_on", "gte", "起始日期")
    occurred_to = day_filter("occurred_on", "lte", "截止日期")
    reached = django_filters.ChoiceFilter(
        choices=[("1", "走访到户(不含来访)")], label="范围", empty_label="全部", method="to_a_door"
    )
    household = IdFilter("household_id", label="户", method="of_household")
    session = IdFilter("session_id", label="驻点日")

    class Meta:
        model = Visit
        fields = []

    def of_somebody(self, queryset, name, value):
        """By the beginning of a name, or the household's whole number."""
        return queryset.filter(
            Q(household__head_name__startswith=value)
            | Q(household__number=value)
            | Q(visitor__startswith=value)
        )

    def of_household(self, queryset, name, value):
        """Of a household and of those joined to it, as its page shows them."""
        return queryset.filter(household__in=Household(pk=value).history_ids())

    def to_a_door(self, queryset, name, value):
        """At a household's door or by telephone."""
        return queryset.to_households()
