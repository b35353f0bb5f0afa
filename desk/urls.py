"""/ (the desk), /search/ and the page of one liaison day."""

from django.urls import include, path

from .views import (
    agenda,
    by_line,
    day,
    further,
    home,
    offline,
    reporting,
    saved,
    sheets,
    single_day,
)

app_name = "desk"
urlpatterns = [
    path("", home.home, name="home"),
    path("search/", home.Search.as_view(), name="search"),
    path("search/suggest/", home.Suggest.as_view(), name="suggest"),
    path("plans/meetings/<int:pk>/agenda/", agenda.agenda, name="agenda"),
    # /visits/report/
    path("visits/report/<int:pk>/", reporting.Report.as_view(), name="report"),
    # /sessions/
    path("sessions/new/", single_day.NewDay.as_view(), name="new_day"),
    path("sessions/<int:pk>/matters/", single_day.Matters.as_view(), name="matters"),
    path("sessions/sheets/", sheets.SheetsPage.as_view(), name="sheets"),
    path("sessions/<int:pk>/sheet/", sheets.SheetPage.as_view(), name="sheet"),
    path("sessions/<int:pk>/by-line/", by_line.ByLine.as_view(), name="by_line"),
    # /sessions/<pk>/
    path("sessions/<int:pk>/", day.LiaisonDay.as_view(), name="day"),
    path("sessions/<int:pk>/saved/", saved.day_saved, name="day_saved"),
    # /offline/
    path("offline/", offline.shell, name="offline"),
    path("offline/worker.js", offline.worker, name="offline_worker"),
    # /visits/
    path("visits/saved/", saved.visits_saved, name="visits_saved"),
    path("visits/<int:pk>/matters/", further.AddMatters.as_view(), name="add_matters"),
    path("", include("desk.paper_urls")),
]
