"""/links/; included by cadres.urls, in its namespace."""

from django.urls import path

from cadres.views import linking, links, representatives

urlpatterns = [
    path("links/", links.LinkedHouseholds.as_view(), name="links"),
    path("links/bulk/", linking.LinkMany.as_view(), name="link_many"),
    path(
        "links/import/",
        linking.LinkUpload.as_view(),
        name="import_links",
    ),
    path("links/bounds/", representatives.LinkPolicies.as_view(), name="link_policies"),
    path("links/<int:pk>/end/", linking.EndLink.as_view(), name="end_link"),
    # /links/representatives/
    path("links/representatives/", links.Representatives.as_view(), name="representatives"),
    path(
        "links/representatives/new/",
        representatives.AppointRepresentative.as_view(),
        name="appoint_representative",
    ),
    path(
        "links/representatives/<int:pk>/end/",
        representatives.EndRepresentative.as_view(),
        name="end_representative",
    ),
    path(
        "links/representatives/<int:pk>/hand-over/",
        linking.HandOverRepresentative.as_view(),
        name="hand_over_representative",
    ),
    # /links/cadres/
    path("links/cadres/", links.LinkedPosts.as_view(), name="linked_posts"),
    path("links/cadres/<int:pk>/hand-over/", linking.HandOverPost.as_view(), name="hand_over_post"),
]
