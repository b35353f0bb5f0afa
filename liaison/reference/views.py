"""/settings/ — the reference tables: an index, and for each its list and the forms of its rows."""

import django_filters
from django.contrib import messages
from django.db.models import Max, Q
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views import View

from liaison import clock
from liaison.excel import Column, Export
from liaison.filters import HouseFilterSet
from liaison.form_pages import FormPage
from liaison.lists import ListView
from liaison.models import AuditEntry

from . import actions
from .forms import VersionForm
from .tables import SHARED, tables_for

CRUMB = ("基础数据", "settings:index")
STATES = [("on", "在用"), ("off", "停用")]


class Index(View):
    """/settings/ — every table the person may open."""

    access = "liaison.settings"

    def get(self, request):
        """Each with its rows, its last change and what can be done."""
        tables = tables_for(request.user)
        changed = last_changes(tables, request.user)
        shared = any(table.is_shared and not table.may_change(request.user) for table in tables)
        context = {
            "title": "基础数据",
            "entries": [self._entry(table, changed) for table in tables],
            "shared": SHARED if shared else "",
        }
        return render(request, "settings/index.html", context)

    def _entry(self, table, changed):
        user = self.request.user
        may_change = table.may_change(user)
        takes_in = table.resource_class is not None
        return {
            "table": table,
            "count": table.own_rows(user).count(),
            "off": table.own_rows(user).filter(**{table.active_field: False}).count()
            if table.active_field
            else 0,
            "changed": changed.get(table.model._meta.label),
            "may_change": may_change,
            "list_url": reverse(table.page or f"settings:{table.key}"),
            "new_url": new_url(table) if may_change else "",
            "import_url": reverse(f"settings:{table.key}_import")
            if may_change and takes_in
            else "",
            "exports": takes_in,
            "edits": may_change and table.form_class,
        }


def new_url(table) -> str:
    """Where a row is added; "" when rows only come in by files."""
    if not (table.new_page or table.form_class):
        return ""
    return reverse(table.new_page or f"settings:{table.key}_new")


def last_changes(tables, user) -> dict:
    """{model label: moment of its last line in the trail}; of a township's own rows only its own."""
    shared = [table.model._meta.label for table in tables if table.is_shared]
    own = [table.model._meta.label for table in tables if not table.is_shared]
    lines = AuditEntry.objects.filter(
        Q(object_type__in=shared)
        | Q(object_type__in=own, township_id__in=user.village_scope().townships)
    )
    return dict(lines.order_by().values_list("object_type").annotate(Max("at")))


class TableList(ListView):
    """/settings/<table>/ — the rows; ``?format=xlsx`` is a file that can be brought in again."""

    table = None
    crumbs = (CRUMB,)
    rows_template = "settings/rows.html"
    actions = "settings/_bar.html"
    empty = "还没有内容，请新增，或从文件导入。"

    def get_queryset(self):
        """The rows this person may read."""
        return self.table.rows(self.request.user)

    def get_context(self, page):
        """With what may be done here, and by whom."""
        table = self.table
        self.may_change = table.may_change(self.request.user)
        more = table.list_context(self.request.user, clock.today())
        return (
            super().get_context(page)
            | more
            | {
                "table": table,
                "lead": table.about,
                "shared": SHARED if table.is_shared and not self.may_change else "",
                "new_url": new_url(table) if self.may_change else "",
                "import_url": reverse(f"settings:{table.key}_import") if self.may_change else "",
            }
        )

    def row_context(self, rows):
        """Each row's cells as they go out, and where to change it."""
        table = self.table
        state = table.resource_class.head_of(table.active_field) if table.active_field else ""
        return {
            "cells": {row.pk: list(table.texts(row).items()) for row in rows},
            "state_head": state,
            "has_forms": bool(table.form_class),
            "edits": bool(table.form_class) and self.may_change,
            "active_field": table.active_field,
            "key": table.key,
        }


def filterset_of(table):
    """The table's own; else by name, and by being in use where rows can be switched off."""
    if table.filterset_class:
        return table.filterset_class
    fields = {
        "name": django_filters.CharFilter(lookup_expr="icontains", label="名称", max_length=60)
    }
    if table.active_field:
        fields["state"] = django_filters.ChoiceFilter(
            label="状态", choices=STATES, method=_by_state(table.active_field)
        )
    meta = type("Meta", (), {"model": table.model, "fields": []})
    return type(f"{table.model.__name__}Filter", (HouseFilterSet,), {**fields, "Meta": meta})


