"""The site's addresses and one more: a bare view that answers with a given number of bytes."""

from django.http import HttpResponse
from django.urls import include, path

from liaison.access import SIGNED_IN, allow


@allow(SIGNED_IN)
def floor(request, size):
    """As many bytes as the page measured beside it, behind the same middleware and log-in."""
    return HttpResponse(b"x" * size)


@allow("villages.view")
def searcher(request, size):
    """The same for whoever may search: his posts are asked too, as every page with a permission does."""
    return HttpResponse(b"x" * size)


urlpatterns = [
    path("bench/floor/<int:size>/", floor),
    path("bench/searcher/<int:size>/", searcher),
    path("", include("liaison.urls")),
]
