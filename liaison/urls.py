"""The site's addresses, app by app, named as strings so that no import circle passes through here."""

from django.urls import include, path

from . import views

urlpatterns = [
    path("", include("desk.urls")),  # /  /search/
    path("accounts/", include("cadres.account_urls")),
    path("", include("villages.urls")),  # /villages/ /households/ /residents/ /roster/
    path("", include("cadres.urls")),  # /cadres/ /teams/ /links/ /plans/ /calendar/ /notices/
    path("", include("visits.urls")),  # /sessions/ /visits/ /rounds/
    path("ledger/", include("grievances.urls")),
    path("meetings/", include("grievances.meeting_urls")),
    path("", include("reports.urls")),  # /dashboard/ /rounds/<pk>/ /reports/
    path("settings/", include("liaison.reference.urls")),
    path("", include("liaison.imports.urls")),  # /imports/ /jobs/
    path("", include("liaison.drafts.urls")),  # /drafts/ /unsent/
    path("audit/", views.AuditTrail.as_view(), name="audit"),
    path("burden/", views.burden, name="burden"),
    path("healthz", views.healthz, name="healthz"),
]

handler400 = "liaison.errors.bad_request"
handler403 = "liaison.errors.forbidden"
handler404 = "liaison.errors.not_found"
handler500 = "liaison.errors.server_error"
