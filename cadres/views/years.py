"""/settings/years/load/ and /notice/ — publish a year of the 工作日历: from the data carried in, or from the notice."""

import datetime as dt

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.views import View

from cadres.actions import calendar as actions
from cadres.calendar_forms import YearForm
from cadres.holiday_notice import WORKDAY
from cadres.models import CalendarDay
from cadres.notice_forms import NoticeForm
from cadres.reference import NationalDays
from liaison import clock
from liaison.errors import NotAllowed
from liaison.reference.reading import Row, Rows
from liaison.reference.take_in import TakeIn

DAY = dt.timedelta(days=1)
COLUMNS = {"日期": "", "类型": "", "名称": ""}


class LoadYear(View):
    """POST a year; the list then shows its days, or says why not."""

    access = NationalDays.permission
    http_method_names = ["post"]

    def post(self, request):
        """Publish it, once."""
        form = YearForm(request.POST)
        try:
            NationalDays().require(request.user)
            if not form.is_valid():
                raise NotAllowed("请选择要发布的年份。")
            year = form.cleaned_data["year"]
            actions.publish_carried(year=year, by=request.user, today=clock.today())
            messages.success(request, f"{year}年工作日历已发布，驻点日已随之调整。")
        except NotAllowed as refusal:
            messages.warning(request, str(refusal))
        return redirect(reverse("settings:years"))


class NoticePage(TakeIn):
    """/settings/years/notice/ — the pasted text → the days and the moves it would make → published once."""

    table = NationalDays()
    access = table.permission
    title = "粘贴放假通知"
    submit = "读取并预览"
    template_name = "settings/notice.html"

    def upload_form(self, *data):
        """The text in place of a file."""
        return NoticeForm(*data)

    def post(self, request):
        """A text to look at, or the confirmation of one."""
        if "payload" in request.POST:
            return super().post(request)
        form = NoticeForm(request.POST)
        if not form.is_valid():
            return self.page(form, status=422)
        notice = form.notice
        staged = self.stage(rows_of(notice, names_of_stored(notice.days)))
        said = {**form.said(), "unused": notice.unused[:20]}
        return self.preview(staged, f"{notice.year}年放假通知", said)

    def preview(self, staged, file_name, said, status=200, warning=""):
        """With what the text left open, and what it is going to be quoted as."""
        days = [line.instance for line in staged.lines if line.instance]
        self.told = {"notice_said": said, "holidays": by_holiday(days)}
        return super().preview(staged, file_name, said, status, warning)

    def page(self, form, status=200, **more):
        """With what preview() noted."""
        return super().page(form, status, **getattr(self, "told", {}), **more)


def names_of_stored(days) -> dict:
    """{(day, kind): its name} of the country's days that are so already: 清明 stays when a notice says 清明节."""
    stored = CalendarDay.objects.filter(township=None, on__in=[day.on for day in days])
    return {(day.on, day.kind): day.name for day in stored}


def rows_of(notice, names) -> Rows:
    """The days of a notice as rows of the table, numbered in order of date; ``names`` go before its own."""
    told = (
        {
            "日期": day.on.isoformat(),
            "类型": "上班" if day.kind == WORKDAY else "放假",
            "名称": names.get((day.on, day.kind), day.name),
        }
        for day in notice.days
    )
    return Rows("", COLUMNS, tuple(Row(number, cells) for number, cells in enumerate(told, 1)))


def by_holiday(days) -> list[dict]:
    """{name, spells [(first, last)] off, number of days off, worked} of each holiday, in order of its first day."""
    found = {}
    for day in sorted(days, key=lambda day: day.on):
        told = found.setdefault(
            day.name, {"name": day.name, "spells": [], "number": 0, "worked": []}
        )
        if day.kind == WORKDAY:
            told["worked"].append(day.on)
            continue
        told["number"] += 1
        if told["spells"] and told["spells"][-1][1] + DAY == day.on:
            told["spells"][-1] = (told["spells"][-1][0], day.on)
        else:
            told["spells"].append((day.on, day.on))
    return list(found.values())
