"""One list, seen three ways: a page, its rows alone for htmx, and an .xlsx of exactly the filtered rows.

A list view says what its rows are; filtering, paging, drawing and export are here.
"""

from django.http import HttpResponse
from django.shortcuts import render
from django.views import View

from . import clock
from .paging import paginate
from .query_block import draw
from .rows import render_rows

ONLY_LINKED = "您只查看联系给您的户；这里没有的，请联系镇驻点办核对您的联系户。"


def wants_fragment(request) -> bool:
    """True when htmx will swap a piece into a page it already has."""
    has = request.headers.__contains__
    return has("HX-Request") and not has("HX-Boosted") and not has("HX-History-Restore-Request")


class ListView(View):
    """Base of every list page.

    Subclasses set:
        access: who may open it (access.py).
        title, crumbs: words of the page; crumbs are (label, url name or "").
        filterset_class: a django-filter FilterSet with explicit fields.
        orders: whitelist {"name shown in ?order=": (field, ..., "-pk"-like unique last field)}; first is default.
        rows_template: a Jinja2 template under templates/rows/; it gets
            ``rows``, ``first_number``, ``today``, ``now``, ``request``.
        heads: column heads in order, of plain text.
        empty: what to do next when nothing is there.
        export_class: an Export (excel.py) or None.
        actions: template of the buttons on the bar, or "".
    """

    access = ""
    title = ""
    crumbs = ()
    filterset_class = None
    orders = {}
    rows_template = ""
    heads = ()
    empty = ""
    export_class = None
    actions = ""
    template_name = "lists/page.html"
    rows_page = "lists/_rows.html"

    def get_queryset(self):
        """The rows this user may see, unfiltered and unordered, with select_related for the row template."""
        raise NotImplementedError(f"{type(self).__name__} does not say what its rows are")

    def get(self, request, *args, **kwargs):
        self.filterset = self.filterset_class(
            request.GET, queryset=self.get_queryset(), request=request
        )
        if not self.filterset.is_valid():
            return self.answer(self.filterset.queryset.none(), status=422)
        if request.GET.get("format") == "xlsx" and self.export_class:
            return self.export(self.filterset.qs)
        return self.answer(self.filterset.qs)

    def order(self) -> tuple[str, ...]:
        """Field names to order by; an unknown ?order= falls back to the default."""
        default = next(iter(self.orders.values()))
        return self.orders.get(self.request.GET.get("order", ""), default)

    def answer(self, queryset, status=200) -> HttpResponse:
        """The whole page, or its rows alone."""
        page = paginate(queryset, self.request.GET, self.order())
        fragment = wants_fragment(self.request)
        context = self.get_context(page)
        response = render(
            self.request,
            self.rows_page if fragment else self.template_name,
            context,
            status=status,
        )
        response.headers["Vary"] = "HX-Request"
        return response

    def get_context(self, page) -> dict:
        """What the page template gets; subclasses add their own words."""
        self.prepare(page.rows)
        context = {
            "rows": page.rows,
            "first_number": page.first_row_number,
            "today": clock.today(),
            "now": clock.now(),
            "request": self.request,
        }
        return {
            "view": self,
            "title": self.title,
            "crumbs": self.crumbs,
            "filter": self.filterset,
            "page": page,
            "heads": self.heads,
            "in_all": "" if self.filterset.form.errors else self.in_all(page),
            "empty": "" if page.rows else self.next_step(),
            # Not the class itself: a template would call it.
            "may_export": bool(self.export_class),
            # The rows alone, for htmx, leave the block as it stands
            "query_html": "" if wants_fragment(self.request) else draw(self.filterset.form),
            "rows_html": render_rows(self.rows_template, context | self.row_context(page.rows)),
        }

    def in_all(self, page) -> str:
        """What the rows found add up to beside their number, in words: 「3 人次」; "" where nothing does."""
        return ""

    def prepare(self, rows) -> None:
        """Hang onto the page's rows what their template shows, in one query for all of them."""

    def row_context(self, rows) -> dict:
        """More for the row template: dicts by id, permissions worked out once."""
        return {}

    def next_step(self) -> str:
        """What to do when nothing is there; who reads linked households alone is told so."""
        scope = self.request.user.village_scope()
        by_household = getattr(self.filterset.queryset, "household_path", "")
        return ONLY_LINKED if by_household and scope.linked_villages else self.empty

    def export(self, queryset) -> HttpResponse:
        """The filtered rows, in the list's order, as a workbook."""
        export = self.export_class(
            queryset=queryset.order_by(*self.order()),
            user=self.request.user,
            on=clock.today(),
            period=self.filterset.period(),
        )
        return export.response(filters=self.filterset.in_words())
