"""/ledger/: the list, its forms and lists first, then one matter by its number and its acts."""

from django.urls import path

from .views import guessing, lists, matter, placing, policies, promising, register, reported, triage
from .views.routing import routed

app_name = "grievances"
urlpatterns = [
    path("", lists.Ledger.as_view(), name="ledger"),
    path("new/", register.Register.as_view(), name="register"),
    path("guess/", guessing.guessed_category, name="guess"),
    path("route/", routed, name="routed"),
    path("triage/", triage.ChooseMany.as_view(), name="triage"),
    path("triage/<int:pk>/", triage.Triaged.as_view(), name="triaged"),
    path("reported/", reported.Reported.as_view(), name="reported"),
    path("follow-ups/", lists.FollowUps.as_view(), name="follow_ups"),
    path("import/", lists.LedgerUpload.as_view(), name="import"),
    # /ledger/policies/
    path("policies/", policies.Policies.as_view(), name="policies"),
    path("policies/new/", policies.NewPolicy.as_view(), name="policy_new"),
    path("policies/<int:pk>/", policies.EditPolicy.as_view(), name="policy_edit"),
    # /ledger/<number>/
    path("<str:number>/", matter.Detail.as_view(), name="detail"),
    path("<str:number>/place/", placing.Place.as_view(), name="place"),
    path("<str:number>/promise/", promising.Promise.as_view(), name="promise"),
    path("<str:number>/reveal/", matter.Reveal.as_view(), name="reveal"),
    *matter.act_urls(),
]
