"""/plans/meetings/ — meetings of the township that come round again, and when each comes next."""

import datetime as dt
from functools import cache

from django.contrib import messages
from django.forms import model_to_dict
from django.urls import reverse

from cadres.actions import meetings as actions
from cadres.meeting_forms import ChangeMeetingForm, MeetingExport, MeetingFilter, NewMeetingForm
from cadres.models import StandingMeeting
from cadres.recurrence import days_of
from cadres.rhythm_forms import EXAMPLES
from cadres.workcalendar import WorkCalendar
from liaison import clock
from liaison.form_pages import FormPage
from liaison.idempotency import submit_once
from liaison.lists import ListView
from liaison.scoping import get_visible_or_404

AHEAD = dt.timedelta(days=400)  # how far the next day is looked for


class Meetings(ListView):
    """/plans/meetings/ — the township's meetings."""

    access = "cadres.view"
    title = "例会安排"
    crumbs = (("驻点安排", "cadres:plans"),)
    filterset_class = MeetingFilter
    orders = {"name": ("name", "id")}
    rows_template = "cadres/meetings.html"
    heads = ("会议名称", "时间", "地点", "遇节假日", "有效期", "下次", "操作")
    empty = "还没有例会安排：调度会、分析会、点评会按期召开的，驻点办可点“新增例会”。"
    export_class = MeetingExport
    actions = "cadres/_meeting_bar.html"

    def get_queryset(self):
        """Those of one's township."""
        return StandingMeeting.objects.visible_to(self.request.user)

    def row_context(self, rows):
        """When each comes next, who may change one, and who reads what one goes through (a page of the desk)."""
        today, calendar_of = clock.today(), cache(WorkCalendar.load)
        coming = {
            row.pk: days_of(row, today, today + AHEAD, calendar_of(row.township_id)) for row in rows
        }
        user = self.request.user
        may = {
            "manages": user.has_perm(actions.PERMISSION),
            "reads_days": user.has_perm("visits.view"),
        }
        return {"coming": coming} | may


class MeetingPage(FormPage):
    """A meeting's form."""

    access = actions.PERMISSION
    crumbs = (("驻点安排", "cadres:plans"), ("例会安排", "cadres:meetings"))
    template_name = "cadres/meeting_form.html"

    def cancel_url(self):
        """The list."""
        return reverse("cadres:meetings")

    def page(self, form, status=200, **more):
        """The page, with examples of what may be written."""
        return super().page(form, status, examples=EXAMPLES, **more)


class NewMeeting(MeetingPage):
    """/plans/meetings/new/"""

    title = "新增例会"

    def get(self, request):
        """An empty form."""
        initial = {"valid_from": clock.today(), "starts_at": dt.time(9), "ends_at": dt.time(11, 30)}
        return self.page(NewMeetingForm(initial=initial | {"holiday_rule": "next"}))

    def post(self, request):
        """Make it once."""
        form = NewMeetingForm(request.POST)
        return self.attempt(form, lambda: self._make(form))

    def _make(self, form):
        user = self.request.user
        outcome = submit_once(
            key=form.cleaned_data["form_key"],
            user=user,
            purpose="cadres.meetings.new",
            content=form.content(),
            do=lambda: self._made(form, user),
        )
        messages.success(self.request, "例会已保存。")
        return outcome.url

    def _made(self, form, user):
        actions.make_meeting(by=user, township=user.township, **form.facts())
        return reverse("cadres:meetings")


class ChangeMeeting(MeetingPage):
    """/plans/meetings/<pk>/"""

    title = "修改例会"

    def get(self, request, pk):
        """The meeting as it stands."""
        meeting = self._meeting(pk)
        initial = model_to_dict(meeting) | {"version": meeting.version, "rhythm": meeting.rhythm}
        return self.page(ChangeMeetingForm(initial=initial))

    def post(self, request, pk):
        """Save what changed."""
        meeting, form = self._meeting(pk), ChangeMeetingForm(request.POST)
        return self.attempt(form, lambda: self._change(meeting, form))

    def _meeting(self, pk):
        return get_visible_or_404(StandingMeeting.objects.all(), self.request.user, pk=pk)

    def _change(self, meeting, form):
        version = form.cleaned_data["version"]
        actions.change_meeting(
            meeting=meeting, by=self.request.user, version=version, **form.facts()
        )
        messages.success(self.request, "修改已保存。")
        return reverse("cadres:meetings")
