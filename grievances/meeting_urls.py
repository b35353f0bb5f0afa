"""/meetings/: meetings that steer the work, their agenda and minutes."""

from django.urls import path

from .views import meetings

app_name = "meetings"
urlpatterns = [
    path("", meetings.Meetings.as_view(), name="meetings"),
    path("new/", meetings.NewMeeting.as_view(), name="new"),
    path("missing/", meetings.Missing.as_view(), name="missing"),
    path("<int:pk>/", meetings.MeetingPage.as_view(), name="meeting"),
    path("<int:pk>/change/", meetings.ChangeMeeting.as_view(), name="change"),
    path("<int:pk>/agenda/", meetings.Agenda.as_view(), name="agenda"),
    path("<int:pk>/minutes/", meetings.Minutes.as_view(), name="minutes"),
    path("<int:pk>/paper/", meetings.Paper.as_view(), name="paper"),
]
