"""/notices/ — one's own notices; and, for the office, what did not go out."""

from django.contrib import messages
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views import View
from django.views.decorators.http import require_POST

from cadres.actions import notices as actions
from cadres.models import Delivery, Notice
from cadres.notice_filters import DeliveryFilter, NoticeFilter
from cadres.office_exports import DeliveryExport, NoticeExport
from liaison import clock
from liaison.access import SIGNED_IN, allow
from liaison.errors import NotAllowed
from liaison.lists import ListView
from liaison.scoping import get_visible_or_404


class Notices(ListView):
    """/notices/ — what one was told, newest first."""

    access = SIGNED_IN
    title = "通知"
    filterset_class = NoticeFilter
    orders = {"new": ("-id",)}
    rows_template = "cadres/notices.html"
    export_class = NoticeExport
    heads = ("时间", "标题", "状态")
    empty = "还没有通知：驻点日之前、有事交办时，会在这里告诉您。"
    actions = "cadres/_notice_bar.html"

    def get_queryset(self):
        """One's own."""
        return Notice.objects.visible_to(self.request.user)


class OneNotice(View):
    """/notices/<pk>/ — one of one's own notices; opening it is reading it."""

    access = SIGNED_IN

    def get(self, request, pk):
        """The notice, and the link to what it is about."""
        notice = get_visible_or_404(Notice.objects.all(), request.user, pk=pk)
        actions.mark_read(by=request.user, now=clock.now(), pk=notice.pk)
        context = {"title": "通知", "crumbs": (("全部通知", "cadres:notices"),), "notice": notice}
        return render(request, "cadres/notice.html", context)


@allow(SIGNED_IN)
@require_POST
def read_all(request):
    """/notices/read/ — mark all of one's own read."""
    count = actions.mark_read(by=request.user, now=clock.now())
    messages.success(request, f"已将{count}条通知标为已读。")
    return redirect("cadres:notices")


class StuckDeliveries(ListView):
    """/notices/stuck/ — what did not go out of one's townships, and why; what came too late."""

    access = actions.RETRY
    title = "未发出的通知"
    crumbs = (("通知", "cadres:notices"),)
    filterset_class = DeliveryFilter
    orders = {"new": ("-id",)}
    rows_template = "cadres/deliveries.html"
    export_class = DeliveryExport
    heads = ("应发时间", "收件人", "渠道", "标题", "状态", "次数", "原因", "操作")
    empty = "通知都已发出，不用处理。"
    actions = "cadres/_delivery_bar.html"

    def get_queryset(self):
        """Given up, refused and waiting, due for long; and 过期未发."""
        seen = Delivery.objects.visible_to(self.request.user)
        rows = seen.stuck(clock.now()) | seen.expired()
        return rows.select_related("notice__recipient", "group_notice__robot")

    def row_context(self, rows):
        """The token of each row's button."""
        return {"csrf": get_token(self.request)}


def _retry(request, pk=None):
    now = clock.now()
    try:
        done = actions.retry(by=request.user, now=now, pk=pk)
    except NotAllowed as refusal:
        messages.error(request, str(refusal))
    else:
        when = (
            "一分钟内发出" if done.opens <= now else f"免打扰时段过后{local_hour(done.opens)}发出"
        )
        messages.success(request, f"已安排重发{done.count}条，{when}。")
    return redirect("cadres:stuck")


def local_hour(moment) -> str:
    """「07:00」 in Shanghai."""
    return f"{timezone.localtime(moment):%H:%M}"


@allow(actions.RETRY)
@require_POST
def retry_all(request):
    """/notices/stuck/retry/ — all that are stuck once more; not what came too late."""
    return _retry(request)


@allow(actions.RETRY)
@require_POST
def retry_one(request, pk):
    """/notices/stuck/<pk>/retry/ — this one once more."""
    get_visible_or_404(Delivery.objects.all(), request.user, pk=pk)
    return _retry(request, pk)
