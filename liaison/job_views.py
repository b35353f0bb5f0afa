"""/jobs/ — one's long work: how far it is, how it ended."""

import django_filters
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.views import View

from . import jobs
from .access import SIGNED_IN
from .excel import Column, Export
from .filters import HouseFilterSet
from .lists import ListView
from .models import Job
from .rows import moment
from .scoping import get_visible_or_404


class JobFilter(HouseFilterSet):
    """By state."""

    state = django_filters.ChoiceFilter(label="状态", choices=Job.State.choices, empty_label="全部")

    class Meta:
        model = Job
        fields = []


class JobExport(Export):
    """后台任务."""

    title = "后台任务"
    file_word = "后台任务"
    columns = (
        Column("任务", "title", 40),
        Column("发起时间", lambda job: moment(job.requested_at), 18),
        Column("结束时间", lambda job: moment(job.finished_at), 18),
        Column("状态", "get_state_display", 10),
        Column("结果", "outcome", 50),
    )


class Jobs(ListView):
    """/jobs/."""

    access = SIGNED_IN
    title = "后台任务"
    filterset_class = JobFilter
    orders = {"new": ("-id",)}
    rows_template = "liaison/jobs.html"
    heads = ("任务", "发起时间", "状态", "进度", "结果", "操作")
    export_class = JobExport
    empty = "还没有后台任务；导入较大的文件时会出现在这里。"

    def get_queryset(self):
        """One's own."""
        return Job.objects.visible_to(self.request.user)


class CancelJob(View):
    """/jobs/<pk>/cancel/."""

    access = SIGNED_IN
    http_method_names = ("post",)

    def post(self, request, pk):
        job = get_visible_or_404(Job.objects.all(), request.user, pk=pk)
        if job.is_open:
            jobs.cancel(job=job)
        return HttpResponseRedirect(reverse("imports:jobs"))
