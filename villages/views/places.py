"""Villages: the list, and the page of one."""

from django.shortcuts import render

from liaison import clock
from liaison.access import SIGNED_IN, allow
from liaison.lists import ListView
from liaison.personal import REGISTRY
from liaison.scoping import get_visible_or_404
from villages.exports import VillageExport
from villages.filters import VillageFilter
from villages.models import Village


class VillageList(ListView):
    """/villages/ — in administrative order, with how much stands under each."""

    access = "villages.view"
    title = "村(社区)"
    filterset_class = VillageFilter
    orders = {"code": ("code",)}
    rows_template = "villages/villages.html"
    heads = ("村(社区)", "办公地点", "组", "在册户", "常住户", "人口", "操作")
    empty = "本镇的村(社区)还没有导入，请由系统管理员导入区划代码表。"
    export_class = VillageExport

    def get_queryset(self):
        """Villages of one's territory."""
        return Village.objects.visible_to(self.request.user).with_counts(self.request.user)

    def row_context(self, rows):
        """Numbers are links for those who may open what they count."""
        return {"may_open": self.request.user.has_perm("villages.view_households")}


@allow("villages.view")
def village(request, code):
    """/villages/<code>/ — one village: its groups, who is fixed to it, what is open there."""
    row = get_visible_or_404(Village.objects.select_related("township"), request.user, code=code)
    groups = list(row.groups.select_related("section").with_counts(request.user).in_order())
    context = {
        "village": row,
        "groups": groups,
        "has_sections": any(group.section_id for group in groups),
        "totals": {
            name: sum(getattr(group, name) for group in groups)
            for name in ("on_roll_count", "resident_count", "people_count")
        },
        "today": clock.today(),
    }
    return render(request, "villages/village.html", context)


@allow(SIGNED_IN)
def personal_data(request):
    """/settings/personal-data/ — which personal fields are kept, what for, how long, how masked."""
    return render(request, "villages/personal_data.html", {"fields": REGISTRY})
