"""/drafts/ and /unsent/."""

from django.urls import path

from . import views

app_name = "drafts"
urlpatterns = [
    path("drafts/key/", views.key, name="key"),
    path("unsent/", views.unsent, name="unsent"),
]
