"""/plans/meetings/ — meetings of the township that come round again, and when each comes next."""

import datetime as dt
from functools import cache

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

    title, done = "新增例会", "例会已保存。"

    def make_form(self, data=None):
        """An empty form."""
        times = {"starts_at": dt.time(9), "ends_at": dt.time(11, 30)}
        initial = {"valid_from": clock.today(), "holiday_rule": "next", **times}
        return NewMeetingForm(data, initial=initial)

    def save(self, form):
        """Make it once; returns the list."""
        user = self.request.user

        def do():
            actions.make_meeting(by=user, township=user.township, **form.facts())
            return self.cancel_url()

        return self.once(form, do)


class ChangeMeeting(MeetingPage):
    """/plans/meetings/<pk>/"""

    title, done = "修改例会", "修改已保存。"

    def make_form(self, data=None):
        """The meeting as it stands."""
        rows, pk = StandingMeeting.objects.all(), self.kwargs["pk"]
        self.meeting = row = get_visible_or_404(rows, self.request.user, pk=pk)
        initial = model_to_dict(row) | {"version": row.version, "rhythm": row.rhythm}
        return ChangeMeetingForm(data, initial=initial)

    def save(self, form):
        """Save what changed; returns the list."""
        version, by = form.cleaned_data["version"], self.request.user
        actions.change_meeting(meeting=self.meeting, by=by, version=version, **form.facts())
        return self.cancel_url()
