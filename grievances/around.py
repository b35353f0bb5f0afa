"""上一件, 下一件: walking through a filtered list from one matter's page to the next.

The list's query travels in the address (``?list=``), nothing of it is kept. Neighbours are read by key: the
list is never counted, and a matter an act has just led out of the filter still knows what comes next.
"""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse

from liaison.paging import neighbours, place_in

from .filters import LedgerFilter
from .models import Grievance

ORDERS = {
    "new": ("-registered_on", "-id"),
    "old": ("registered_on", "id"),
}
PARAMETER = "list"
LONGEST = 600  # characters of a query that is carried on
COUNTED = 1000  # beyond it the place is not told


@dataclass(frozen=True)
class Around:
    """Where a matter stands in the list it was opened from.

    Attributes:
        query: the list's, as it is carried on. previous, next: numbers, None at an end.
        place: 1 for the first; None outside the filter, or beyond COUNTED.
    """

    query: str
    previous: str | None
    next: str | None
    place: int | None

    @property
    def tail(self) -> str:
        """What is appended to an address so that the walk goes on."""
        return tail(self.query)

    @property
    def list_url(self) -> str:
        """The list itself."""
        return f"{reverse('grievances:ledger')}?{self.query}".rstrip("?")


def compact(params) -> str:
    """The filter and order of a list's address, without what is empty; "" when too long to be carried."""
    names = (*LedgerFilter.base_filters, "order")
    kept = [(name, value) for name in names for value in params.getlist(name) if value]
    text = urlencode(kept)
    return text if len(text) <= LONGEST else ""


def tail(query: str) -> str:
    """「?list=…」."""
    return "?" + urlencode({PARAMETER: query})


def around(matter, request) -> Around | None:
    """Its neighbours in the list the address names; None where it was not opened from a list.

    Rows somebody does not see are no neighbours of his.
    """
    if PARAMETER not in request.GET:
        return None
    asked = QueryDict(request.GET[PARAMETER][:LONGEST])
    rows = Grievance.objects.visible_to(request.user)
    found = LedgerFilter(asked, queryset=rows, request=request)
    if not found.is_valid():
        return None
    order = ORDERS.get(asked.get("order", ""), ORDERS["new"])
    numbers = found.qs.values_list("number", flat=True)
    before, after = neighbours(numbers, matter, order)
    return Around(compact(asked), before, after, place_in(found.qs, matter, order, COUNTED))
