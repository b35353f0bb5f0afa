"""/visits/new/: the desk's page under the address and the name of visits, which includes it by its name."""

from django.urls import path

from .views import outside

urlpatterns = [path("", outside.LogVisits.as_view(), name="log")]
