"""/ — the desk — and /search/."""

from urllib.parse import urlencode

from django.shortcuts import redirect, render
from django.urls import reverse
from django.views import View

from cadres.models import Notice
from desk.search import find, is_personal, tidy
from desk.todo import doors, sessions_ahead, todos
from liaison import clock
from liaison.access import SIGNED_IN, allow

NOTICES = 5


@allow(SIGNED_IN)
def home(request):
    """/ — what waits for this person, his next liaison day, what he has not read."""
    user, today = request.user, clock.today()
    sessions = sessions_ahead(user, today)
    unread = Notice.objects.visible_to(user).unread().order_by("-id")[: NOTICES + 1]
    context = {
        "today": today,
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
        text = tidy(request.GET.get("q", ""))
        if is_personal(text):
            return self.page("", personal=True)
        return self.page(text, found=find(request.user, text))

    def post(self, request):
        text = tidy(request.POST.get("q", ""))
        if is_personal(text):
            return self.page("", found=find(request.user, text), by_number=True)
        return redirect(f"{reverse('desk:search')}?{urlencode({'q': text})}")

    def page(self, text, found=(), **more):
        """The box, and what was found."""
        asked = bool(text) or more.get("by_number", False)
        context = {"title": "全局查找", "text": text, "found": found, "asked": asked, **more}
        return render(self.request, "desk/search.html", context)
