"""Query block of the ledger: suspended, merged, repeated, assisted and marked matters."""

import django_filters

from liaison import clock
from liaison.filters import HouseFilterSet


def choice_filter(choices, label, **kwargs):
    """One of a coded list, or all."""
    return django_filters.ChoiceFilter(choices=choices, label=label, empty_label="全部", **kwargs)


class HandsFilter(HouseFilterSet):
    """What LedgerFilter asks beside the straight way."""

    suspended = choice_filter([("past", "挂起到期未解挂")], "挂起", method="rests")
    untold = choice_filter(
        [("joined", "待告知已并案"), ("1", "待告知并案结果")], "并案", method="not_told"
    )
    repeat = choice_filter([("1", "重复反映")], "重复反映", method="brought_before")
    assist = choice_filter([("waiting", "待本单位协办回复")], "协办", method="helps")
    legacy = choice_filter([("1", "历史遗留")], "历史遗留", method="as_legacy")
    carried = choice_filter([("1", "上年接转")], "上年接转", method="of_last_year")

    def rests(self, queryset, name, value):
        """The day it was to rest until has passed."""
        return queryset.suspended_past(clock.today())

    def not_told(self, queryset, name, value):
        """Merged, and who brought it does not know that, or not how the main matter ended."""
        return queryset.joined_untold() if value == "joined" else queryset.merged_untold()

    def brought_before(self, queryset, name, value):
        """Linked to an earlier matter."""
        return queryset.repeats()

    def helps(self, queryset, name, value):
        """A unit of this person's was asked to lend a hand and has not reported."""
        return queryset.waiting_for_assist(self.request.user.department_ids())

    def as_legacy(self, queryset, name, value):
        """历史遗留."""
        return queryset.filter(is_legacy=True)

    def of_last_year(self, queryset, name, value):
        """Registered in an earlier year and not settled when this one began."""
        return queryset.carried_over(clock.today())
