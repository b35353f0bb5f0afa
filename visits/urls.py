"""/sessions/ (liaison days) and /visits/; the page of one day is the desk's."""

from django.urls import path

from .views import forms, lists

app_name = "visits"
urlpatterns = [
    # /sessions/
    path("sessions/", lists.Sessions.as_view(), name="sessions"),
    path("sessions/<int:pk>/off/", forms.CallOff.as_view(), name="call_off"),
    # /visits/
    path("visits/", lists.Visits.as_view(), name="visits"),
    path("visits/new/", forms.LogVisit.as_view(), name="log"),
    path("visits/coverage/", lists.Coverage.as_view(), name="coverage"),
    path("visits/households/", forms.found_households, name="found"),
    path("visits/<int:pk>/edit/", forms.ChangeVisit.as_view(), name="change"),
]
