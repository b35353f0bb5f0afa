"""Lists: liaison days and visits."""

import datetime as dt
from urllib.parse import urlencode

from django.db.models import Count, Sum

from cadres.models import Seat
from liaison import clock
from liaison.lists import ListView
from visits.exports import SessionExport, VisitExport
from visits.filters import SessionFilter, VisitFilter
from visits.leading import MANAGE
from visits.models import LeaveRequest, LiaisonSession, Visit

FIGURES = "reports.view"
DAY = dt.timedelta(days=1)


class Sessions(ListView):
    """/sessions/ — liaison days; asked nothing, those of today and to come."""

    access = "visits.view"
    title = "驻点日"
    filterset_class = SessionFilter
    orders = {"day": ("on", "village_id", "id"), "past": ("-on", "-village_id", "-id")}
    rows_template = "visits/sessions.html"
    heads = ("日期", "村(社区)", "时间", "地点", "团队", "状态", "走访接待", "操作")
    empty = "这段时间没有驻点日：可放宽查询条件，或由镇驻点办在“驻点安排”里排定。"
    export_class = SessionExport
    actions = "visits/_session_bar.html"

    def get(self, request, *args, **kwargs):
        """Without any condition the list begins today, and says so in its query block."""
        if not set(request.GET) & set(SessionFilter.base_filters):
            request.GET = request.GET.copy()
            request.GET["on_from"] = clock.today().isoformat()
        return super().get(request, *args, **kwargs)

    def get_queryset(self):
        """Days of one's villages and those one stands in on; behind a figure, those the figure counts."""
        user, asked = self.request.user, self.request.GET
        counts = "due" in asked or asked.get("confirm") == "past"
        permission = FIGURES if counts and user.has_perm(FIGURES) else ""
        rows = LiaisonSession.objects.visible_to(user, permission)
        return rows.select_related("village", "team", "made_up_for")

    def get_context(self, page):
        """Two short cuts: days not written up, and past days newest first; and whether he sets days himself."""
        yesterday = clock.today() - DAY
        unwritten = urlencode({"status": "planned", "on_to": yesterday})
        past = urlencode({"on_to": yesterday, "order": "past"})
        posts = [post.pk for post in self.request.user.current_posts]
        arranges = (
            self.request.user.has_perm(MANAGE)
            or Seat.objects.leading().filter(post__in=posts).exists()
        )
        more = {"unwritten": unwritten, "past": past, "arranges": arranges}
        return super().get_context(page) | more

    def row_context(self, rows):
        """How many lines each day has, its make-up day, leaves that wait, and who may call one off."""
        user, shown = self.request.user, [row.pk for row in rows]
        visits = Visit.objects.visible_to(user).filter(session__in=shown).order_by()
        leaves = (
            LeaveRequest.objects.visible_to(user).waiting().filter(session__in=shown).order_by()
        )
        make_ups = LiaisonSession.objects.filter(made_up_for__in=shown).exclude(
            status__in=("cancelled", "missed")
        )
        return {
            "lines": dict(visits.values_list("session").annotate(Count("pk"))),
            "leaves": dict(leaves.values_list("session").annotate(Count("pk"))),
            "make_ups": {day.made_up_for_id: day for day in make_ups.order_by("on")},
            "manages": user.has_perm("visits.manage"),
        }


class Visits(ListView):
    """/visits/ — receptions, visits and calls, newest first."""

    access = "visits.view"
    title = "走访记录"
    filterset_class = VisitFilter
    orders = {"day": ("-occurred_on", "-id")}
    rows_template = "visits/visits.html"
    heads = ("日期", "村(社区)", "户 / 来访人", "方式", "人次", "反映情况", "登记人", "操作")
    empty = "还没有走访记录：驻点日在“驻点日”里填写，平时的走访点“登记走访”。"
    export_class = VisitExport
    actions = "visits/_visit_bar.html"

    def get_queryset(self):
        """Visits in one's villages."""
        rows = Visit.objects.visible_to(self.request.user)
        return rows.select_related("village", "household__group", "entered_by")

    def in_all(self, page):
        """人次 of all rows found, not of this page: what 接待人次 of the figures is compared with."""
        if not page.total:
            return ""
        told = self.filterset.qs.order_by().aggregate(persons=Sum("persons"))
        return f"{told['persons']} 人次"

    def row_context(self, rows):
        """Who may put a visit right."""
        return {"writes": self.request.user.has_perm("visits.log")}
