"""/dashboard/, /reports/ and what a round has come to, /rounds/<pk>/; the rounds themselves are the visits' own."""

from django.urls import path

from .month_views import LiaisonMonth
from .round_views import Round, RoundVillage
from .views import Dashboard, Definitions

app_name = "reports"
urlpatterns = [
    path("dashboard/", Dashboard.as_view(), name="dashboard"),
    path("dashboard/definitions/", Definitions.as_view(), name="definitions"),
    path("rounds/<int:pk>/", Round.as_view(), name="round"),
    path("rounds/<int:pk>/villages/<str:code>/", RoundVillage.as_view(), name="round_village"),
    path("reports/liaison-month/", LiaisonMonth.as_view(), name="liaison_month"),
]
