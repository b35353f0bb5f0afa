"""/sessions/<pk>/papers/…, /sessions/papers/, /visits/diary/ and a meeting's sign-in sheet: printed, or as .docx."""

import datetime as dt

from django.shortcuts import render
from django.urls import reverse
from django.views import View

from cadres.models import StandingMeeting
from cadres.recurrence import days_of
from cadres.views.meetings import AHEAD
from cadres.workcalendar import WorkCalendar
from desk.forms import papers as forms
from desk.papers import kinds
from desk.papers.day import days_on_paper
from desk.papers.diary import diary_of
from desk.papers.meeting import sign_in_sheet
from liaison import clock, errors
from liaison.documents.ways import answer
from liaison.scoping import get_visible_or_404
from villages.models import Village
from visits.models import LiaisonSession

from .day import CRUMBS, find_session

READS = "grievances.view"  # the papers tell of matters
MOST = 120  # papers at once
TOO_MANY = f"所选的日期共{{}}份，一次最多{MOST}份，请缩短日期、只选一个团队或少选几种文书。"
NONE_FOUND = "这段时间没有您能查看的驻点日，请改选日期或团队。"


class DayPaper(View):
    """One paper of one day; ``kind`` is set where the addresses are made."""

    access = READS
    kind = None

    def get(self, request, pk):
        """404 for a foreign day; 403 where the day may be read but not what was asked on it."""
        session = find_session(request.user, pk)
        if not with_matters(LiaisonSession.objects.filter(pk=pk), request.user).exists():
            return errors.forbidden(request)
        (day,) = days_on_paper([session], request.user, clock.now())
        paper, way = day.paper(self.kind), forms.WayForm(request.GET).way()
        return answer(
            request, [paper], way, township_id=session.township_id, title=paper.title,
            back_to=reverse("desk:day", args=[pk]),
        )  # fmt: skip


class Batch(View):
    """/sessions/papers/ — the papers of several days at once: of a day, a week or a month, of one team or all."""

    access = READS

    def get(self, request):
        """The form; with a way, the papers."""
        today = clock.today()
        monday = today - dt.timedelta(days=today.weekday())
        asked = "format" in request.GET or "from" in request.GET
        initial = {"from_": monday, "to": monday + dt.timedelta(days=6)}
        form = forms.BatchForm(request.GET if asked else None, user=request.user, initial=initial)
        if not asked or not form.is_valid() or not form.cleaned_data["format"]:
            return self.page(form, 422 if asked and not form.is_valid() else 200)
        said = form.cleaned_data
        sessions, chosen = self.sessions(said), said["kinds"]
        count = len(sessions) * len(chosen)
        if not sessions or count > MOST:
            form.add_error(None, TOO_MANY.format(count) if sessions else NONE_FOUND)
            return self.page(form, 422)
        days = days_on_paper(sessions, request.user, clock.now())
        papers = [d.paper(kind) for d in days for kind in kinds.OF_A_DAY if kind.key in chosen]
        span = f"{said['from_']:%Y%m%d}-{said['to']:%Y%m%d}"
        township = sessions[0].township
        return answer(
            request, papers, said["format"], township_id=township.pk, title="驻点日文书",
            back_to=reverse("desk:papers"), name=f"{township}_驻点日文书_{span}",
        )  # fmt: skip

    def sessions(self, said):
        """Days of these dates whose villages he reads whole, called-off ones left out; of one township."""
        rows = LiaisonSession.objects.visible_to(self.request.user)
        rows = with_matters(rows, self.request.user).within(said["from_"], said["to"])
        rows = rows.exclude(status=LiaisonSession.Status.CANCELLED)
        if said["team"]:
            rows = rows.of_team(said["team"])
        rows = rows.select_related("village__township", "township", "team", "confirmed_by")
        found = list(rows.order_by("on", "village__code", "pk")[: MOST + 1])
        return [row for row in found if row.township_id == found[0].township_id]

    def page(self, form, status=200):
        """What to print, and of which days."""
        context = {"title": "成批打印和导出", "crumbs": CRUMBS, "form": form, "most": MOST}
        return render(self.request, "desk/papers.html", context, status=status)


class Diary(View):
    """/visits/diary/?from=&to= — one's own 民情日记: on the screen with its days to choose, on paper, as .docx."""

    access = "visits.log"

    def get(self, request):
        """Asked nothing, this month's so far."""
        today = clock.today()
        initial = {"from_": today.replace(day=1), "to": today}
        asked = "from" in request.GET or "to" in request.GET
        form = forms.SpanForm(request.GET if asked else None, initial=initial)
        if asked and not form.is_valid():
            return self.page(form, None, 422)
        said = form.cleaned_data if asked else initial | {"format": ""}
        paper = diary_of(request.user, said["from_"], said["to"], clock.now())
        if not said["format"]:
            return self.page(form, paper)
        return answer(
            request, [paper], said["format"], township_id=request.user.township_id,
            title=paper.title, back_to=f"{request.path}?from={said['from_']}&to={said['to']}",
        )  # fmt: skip

    def page(self, form, paper, status=200):
        """The form above the diary."""
        context = {
            "title": "我的民情日记",
            "crumbs": (("走访记录", "visits:visits"),),
            "form": form,
            "paper": paper,
        }
        return render(self.request, "desk/diary.html", context, status=status)


class SignIn(View):
    """/plans/meetings/<pk>/sign-in/?on= — who is expected at a meeting, with room to sign; else of its next date."""

    access = "cadres.view"

    def get(self, request, pk):
        """The sheet."""
        rows = StandingMeeting.objects.select_related("township")
        meeting = get_visible_or_404(rows, request.user, pk=pk)
        form = forms.MeetingDayForm(request.GET)
        on = (form.is_valid() and form.cleaned_data["on"]) or self.next_of(meeting)
        paper = sign_in_sheet(meeting, on, request.user, clock.now())
        return answer(
            request, [paper], form.way(), township_id=meeting.township_id, title=paper.title,
            back_to=reverse("cadres:meetings"),
        )  # fmt: skip

    @staticmethod
    def next_of(meeting):
        """When it comes next; today, where no coming date is known."""
        today = clock.today()
        coming = days_of(meeting, today, today + AHEAD, WorkCalendar.load(meeting.township_id))
        return coming.days[0].on if coming.days else today


def with_matters(sessions, user):
    """Days of villages whose matters this person reads: a stand-in does on the day alone."""
    return sessions.filter(village__in=Village.objects.visible_to(user, READS))


def of_day(kind):
    """The page of one kind of paper of a day."""
    return type(f"{kind.key.title()}Paper", (DayPaper,), {"kind": kind}).as_view()
