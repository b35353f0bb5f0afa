from django.urls import path

from .views import households, places, residents, roster

app_name = "villages"
urlpatterns = [
    # /villages/
    path("villages/", places.VillageList.as_view(), name="villages"),
    path("villages/<str:code>/", places.village, name="village"),
    # /households/
    path("households/", households.HouseholdList.as_view(), name="households"),
    path("households/new/", households.AddHousehold.as_view(), name="add_household"),
    path("households/<int:pk>/", households.household, name="household"),
    path("households/<int:pk>/edit/", households.EditHousehold.as_view(), name="edit_household"),
    path(
        "households/<int:pk>/residents/new/", residents.AddResident.as_view(), name="add_resident"
    ),
    # /residents/
    path("residents/", residents.ResidentList.as_view(), name="residents"),
    path("residents/<int:pk>/edit/", residents.EditResident.as_view(), name="edit_resident"),
    path("residents/<int:pk>/reveal/", residents.Reveal.as_view(), name="reveal"),
    # /roster/
    path("roster/", roster.Upload.as_view(), name="roster"),
    path("roster/template/", roster.template, name="roster_template"),
    path("roster/<int:pk>/", roster.Preview.as_view(), name="roster_import"),
    path("roster/<int:pk>/discard/", roster.discard, name="roster_discard"),
    path("roster/<int:pk>/problems/", roster.problems, name="roster_problems"),
    # /settings/
    path("settings/personal-data/", places.personal_data, name="personal_data"),
]
