"""/ — the desk —, /search/ and what it suggests."""

from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views import View

from cadres.models import Notice
from desk.search import SUGGESTED, find
from desk.todo import DAY, doors, sessions_ahead, todos
from liaison import clock
from liaison.access import SIGNED_IN, allow
from liaison.rows import render_rows
from villages.typed import Typed

NOTICES = 5


@allow(SIGNED_IN)
def home(request):
    """/ — what waits for this person, his next liaison day, what he has not read."""
    user, today = request.user, clock.today()
    sessions = sessions_ahead(user, today)
    unread = Notice.objects.visible_to(user).unread().order_by("-id")[: NOTICES + 1]
    context = {
        "today": today,
        "tomorrow": today + DAY,
        "todos": todos(user, today, clock.now()),
        "doors": doors(user),
        "todays": [row for row in sessions if row.on == today],
        "coming": [row for row in sessions if row.on > today],
        "notices": list(unread[:NOTICES]),
    }
    return render(request, "desk/home.html", context)


class Search(View):
    """/search/?q= — a whole ID or phone number comes by POST and stays out of addresses and of the page."""

    access = "villages.view"

    def get(self, request):
        typed = Typed.read(request.GET.get("q", ""))
        if typed.is_personal:
            return self.page("", personal=True)
        return self.page(typed.text, found=find(request.user, typed))

    def post(self, request):
        typed = Typed.read(request.POST.get("q", ""))
        if typed.is_personal:
            return self.page("", found=find(request.user, typed), by_number=True)
        return redirect(f"{reverse('desk:search')}?{urlencode({'q': typed.text})}")

    def page(self, text, found=(), **more):
        """The box, and what was found."""
        asked = bool(text) or more.get("by_number", False)
        context = {"title": "全局查找", "text": text, "found": found, "asked": asked, **more}
        context["found_html"] = render_rows("desk/found.html", {"found": found}) if found else ""
        return render(self.request, "desk/search.html", context)


class Suggest(View):
    """/search/suggest/ — the first few of each kind while somebody types; by POST, so no address keeps it."""

    access = "villages.view"
    http_method_names = ("post",)

    def post(self, request):
        typed = Typed.read(request.POST.get("q", ""))
        found = find(request.user, typed, SUGGESTED)
        return HttpResponse(render_rows("desk/suggestions.html", {"typed": typed, "found": found}))
