"""/ledger/: the list, its forms and lists first, then one matter by its number and its acts."""

from django.urls import path

from .views import (
    confidential,
    guessing,
    lists,
    matter,
    placing,
    policies,
    promising,
    register,
    reported,
)

app_name = "grievances"
urlpatterns = [
    path("", lists.Ledger.as_view(), name="ledger"),
    path("new/", register.Register.as_view(), name="register"),
    path("guess/", guessing.guessed_category, name="guess"),
    path("reported/", reported.Reported.as_view(), name="reported"),
    path("follow-ups/", lists.FollowUps.as_view(), name="follow_ups"),
    path("import/", lists.LedgerUpload.as_view(), name="import"),
    # /ledger/confidential/
    path("confidential/", confidential.Confidential.as_view(), name="confidential"),
    path("confidential/new/", confidential.Confide.as_view(), name="confide"),
    path("confidential/rules/", confidential.Rules.as_view(), name="confidential_rules"),
    # /ledger/policies/
    path("policies/", policies.Policies.as_view(), name="policies"),
    path("policies/new/", policies.NewPolicy.as_view(), name="policy_new"),
    path("policies/<int:pk>/", policies.EditPolicy.as_view(), name="policy_edit"),
    # /ledger/<number>/
    path("<str:number>/", matter.Detail.as_view(), name="detail"),
    path("<str:number>/place/", placing.Place.as_view(), name="place"),
    path("<str:number>/promise/", promising.Promise.as_view(), name="promise"),
    path("<str:number>/reveal/", matter.Reveal.as_view(), name="reveal"),
    path(
        "<str:number>/confidential/",
        confidential.MakeConfidential.as_view(),
        name="make_confidential",
    ),
    path("<str:number>/ordinary/", confidential.MakeOrdinary.as_view(), name="make_ordinary"),
    path("<str:number>/readers/", confidential.NameReader.as_view(), name="name_reader"),
    path("<str:number>/readers/end/", confidential.EndReader.as_view(), name="end_reader"),
    path("<str:number>/accused/", confidential.Accuse.as_view(), name="accuse"),
    *matter.act_urls(),
]