def _by_state(active_field):
    def chosen(queryset, name, value):
        return queryset.filter(**{active_field: value == "on"})

    return chosen


def export_of(table):
    """The sheet of a table: every cell text, exactly what the import reads."""
    columns = tuple(
        Column(field.column_name, field.export, table.widths.get(field.column_name, 14))
        for field in table.resource_class.fields.values()
    )
    words = {"title": table.title, "file_word": table.title, "columns": columns}
    return type(f"{table.model.__name__}Export", (Export,), words)


class RowPage(FormPage):
    """Base of the forms of one table."""

    table = None

    def dispatch(self, request, *args, **kwargs):
        """Who may read but not change is led back to the list and told whom to ask."""
        self.crumbs = (CRUMB, (self.table.title, self.cancel_url()))
        if "pk" in kwargs:
            self.stored = self.row(kwargs["pk"])
        if not self.table.may_change(request.user):
            messages.warning(request, self.table.why_not())
            return redirect(self.cancel_url())
        return super().dispatch(request, *args, **kwargs)

    def cancel_url(self):
        """The list."""
        return reverse(self.table.page or f"settings:{self.table.key}")

    def row(self, pk):
        """A row of the table, or 404."""
        try:
            return self.table.rows(self.request.user).get(pk=pk)
        except (self.table.model.DoesNotExist, OverflowError) as gone:
            raise Http404 from gone


class NewRow(RowPage):
    """/settings/<table>/new/."""

    @property
    def lead(self):
        """What the table is for."""
        return self.table.about

    def done_words(self):
        """Into which table."""
        return f"{self.table.title}已新增。"

    def make_form(self, data=None):
        """An empty form."""
        return self.table.form(self.request.user, data)

    def save(self, form):
        """Store it once; returns the list's address."""
        user = self.request.user

        def do():
            actions.add_row(table=self.table, by=user, **form.facts(), **self.table.given(user))
            return self.cancel_url()

        return self.once(form, do)


class EditRow(RowPage):
    """/settings/<table>/<pk>/."""

    submit, done = "保存修改", "修改已保存。"
    lead = "改名只用于纠正文字；意思变了，请停用这一条，另新增一条，以前的记录和数字就不变。"

    def make_form(self, data=None):
        """The form, filled in."""
        return self.table.form(self.request.user, data, row=self.stored)

    def save(self, form):
        """Save unless somebody else did in between; returns the list's address."""
        actions.change_row(
            table=self.table,
            row=self.stored,
            by=self.request.user,
            version=form.cleaned_data["version"],
            **form.facts(),
        )
        return self.cancel_url()


class SwitchRow(RowPage):
    """/settings/<table>/<pk>/switch/ — asks, then switches a row off, or on again."""

    def get(self, request, pk):
        """What it means."""
        form = VersionForm(initial={"version": self.stored.version})
        return self.page(form, **self.words())

    def post(self, request, pk):
        """Do it."""
        form = VersionForm(request.POST)
        self.submit = self.words()["submit"]
        return self.attempt(form, lambda: self.save(form))

    def words(self):
        """The question and the word on the button."""
        self.title = f"{'停用' if self.is_on() else '启用'}{self.table.label(self.stored)}"
        if self.is_on():
            lead = "停用后填表时不再列出；已经用到它的记录、统计数字都不变，以后可以再启用。"
            return {"title": self.title, "submit": "停用", "lead": lead}
        return {"title": self.title, "submit": "启用", "lead": "启用后填表时可以再选到它。"}

    def is_on(self):
        """Whether the row is in use."""
        return getattr(self.stored, self.table.active_field)

    def save(self, form):
        """Returns the list's address."""
        is_on = self.is_on()
        actions.switch_row(
            table=self.table,
            row=self.stored,
            by=self.request.user,
            version=form.cleaned_data["version"],
            is_active=not is_on,
        )
        messages.success(self.request, "已停用。" if is_on else "已启用。")
        return self.cancel_url()
