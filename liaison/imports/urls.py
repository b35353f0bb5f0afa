"""/imports/ and /jobs/: what every kind of file shares. Upload pages stand in the apps' own urls."""

from django.urls import path

from liaison.imports import column_views, lists, views
from liaison.job_views import CancelJob, Jobs

app_name = "imports"
urlpatterns = [
    # /imports/
    path("imports/", lists.Batches.as_view(), name="batches"),
    path("imports/<int:pk>/", views.Batch.as_view(), name="batch"),
    path("imports/<int:pk>/lines/", lists.Lines.as_view(), name="lines"),
    path("imports/<int:pk>/columns/", column_views.Columns.as_view(), name="columns"),
    path("imports/<int:pk>/header/", column_views.Header.as_view(), name="header"),
    path("imports/<int:pk>/problems/", views.Problems.as_view(), name="problems"),
    path("imports/<int:pk>/progress/", views.Working.as_view(), name="progress"),
    path("imports/<int:pk>/confirm/", views.Confirm.as_view(), name="confirm"),
    path("imports/<int:pk>/discard/", views.Discard.as_view(), name="discard"),
    path("imports/<int:pk>/cancel/", views.Cancel.as_view(), name="cancel"),
    path("imports/<int:pk>/undo/", views.Undo.as_view(), name="undo"),
    # /jobs/
    path("jobs/", Jobs.as_view(), name="jobs"),
    path("jobs/<int:pk>/cancel/", CancelJob.as_view(), name="cancel_job"),
]
