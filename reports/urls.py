"""/dashboard/"""

from django.urls import path

from .views import Dashboard, Definitions

app_name = "reports"
urlpatterns = [
    path("", Dashboard.as_view(), name="dashboard"),
    path("definitions/", Definitions.as_view(), name="definitions"),
]
