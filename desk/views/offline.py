"""/offline/ — the page of rows without a server behind it: no person, no place, nothing but blank rows.

On https a service worker keeps it with what it needs to be drawn, and shows it where a liaison day or the visit
form is opened without a line; what is typed there goes where every draft goes (docs/decisions/0035).
"""

import hashlib
import json
import re

from django.conf import settings
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.http import require_safe

from desk import forms
from liaison.access import OPEN, allow

ROWS = 6
GONE = (
    "self.addEventListener('install', () => self.skipWaiting());\n"
    "self.addEventListener('activate', (event) => event.waitUntil(caches.keys()"
    ".then((names) => Promise.all(names.map((name) => caches.delete(name))))"
    ".then(() => self.registration.unregister())));\n"
)


@require_safe
@allow(OPEN)
def shell(request):
    """/offline/ — the same bytes for everybody, so that a shared phone may keep them."""
    return HttpResponse(_page(), headers={"Cache-Control": "no-cache"})


@require_safe
@allow(OPEN)
def worker(request):
    """/offline/worker.js — what the worker keeps; with OFFLINE_PAGE off, a worker that removes itself."""
    text = _worker() if settings.OFFLINE_PAGE else GONE
    headers = {"Cache-Control": "no-cache", "Service-Worker-Allowed": "/"}
    return HttpResponse(text, content_type="text/javascript", headers=headers)


def _worker() -> str:
    """The worker, changed by a byte whenever the page or a file of it changes: then browsers fetch all anew."""
    page = _page()
    assets = sorted({*re.findall(rf'"({re.escape(settings.STATIC_URL)}[^"]+)"', page)})
    kept = {
        "name": f"liaison-{hashlib.sha256(page.encode()).hexdigest()[:16]}",
        "page": reverse("desk:offline"),
        "assets": assets,
    }
    return f"self.kept = {json.dumps(kept)};\nimportScripts({json.dumps(static('js/drafts-worker.js'))});\n"


def _page() -> str:
    """Drawn without a request: nothing of who asks can be in it."""
    page = forms.BlankPage(ROWS)
    context = {
        "title": "断网填写",
        "house_name": "驻点联系群众工作平台",
        "shell": True,
        "page": page,
        "asks": True,
        "most_rows": forms.MOST_ROWS,
        "more_rows": forms.MORE_ROWS,
        "most_matters": forms.MOST_MATTERS,
    }
    return render_to_string("desk/offline.html", context)
