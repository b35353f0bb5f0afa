from django.urls import include, path

from cadres.views import handovers, imports, people, teams

app_name = "cadres"
urlpatterns = [
    # /cadres/
    path("cadres/", people.Cadres.as_view(), name="cadres"),
    path("cadres/import/", imports.CadreUpload.as_view(), name="import_cadres"),
    path("cadres/<int:pk>/", people.Cadre.as_view(), name="cadre"),
    path("handovers/<int:pk>/", handovers.HandoverSheet.as_view(), name="handover"),
    path("handovers/<int:pk>/withdraw/", handovers.Withdraw.as_view(), name="withdraw_handover"),
    # /teams/
    path("teams/", teams.Teams.as_view(), name="teams"),
    path("teams/new/", teams.NewTeam.as_view(), name="new_team"),
    path("teams/<int:pk>/", teams.Team.as_view(), name="team"),
    path("teams/<int:pk>/edit/", teams.EditTeam.as_view(), name="edit_team"),
    path("", include("cadres.card_urls")),  # /cards/
    path("", include("cadres.link_urls")),  # /links/
    path("", include("cadres.plan_urls")),  # /plans/ /calendar/ /notices/
]
