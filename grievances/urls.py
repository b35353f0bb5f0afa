"""/ledger/: the list, its forms and lists first, then one matter by its number and its acts."""

from django.urls import path

from .views import (
    files,
    guessing,
    lists,
    matter,
    paper_policy,
    papers,
    placing,
    policies,
    promising,
    publications,
    register,
    reported,
)

app_name = "grievances"
publication_urls = [
    path("publications/", publications.Publications.as_view(), name="publications"),
    path("publications/new/", publications.NewPublication.as_view(), name="publication_new"),
    *(
        path(f"publications/<int:pk>/{end}", view.as_view(), name=f"publication{name}")
        for end, view, name in (
            ("", publications.One, ""),
            ("hang/", publications.Hang, "_hang"),
            ("take-down/", publications.TakeDown, "_take_down"),
            ("drop/", publications.Drop, "_drop"),
            ("poster/", publications.Poster, "_poster"),
            ("pdf/", publications.PosterPdf, "_pdf"),
            ("xlsx/", publications.Sheet, "_xlsx"),
        )
    ),
]
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
    path("paper-policy/", paper_policy.PaperPolicyPage.as_view(), name="paper_policy"),
    # /ledger/publications/
    *publication_urls,
    # /ledger/files/
    path("files/<int:pk>/", files.File.as_view(), name="file"),
    path("files/<int:pk>/remove/", files.TakeAway.as_view(), name="file_remove"),
    # /ledger/<number>/
    path("<str:number>/", matter.Detail.as_view(), name="detail"),
    path("<str:number>/place/", placing.Place.as_view(), name="place"),
    path("<str:number>/promise/", promising.Promise.as_view(), name="promise"),
    path("<str:number>/reveal/", matter.Reveal.as_view(), name="reveal"),
    path("<str:number>/files/", files.Files.as_view(), name="files"),
    *papers.paper_urls(),
    *matter.act_urls(),
]
