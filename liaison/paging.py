"""Pages that cost the same at ten times the rows.

Counting stops at COUNT_LIMIT; within it pages have numbers, and beyond it
「下一页」 and 「上一页」 walk on by key, so a deep page reads as few rows as the first.
"""

from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.db.models import Q

COUNT_LIMIT = 10_000
PAGE_SIZES = (20, 50, 100)


@dataclass
class Page:
    """One page of a list; ``total`` is None when more than COUNT_LIMIT rows match."""

    rows: list
    number: int
    size: int
    total: int | None
    next_query: str = ""
    previous_query: str = ""
    last_query: str = ""
    base_query: str = ""

    @property
    def pages(self) -> int | None:
        """How many pages there are, None when they were not counted."""
        return None if self.total is None else max(1, -(-self.total // self.size))

    @property
    def first_row_number(self) -> int:
        """The 序号 of the first row."""
        return (self.number - 1) * self.size + 1


def page_size(params) -> int:
    """20, 50 or 100: the asked size, or the nearest allowed one; nonsense gives 20."""
    asked = _whole_number(params.get("page_size"), PAGE_SIZES[0])
    return next((size for size in PAGE_SIZES if asked <= size), PAGE_SIZES[-1])


def paginate(queryset, params, order: tuple[str, ...]) -> Page:
    """Cut one page out of an unordered queryset.

    Args:
        params: the GET parameters: page, page_size, after, before, last.
        order: field names that never hold NULL, the last one unique; "-" turns one round.
    """
    size = page_size(params)
    total = _bounded_count(queryset)
    number = _page_number(params, size, total)
    rows, number = _cut(queryset, params, order, size, number, total)
    return _with_links(Page(rows, number, size, total), params, order)


def neighbours(queryset, row, order: tuple[str, ...]) -> tuple:
    """(what comes before a row, what comes after it) in an order, None at an end; two reads by key.

    Args:
        queryset: of the row's model, unordered; ``values_list`` gives that in place of rows. The row itself
            need not be in it.
        order: as for ``paginate``.
    """
    values = [getattr(row, name.lstrip("-")) for name in order]
    back = tuple(_turn(name) for name in order)
    before = queryset.order_by(*back).filter(_beyond(back, values)).first()
    return before, queryset.order_by(*order).filter(_beyond(order, values)).first()


def place_in(queryset, row, order: tuple[str, ...], most: int) -> int | None:
    """Which a row is of a queryset in an order, the first being 1; None when not in it or beyond ``most``."""
    if not queryset.filter(pk=row.pk).exists():
        return None
    values = [getattr(row, name.lstrip("-")) for name in order]
    back = tuple(_turn(name) for name in order)
    before = queryset.order_by().filter(_beyond(back, values)).values("pk")[:most].count()
    return before + 1 if before < most else None


def _bounded_count(queryset):
    found = queryset.order_by().values("pk")[: COUNT_LIMIT + 1].count()
    return None if found > COUNT_LIMIT else found


def _page_number(params, size, total):
    asked = max(1, _whole_number(params.get("page"), 1))
    return asked if total is None else min(asked, max(1, -(-total // size)))


def _cut(queryset, params, order, size, number, total):
    """The rows of one page. The keys are cut first, by index alone; whole rows are read for them only."""
    keys = queryset.order_by(*order)
    after, before = (
        _cursor(queryset, params.get("after"), order),
        _cursor(queryset, params.get("before"), order),
    )
    if after is not None:
        keys, turned = keys.filter(_beyond(order, after)), False
    elif before is not None or params.get("last"):
        order_back = tuple(_turn(name) for name in order)
        keys, turned = keys.order_by(*order_back), True
        keys = keys if before is None else keys.filter(_beyond(order_back, before))
        if params.get("last") and total is not None:
            number, size = max(1, -(-total // size)), (total % size or size)
    else:
        number = min(number, COUNT_LIMIT // size)
        start, turned = (number - 1) * size, False
        keys = keys[start:]
    ids = list(keys.values_list("pk", flat=True)[:size])
    found = {row.pk: row for row in queryset.order_by().filter(pk__in=ids)}
    rows = [found[pk] for pk in ids if pk in found]
    return (rows[::-1] if turned else rows), number


def _cursor(queryset, text, order):
    """The order values a link carried; None when there is none or it was tampered with."""
    if not text:
        return None
    parts = text.split("~")
    if len(parts) != len(order):
        return None
    try:
        return [
            _field(queryset, name.lstrip("-")).to_python(part)
            for name, part in zip(order, parts, strict=True)
        ]
    except (ValidationError, ValueError, OverflowError):
        return None


def _field(queryset, name):
    """The field that reads an order value back: the model's own, or what the queryset annotates."""
    if name == "pk":
        return queryset.model._meta.pk
    annotation = queryset.query.annotations.get(name)
    return annotation.output_field if annotation else queryset.model._meta.get_field(name)


def _beyond(order, values) -> Q:
    """Rows that come after these order values: (a, b) > (x, y), direction by direction."""
    condition = Q()
    for position, (name, value) in enumerate(zip(order, values, strict=True)):
        same = Q(
            **dict(
                zip(
                    (n.lstrip("-") for n in order[:position]),
                    values[:position],
                    strict=True,
                )
            )
        )
        further = Q(**{f"{name.lstrip('-')}__{'lt' if name.startswith('-') else 'gt'}": value})
        condition |= same & further
    return condition


def _turn(name):
    return name[1:] if name.startswith("-") else f"-{name}"


def _with_links(page, params, order):
    kept = [
        (k, v)
        for k, values in _lists(params)
        for v in values
        if k not in ("page", "after", "before", "last", "format") and v
    ]
    page.base_query = urlencode(kept)
    if page.rows:
        first, last = (_key_text(row, order) for row in (page.rows[0], page.rows[-1]))
        pages = page.pages
        if page.number > 1:
            page.previous_query = urlencode([*kept, ("before", first), ("page", page.number - 1)])
        if (pages is None and len(page.rows) == page.size) or (
            pages is not None and page.number < pages
        ):
            page.next_query = urlencode([*kept, ("after", last), ("page", page.number + 1)])
        page.last_query = urlencode([*kept, ("last", 1)])
    return page


def _lists(params):
    """(name, values): a filter of several values, such as status, keeps them all."""
    return params.lists() if hasattr(params, "lists") else ((k, [v]) for k, v in params.items())


def _key_text(row, order):
    values = (getattr(row, name.lstrip("-")) for name in order)
    return "~".join(v.isoformat() if isinstance(v, date | datetime) else str(v) for v in values)


def _whole_number(text, default):
    try:
        return min(int(str(text)), 10**9)
    except ValueError:
        return default
