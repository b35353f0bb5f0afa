"""/sessions/ (liaison days), /public-notices/, /visits/ and /rounds/; the page of one day is the desk's."""

from django.urls import include, path

from .views import (
    arranging,
    calendars,
    coverage,
    duties,
    feeds,
    forms,
    leave,
    lists,
    needs,
    notices,
    one_visit,
    photos,
    points,
    proposals,
    rounds,
    schematic,
    walking,
    wishes,
)

app_name = "visits"
urlpatterns = [
    # /sessions/
    path("sessions/", lists.Sessions.as_view(), name="sessions"),
    path("sessions/month/", calendars.MonthPage.as_view(), name="month"),
    path("sessions/year-plan/", calendars.YearPlan.as_view(), name="year_plan"),
    path("sessions/teams/<int:pk>/year/", calendars.TeamYear.as_view(), name="team_year"),
    path(
        "sessions/villages/<str:code>/year/", calendars.VillageYear.as_view(), name="village_year"
    ),
    path("sessions/<int:pk>/off/", forms.CallOff.as_view(), name="call_off"),
    path("sessions/<int:pk>/make-up/", arranging.MakeUp.as_view(), name="make_up"),
    path("sessions/<int:pk>/leave/", leave.AskLeave.as_view(), name="ask_leave"),
    path("sessions/skipped/", arranging.MakeUpSkipped.as_view(), name="make_up_skipped"),
    path("sessions/rules/", arranging.Rules.as_view(), name="rules"),
    # /sessions/leave/
    path("sessions/leave/", leave.Leaves.as_view(), name="leaves"),
    path("sessions/leave/<int:pk>/", leave.Leave.as_view(), name="leave"),
    path("sessions/leave/<int:pk>/withdraw/", leave.WithdrawLeave.as_view(), name="withdraw_leave"),
    # /public-notices/
    path("public-notices/", notices.PublicNotices.as_view(), name="public_notices"),
    path("public-notices/posted/", notices.MarkPosted.as_view(), name="mark_posted"),
    path("public-notices/print/", notices.PrintNotices.as_view(), name="print_notices"),
    path("public-notices/ahead/", notices.NoticePolicies.as_view(), name="notice_policies"),
    path("public-notices/<int:pk>/take-back/", notices.TakeBack.as_view(), name="take_back_notice"),
    # /calendar/feeds/
    path("calendar/feeds/", feeds.Feeds.as_view(), name="feeds"),
    path("calendar/feeds/issue/", feeds.IssueFeed.as_view(), name="issue_feed"),
    path("calendar/feeds/<int:pk>/revoke/", feeds.RevokeFeed.as_view(), name="revoke_feed"),
    path("calendar/feeds/<str:token>.ics", feeds.Feed.as_view(), name="feed"),
    # /visits/
    path("visits/", lists.Visits.as_view(), name="visits"),
    path("visits/new/", include("desk.outside_urls")),  # visits:log, a page of the desk
    path("visits/coverage/", coverage.Coverage.as_view(), name="coverage"),
    path("visits/households/", forms.found_households, name="found"),
    path("visits/<int:pk>/", one_visit.one_visit, name="visit"),
    path("visits/<int:pk>/edit/", one_visit.ChangeVisit.as_view(), name="change"),
    # /visits/proposals/ and /visits/needs/
    path("visits/proposals/", proposals.Proposals.as_view(), name="proposals"),
    path("visits/proposals/new/", proposals.NewProposal.as_view(), name="new_proposal"),
    path("visits/proposals/<int:pk>/", proposals.OneProposal.as_view(), name="proposal"),
    path("visits/needs/", needs.Needs.as_view(), name="needs"),
    path("visits/needs/new/", needs.NewNeed.as_view(), name="new_need"),
    path("visits/needs/<int:pk>/", needs.OneNeed.as_view(), name="need"),
    # /visits/photos/
    path("visits/<int:pk>/photos/", photos.Photos.as_view(), name="photos"),
    path("visits/photos/<int:pk>/", photos.photo, name="photo"),
    path("visits/photos/<int:pk>/small/", photos.small_photo, name="small_photo"),
    path("visits/photos/<int:pk>/remove/", photos.TakeAway.as_view(), name="take_away_photo"),
    # /rounds/
    path("rounds/", rounds.Rounds.as_view(), name="rounds"),
    path("rounds/new/", rounds.NewRound.as_view(), name="new_round"),
    path("rounds/<int:pk>/edit/", rounds.ChangeRound.as_view(), name="change_round"),
    path("rounds/<int:pk>/close/", rounds.SwitchRound.as_view(), name="switch_round"),
    path("rounds/<int:pk>/villages/<str:code>/walk/", walking.Walk.as_view(), name="walk"),
    path(
        "rounds/<int:pk>/villages/<str:code>/map/", schematic.RoundMap.as_view(), name="round_map"
    ),
    path("villages/<str:code>/map/", schematic.VillageMap.as_view(), name="village_map"),
    path("villages/<str:code>/map/points/", points.HousePoints.as_view(), name="house_points"),
    # /visits/due/, /visits/intervals/, /visits/quotas/
    path("visits/due/", duties.Due.as_view(), name="due"),
    path("visits/due/print/", duties.PrintDue.as_view(), name="print_due"),
    path("visits/intervals/", duties.ContactPolicies.as_view(), name="contact_policies"),
    path("visits/quotas/", duties.VisitQuotas.as_view(), name="visit_quotas"),
    # /visits/wishes/
    path("visits/wishes/", wishes.Wishes.as_view(), name="wishes"),
    path("visits/wishes/new/", wishes.NewWish.as_view(), name="wish_new"),
    path("visits/wishes/<int:pk>/", wishes.WishPage.as_view(), name="wish"),
    path("visits/wishes/<int:pk>/print/", wishes.PrintWish.as_view(), name="print_wish"),
    *wishes.act_urls(),
]
