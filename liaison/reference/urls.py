"""/settings/: the index, and the pages of every registered table."""

from django.urls import path

from .tables import TABLES
from .take_in import TakeIn
from .views import EditRow, Index, NewRow, SwitchRow, TableList, export_of, filterset_of


def pages_of(table) -> list:
    """The addresses of one table; a class each, so that each declares its own access."""
    key, common = table.key, {"table": table, "access": table.permission}
    named = type(table).__name__

    def view(base, title, **more):
        page = type(f"{named}{base.__name__}", (base,), {**common, "title": title, **more})
        return page.as_view()

    pages = table.extra_urls()
    if table.resource_class and not table.page:
        heads = (*table.resource_class.heads(), *(("操作",) if table.form_class else ()))
        listed = view(
            TableList,
            table.title,
            heads=heads,
            template_name=table.list_template,
            orders={"own": table.order},
            filterset_class=filterset_of(table),
            export_class=export_of(table),
        )
        pages.append(path(f"{key}/", listed, name=key))
    if table.form_class:
        edit = view(EditRow, f"修改{table.title}")
        pages += [
            path(f"{key}/new/", view(NewRow, f"新增{table.title}"), name=f"{key}_new"),
            path(f"{key}/<int:pk>/", edit, name=f"{key}_edit"),
        ]
        if table.active_field:
            switch = view(SwitchRow, "停用")
            pages.append(path(f"{key}/<int:pk>/switch/", switch, name=f"{key}_switch"))
    if table.resource_class:
        taken = view(TakeIn, f"导入{table.title}")
        pages.append(path(f"{key}/import/", taken, name=f"{key}_import"))
    return pages


app_name = "settings"
urlpatterns = [path("", Index.as_view(), name="index")]
for _table in TABLES.values():
    urlpatterns += pages_of(_table)
