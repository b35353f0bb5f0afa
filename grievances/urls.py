"""/ledger/: the list, its forms and lists first, then one matter by its number and its acts."""

from django.urls import path

from .views import (
    ends,
    guessing,
    lists,
    look_backs,
    matter,
    paper,
    placing,
    policies,
    promising,
    register,
    reported,
    samples,
)

app_name = "grievances"
urlpatterns = [
    path("", lists.Ledger.as_view(), name="ledger"),
    path("new/", register.Register.as_view(), name="register"),
    path("guess/", guessing.guessed_category, name="guess"),
    path("reported/", reported.Reported.as_view(), name="reported"),
    path("follow-ups/", lists.FollowUps.as_view(), name="follow_ups"),
    # /ledger/follow-ups/samples/
    path("follow-ups/samples/", samples.Samples.as_view(), name="samples"),
    path("follow-ups/samples/new/", samples.NewSample.as_view(), name="sample_new"),
    path("follow-ups/samples/policy/", samples.SamplePolicy.as_view(), name="sample_policy"),
    path("follow-ups/samples/<int:pk>/", samples.OneSample.as_view(), name="sample"),
    path("follow-ups/samples/<int:pk>/sheet/", samples.CallSheet.as_view(), name="call_sheet"),
    path("follow-ups/samples/<int:pk>/give-on/", samples.GiveOn.as_view(), name="give_on"),
    # /ledger/look-backs/
    path("look-backs/", look_backs.LookBacks.as_view(), name="look_backs"),
    path("look-backs/sheet/", look_backs.LookBackSheet.as_view(), name="look_back_sheet"),
    path("look-backs/<int:pk>/", look_backs.OneLookBack.as_view(), name="look_back"),
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
    path("<str:number>/book/", ends.PutOnBook.as_view(), name="book"),
    path("<str:number>/book/review/", ends.ReviewBook.as_view(), name="review_book"),
    path("<str:number>/book/off/", ends.TakeOffBook.as_view(), name="off_book"),
    path("<str:number>/keep/", ends.KeepSettled.as_view(), name="keep"),
    path("<str:number>/arrange/", ends.ArrangeLookBack.as_view(), name="arrange"),
    path("<str:number>/slip/", paper.Slip.as_view(), name="slip"),
    path("<str:number>/file/", paper.File.as_view(), name="file"),
    *matter.act_urls(),
]
