"""/meetings/ — 调度会, 民情分析会, 工作点评, 民情恳谈会: the list, one meeting, its agenda, minutes and paper."""

from django.db.models import Count, Q
from django.shortcuts import render
from django.urls import reverse
from django.views import View

from grievances import actions
from grievances.actions.meetings import PERMISSION, may_keep
from grievances.agenda import Proposed, proposed
from grievances.analyses import KIND, villages_without
from grievances.forms.meetings import AgendaForm, MeetingForm, MinutesForm
from grievances.meeting_filters import MeetingFilter
from grievances.minutes import minutes_paper
from grievances.models import Meeting, MeetingItem
from grievances.oversight_exports import MeetingExport
from liaison import clock
from liaison.documents.answering import docx_answer, print_answer
from liaison.documents.refusing import DocumentRefused
from liaison.form_pages import FormPage
from liaison.lists import ListView
from liaison.scoping import get_visible_or_404

READS = "grievances.view"
LIST = ("会议", "meetings:meetings")
TICKED_UP_TO = 30  # proposals ticked beforehand on an empty agenda


def items_of(meeting, user) -> list[MeetingItem]:
    """The items this reader may see."""
    rows = MeetingItem.objects.visible_to(user).filter(meeting=meeting)
    rows = rows.select_related("grievance__village", "grievance__department")
    return list(rows.defer("grievance__phone", "grievance__detail", "grievance__result"))


class Meetings(ListView):
    """/meetings/ — the newest first."""

    access = READS
    title = "会议"
    crumbs = (("民情台账", "grievances:ledger"),)
    filterset_class = MeetingFilter
    export_class = MeetingExport
    orders = {"new": ("-on", "-id")}
    rows_template = "grievances/meetings.html"
    heads = ("会议日期", "会议类别", "范围", "地点", "主持人", "议题", "议定", "状态", "操作")
    empty = "还没有会议：点“安排会议”，议题由系统从台账里提出来。"
    actions = "grievances/meetings/_bar.html"

    def get_queryset(self):
        """Of one's territory, with how much each went through."""
        seen = MeetingItem.objects.visible_to(self.request.user).order_by().values("pk")
        seen = Q(items__in=seen)
        rows = Meeting.objects.visible_to(self.request.user).annotate(
            subjects=Count("items", distinct=True, filter=seen),
            decisions=Count("items", distinct=True, filter=seen & ~Q(items__decision="")),
            present=Count("attendees", distinct=True),
        )
        return rows.select_related("village", "township", "chaired_by", "recorder")


class Missing(View):
    """/meetings/missing/ — villages without their monthly 民情分析会, where the township has one."""

    access = PERMISSION

    def get(self, request):
        """In administrative order."""
        rows = villages_without(request.user, clock.today()).in_order()
        context = {"title": "未开民情分析会的村", "crumbs": (LIST,), "rows": rows, "kind": KIND}
        return render(request, "grievances/meetings/missing.html", context)


class OneMeeting:
    """Base of pages of one meeting: a foreign one is a missing one."""

    def dispatch(self, request, *args, pk, **kwargs):
        """Find it."""
        rows = Meeting.objects.select_related("village", "township", "chaired_by", "recorder")
        self.meeting = get_visible_or_404(rows, request.user, pk=pk)
        self.crumbs = (LIST, (str(self.meeting), self.cancel_url()))
        return super().dispatch(request, *args, **kwargs)

    def cancel_url(self):
        """Its page."""
        return reverse("meetings:meeting", args=[self.meeting.pk])

    def keeps(self) -> bool:
        """Whether the reader arranges and records it."""
        return may_keep(self.request.user, self.meeting.township_id, self.meeting.village_id)


class MeetingPage(OneMeeting, View):
    """/meetings/<pk>/ — what it goes through and what it decided."""

    access = READS

    def get(self, request):
        """The page."""
        meeting = self.meeting
        context = {
            "title": str(meeting),
            "crumbs": (LIST,),
            "meeting": meeting,
            "items": items_of(meeting, request.user),
            "attendees": meeting.attendees.order_by("pk"),
            "keeps": self.keeps(),
            "has_come": meeting.on <= clock.today(),
        }
        return render(request, "grievances/meetings/detail.html", context)


class NewMeeting(FormPage):
    """/meetings/new/ — a 例会 may lead here (?standing=&on=)."""

    access = PERMISSION
    title, submit, crumbs = "安排会议", "下一步：定议题", (LIST,)

    def cancel_url(self):
        """The list."""
        return reverse("meetings:meetings")

    done = ""

    def make_form(self, data=None):
        """What led here is filled in, as far as it can be read."""
        asked, got = ("standing", "on", "kind", "village"), self.request.GET
        initial = {name: got[name] for name in asked if name in got} if data is None else None
        return MeetingForm(data, user=self.request.user, on=clock.today(), initial=initial)

    def save(self, form):
        """Once; on to the agenda."""
        user = self.request.user

        def do():
            meeting = actions.call_meeting(
                by=user, now=clock.now(), township=user.township, **form.facts()
            )
            return reverse("meetings:agenda", args=[meeting.pk])

        return self.once(form, do)


