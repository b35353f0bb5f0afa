"""/ledger/: the list, its forms and lists first, then one matter by its number and its acts."""

from django.urls import path

from .views import (
    alerting,
    confidential,
    ends,
    extending,
    files,
    guessing,
    lists,
    look_backs,
    matter,
    paper,
    paper_policy,
    papers,
    placing,
    policies,
    promising,
    publications,
    publications_due,
    redating,
    register,
    reported,
    routing,
    samples,
    spot_checks,
    supervising,
    triage,
)

app_name = "grievances"
publication_urls = [
    path("publications/", publications.Publications.as_view(), name="publications"),
    path("publications/due/", publications_due.DueLists.as_view(), name="publications_due"),
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
    path("route/", routing.routed, name="routed"),
    path("triage/", triage.ChooseMany.as_view(), name="triage"),
    path("triage/<int:pk>/", triage.Triaged.as_view(), name="triaged"),
    path("reported/", reported.Reported.as_view(), name="reported"),
    path("follow-ups/", lists.FollowUps.as_view(), name="follow_ups"),
    path("supervisions/", supervising.Supervisions.as_view(), name="supervisions"),
    # /ledger/follow-ups/samples/
    path("follow-ups/samples/", samples.Samples.as_view(), name="samples"),
    path("follow-ups/samples/new/", samples.NewSample.as_view(), name="sample_new"),
    path("follow-ups/samples/policy/", samples.SamplePolicy.as_view(), name="sample_policy"),
    path("follow-ups/samples/<int:pk>/", samples.OneSample.as_view(), name="sample"),
    path("follow-ups/samples/<int:pk>/sheet/", samples.CallSheet.as_view(), name="call_sheet"),
    path("follow-ups/samples/<int:pk>/give-on/", samples.GiveOn.as_view(), name="give_on"),
    # /ledger/look-backs/
    path("look-backs/", look_backs.LookBacks.as_view(), name="look_backs"),
    path("look-backs/draws/", spot_checks.LookBackDraws.as_view(), name="look_back_draws"),
    path("look-backs/draws/new/", spot_checks.DrawLookBacks.as_view(), name="look_back_draw"),
    path("look-backs/sheet/", look_backs.LookBackSheet.as_view(), name="look_back_sheet"),
    path("look-backs/<int:pk>/", look_backs.OneLookBack.as_view(), name="look_back"),
    path("import/", lists.LedgerUpload.as_view(), name="import"),
    # /ledger/confidential/
    path("confidential/", confidential.Confidential.as_view(), name="confidential"),
    path("confidential/new/", confidential.Confide.as_view(), name="confide"),
    path("confidential/rules/", confidential.Rules.as_view(), name="confidential_rules"),
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
    path("paper-policy/", paper_policy.PaperPolicyPage.as_view(), name="paper_policy"),
    # /ledger/publications/
    *publication_urls,
    # /ledger/files/
    path("files/<int:pk>/", files.File.as_view(), name="attachment"),
    path("files/<int:pk>/remove/", files.TakeAway.as_view(), name="attachment_remove"),
    # /ledger/<number>/
    path("<str:number>/", matter.Detail.as_view(), name="detail"),
    path("<str:number>/place/", placing.Place.as_view(), name="place"),
    path("<str:number>/promise/", promising.Promise.as_view(), name="promise"),
    path("<str:number>/extend/", extending.AskExtension.as_view(), name="extend"),
    path("<str:number>/alert/", alerting.Alert.as_view(), name="alert"),
    path("<str:number>/clear-alert/", alerting.ClearAlert.as_view(), name="clear_alert"),
    path("<str:number>/reveal/", matter.Reveal.as_view(), name="reveal"),
    path("<str:number>/supervise/", supervising.Supervise.as_view(), name="supervise"),
    path("<str:number>/supervise/reply/", supervising.Reply.as_view(), name="reply_supervision"),
    path("<str:number>/supervise/lift/", supervising.Lift.as_view(), name="lift_supervision"),
    path("<str:number>/urge/", supervising.Urge.as_view(), name="urge"),
    path("<str:number>/book/", ends.PutOnBook.as_view(), name="book"),
    path("<str:number>/book/review/", ends.ReviewBook.as_view(), name="review_book"),
    path("<str:number>/book/off/", ends.TakeOffBook.as_view(), name="off_book"),
    path("<str:number>/keep/", ends.KeepSettled.as_view(), name="keep"),
    path("<str:number>/arrange/", ends.ArrangeLookBack.as_view(), name="arrange"),
    path("<str:number>/slip/", paper.Slip.as_view(), name="slip"),
    path("<str:number>/file/", paper.File.as_view(), name="file"),
    path("<str:number>/files/", files.Files.as_view(), name="attachments"),
    *papers.paper_urls(),
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
