"""/ledger/: the list, its forms and lists first, then one matter by its number and its acts."""

from django.urls import path

from .views import (
    alerting,
    extending,
    guessing,
    lists,
    matter,
    placing,
    policies,
    promising,
    redating,
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
    # /ledger/policies/
    path("policies/", policies.Policies.as_view(), name="policies"),
    path("policies/new/", policies.NewPolicy.as_view(), name="policy_new"),
    path("policies/<int:pk>/", policies.EditPolicy.as_view(), name="policy_edit"),
    path("policies/recalculate/", redating.Recalculate.as_view(), name="recalculate"),
    # /ledger/risks/, /ledger/alert-bands/
    path("risks/", alerting.Risks.as_view(), name="risks"),
    path("alert-bands/", alerting.Bands.as_view(), name="bands"),
    path("alert-bands/new/", alerting.NewBand.as_view(), name="band_new"),
    path("alert-bands/<int:pk>/", alerting.EditBand.as_view(), name="band_edit"),
    # /ledger/extensions/
    path("extensions/", extending.Extensions.as_view(), name="extensions"),
    path(
        "extensions/<int:pk>/decide/", extending.DecideExtension.as_view(), name="extension_decide"
    ),
    path("extensions/<int:pk>/told/", extending.ExtensionTold.as_view(), name="extension_told"),
    path(
        "extensions/<int:pk>/withdraw/",
        extending.WithdrawExtension.as_view(),
        name="extension_withdraw",
    ),
    # /ledger/<number>/
    path("<str:number>/", matter.Detail.as_view(), name="detail"),
    path("<str:number>/place/", placing.Place.as_view(), name="place"),
    path("<str:number>/promise/", promising.Promise.as_view(), name="promise"),
    path("<str:number>/extend/", extending.AskExtension.as_view(), name="extend"),
    path("<str:number>/alert/", alerting.Alert.as_view(), name="alert"),
    path("<str:number>/clear-alert/", alerting.ClearAlert.as_view(), name="clear_alert"),
    path("<str:number>/reveal/", matter.Reveal.as_view(), name="reveal"),
    *matter.act_urls(),
]
