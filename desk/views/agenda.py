"""/plans/meetings/<pk>/agenda/ — what the next meeting has to go through, to be printed."""

from django.shortcuts import render
from django.urls import reverse

from cadres.models import StandingMeeting
from cadres.workcalendar import WorkCalendar
from desk.agenda import Agenda, MeetingDays
from desk.forms.agenda import AgendaForm
from liaison import clock
from liaison.access import allow
from liaison.scoping import get_visible_or_404


@allow("visits.view")
def agenda(request, pk):
    """The agenda of the day that was asked for; nonsense in the address is the next day and all villages."""
    rows = StandingMeeting.objects.select_related("township")
    meeting = get_visible_or_404(rows, request.user, pk=pk)
    days = MeetingDays.of(meeting, clock.today(), WorkCalendar.load(meeting.township_id))
    given = {"days": days, "user": request.user, "township": meeting.township_id}
    form = AgendaForm(request.GET or None, **given)
    asked = form.cleaned_data if form.is_valid() else {}
    on = asked.get("on") or days.next_on
    context = {
        "title": f"{meeting.name}议题",
        "back_to": reverse("cadres:meetings"),
        "meeting": meeting,
        "stopped": days.stopped,
        "form": form,
        "now": clock.now(),
        "agenda": Agenda(
            meeting, request.user, on, days.before[on], clock.now(), asked.get("village")
        ),
    }
    return render(request, "desk/agenda.html", context)
