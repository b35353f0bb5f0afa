from django.urls import path

from .views import (
    duplicates,
    files,
    households,
    life,
    persons,
    places,
    residents,
    roster,
    similar,
)

app_name = "villages"
urlpatterns = [
    # /villages/
    path("villages/", places.VillageList.as_view(), name="villages"),
    path("villages/<str:code>/", places.village, name="village"),
    # /households/
    path("households/", households.HouseholdList.as_view(), name="households"),
    path("households/new/", households.AddHousehold.as_view(), name="add_household"),
    path("households/<int:pk>/", files.household, name="household"),
    path("households/<int:pk>/edit/", households.EditHousehold.as_view(), name="edit_household"),
    path(
        "households/<int:pk>/residents/new/", residents.AddResident.as_view(), name="add_resident"
    ),
    # /households/<pk>/move/ …
    *life.act_urls(),
    # /residents/
    path("residents/", residents.ResidentList.as_view(), name="residents"),
    path("residents/similar/", similar.Similar.as_view(), name="similar"),
    path("residents/duplicates/", duplicates.Duplicates.as_view(), name="duplicates"),
    path("residents/<int:pk>/", files.resident, name="resident"),
    path("residents/<int:pk>/edit/", residents.EditResident.as_view(), name="edit_resident"),
    path("residents/<int:pk>/reveal/", residents.Reveal.as_view(), name="reveal"),
    path("residents/<int:pk>/return/", persons.Return.as_view(), name="return_to_roll"),
    path("residents/<int:pk>/merge/", duplicates.MergePeople.as_view(), name="merge_people"),
    path("residents/<int:pk>/tags/", persons.GiveTag.as_view(), name="give_tag"),
    path("residents/tags/<int:pk>/end/", persons.EndTag.as_view(), name="end_tag"),
    # /roster/
    path("roster/", roster.RosterUpload.as_view(), name="roster"),
    path("roster/export/", roster.RosterDownload.as_view(), name="roster_export"),
    # /settings/
    path("settings/personal-data/", places.personal_data, name="personal_data"),
]
