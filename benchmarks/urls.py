"""The site's addresses and the floors: bare views that answer with a given number of bytes.

What a floor holds is what a page cannot be without: the doors every request passes (session, account, today's
posts, permission), and for a whole page the frame around it. No floor looks for anything.
"""

from django.http import HttpResponse
from django.shortcuts import render
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


@allow("villages.view")
def frame(request, size):
    """The frame alone (menu, box, bell, crumbs) for whoever may search: emptier than any page of the site.

    Even the page of the box before anything is asked holds a form more. Filled up to the size beside it.
    """
    page = render(request, "base.html", {"title": "全局查找"})
    page.content += b" " * (size - len(page.content))
    return page


urlpatterns = [
    path("bench/floor/<int:size>/", floor),
    path("bench/searcher/<int:size>/", searcher),
    path("bench/frame/<int:size>/", frame),
    path("", include("liaison.urls")),
]
