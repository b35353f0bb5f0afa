"""Pages of the house itself: the audit trail, the burden check, the health probe."""

import django_filters
from django.db import connection
from django.http import HttpResponse
from django.shortcuts import render

from .access import OPEN, SIGNED_IN, allow
from .exports import AuditExport
from .filters import HouseFilterSet
from .forms import DateInput
from .lists import ListView
from .models import AuditEntry
from .veils import veiled


class AuditFilter(HouseFilterSet):
    """By day, by person, by act."""

    since = django_filters.DateFilter(
        "at", lookup_expr="date__gte", label="起始日期", widget=DateInput
    )
    until = django_filters.DateFilter(
        "at", lookup_expr="date__lte", label="截止日期", widget=DateInput
    )
    actor_name = django_filters.CharFilter(lookup_expr="icontains", label="操作人")
    action = django_filters.CharFilter(lookup_expr="icontains", label="操作")

    class Meta:
        model = AuditEntry
        fields = []


class AuditTrail(ListView):
    """/audit/ — the trail of the auditor's township, newest first. It changes nothing."""

    access = "liaison.audit"
    title = "审计记录"
    filterset_class = AuditFilter
    orders = {"new": ("-id",)}
    rows_template = "liaison/audit.html"
    heads = ("时间", "操作人", "岗位", "操作", "对象", "变更")
    export_class = AuditExport
    empty = "没有符合条件的记录，请放宽查询条件。"

    def get_queryset(self):
        """Lines of the townships the auditor is appointed to."""
        scope = self.request.user.village_scope(self.access)
        return AuditEntry.objects.filter(township_id__in=scope.townships)

    def prepare(self, rows):
        """What became confidential is veiled."""
        veiled(rows)


@allow(SIGNED_IN)
def burden(request):
    """/burden/ — the rules against burden, one by one, and how the system keeps each."""
    return render(request, "liaison/burden.html")


@allow(OPEN)
def healthz(request):
    """/healthz — 200 "ok" when the database answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok", content_type="text/plain")