class ChangeMeeting(OneMeeting, FormPage):
    """/meetings/<pk>/change/"""

    access = PERMISSION
    title, submit = "修改会议", "保存修改"
    done = "修改已保存。"

    def make_form(self, data=None):
        """With what it says."""
        meeting = self.meeting
        return MeetingForm(data, user=self.request.user, on=clock.today(), meeting=meeting)

    def save(self, form):
        """Back to its page."""
        version = form.cleaned_data["version"]
        actions.change_meeting(
            meeting=self.meeting, by=self.request.user, version=version, **form.facts()
        )
        return self.cancel_url()


class Agenda(OneMeeting, FormPage):
    """/meetings/<pk>/agenda/ — what is proposed, to be ticked; further matters and subjects."""

    access = PERMISSION
    title, submit = "会议议题", "保存议题"
    done = "议题已保存。"
    template_name = "grievances/meetings/agenda.html"

    def make_form(self, data=None):
        """Everything proposed and everything on the agenda can be ticked."""
        meeting, user = self.meeting, self.request.user
        items = items_of(meeting, user)
        known = [Proposed(item.grievance, item.why) for item in items if item.grievance_id]
        fresh = proposed(
            user, township_id=meeting.township_id, village_id=meeting.village_id,
            on=meeting.on, now=clock.now(),
        )  # fmt: skip
        of_pk = {each.matter.pk: each for each in (*known, *fresh)}
        self.offered = list(of_pk.values())
        ticked = [each.matter.pk for each in known]
        if not items and len(fresh) <= TICKED_UP_TO:
            ticked = list(of_pk)
        subjects = "\n".join(item.subject for item in items if not item.grievance_id)
        initial = {"version": meeting.version, "matters": ticked, "subjects": subjects}
        return AgendaForm(data, user=user, offered=list(of_pk), initial=initial)

    def page(self, form, status=200, **more):
        """With the proposals as rows."""
        ticked = {str(each) for each in form["matters"].value() or ()}
        rows = [(each, str(each.matter.pk) in ticked) for each in self.offered]
        return super().page(form, status, rows=rows, meeting=self.meeting, **more)

    def save(self, form):
        """Back to the meeting."""
        data = form.cleaned_data
        why = {each.matter.pk: each.why for each in self.offered}
        ticked = {matter.pk for matter in data["matters"]}
        chosen = [each.matter for each in self.offered if each.matter.pk in ticked]
        chosen += [matter for matter in data["numbers"] if matter.pk not in ticked]
        actions.set_agenda(
            meeting=self.meeting, by=self.request.user, version=data["version"],
            matters=[(matter, why.get(matter.pk, "")) for matter in chosen],
            subjects=data["subjects"],
        )  # fmt: skip
        return self.cancel_url()


class Minutes(OneMeeting, FormPage):
    """/meetings/<pk>/minutes/ — who was there, what was said and decided."""

    access = PERMISSION
    title, submit = "会议记录", "保存会议记录"
    done = "会议记录已保存，议定事项已写入各件诉求的办理过程。"
    template_name = "grievances/meetings/minutes.html"

    def make_form(self, data=None):
        """Four fields for each item the reader may see."""
        items = items_of(self.meeting, self.request.user)
        return MinutesForm(data, meeting=self.meeting, items=items)

    def page(self, form, status=200, **more):
        """With the items."""
        return super().page(form, status, meeting=self.meeting, drawn=form.drawn(), **more)

    def save(self, form):
        """Back to the meeting."""
        data = form.cleaned_data
        actions.hold_meeting(
            meeting=self.meeting, by=self.request.user, now=clock.now(), version=data["version"],
            attendees=data["attendees"], others=data["others"], minutes=data["minutes"],
            lines=form.lines(),
        )  # fmt: skip
        return self.cancel_url()


class Paper(OneMeeting, View):
    """/meetings/<pk>/paper/ — 会议纪要 to print, or with ?format=docx as a file."""

    access = READS

    def get(self, request):
        """A township's template that cannot be used is a sentence, not a fault."""
        meeting, back = self.meeting, self.cancel_url()
        paper = minutes_paper(meeting, items_of(meeting, request.user), request.user, clock.now())
        told = {"township_id": meeting.township_id}
        try:
            if request.GET.get("format") == "docx":
                return docx_answer([paper], by=request.user, **told)
        except DocumentRefused as refusal:
            context = {"title": paper.title, "sentence": str(refusal), "back_to": back}
            return render(request, "liaison/print_refused.html", context, status=422)
        return print_answer(
            request, [paper], title=paper.title, back_to=back, docx_url="?format=docx", **told
        )
