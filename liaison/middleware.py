"""The doors every request passes: clean input, who may enter, nothing left behind."""

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpResponse, UnreadablePostError
from django.shortcuts import redirect
from django.urls import reverse

from . import access, clock, errors

IDLE_MINUTES = 30
_BEFORE_THE_FIRST_CHANGE = ("accounts:password", "accounts:logout")
_TOUCH_EVERY_SECONDS = 300  # One session write in five minutes, not one a page


class CleanInputMiddleware:
    """What no form or browser of ours sends is refused: a NUL byte, which PostgreSQL cannot even be asked for, in an
    address, a cookie or a form; a body in another writing than UTF-8, of which Python knows some it cannot read.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if _has_nul(request) or not _is_utf_8(request):
            return errors.bad_request(request)
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if request.method != "POST":
            return None
        try:
            posted = request.POST
        except (
            UnreadablePostError
        ):  # broken off on its way (whole_body.py): nobody reads the answer
            return HttpResponse(status=400)
        if any("\x00" in text for values in posted.lists() for text in (values[0], *values[1])):
            return errors.bad_request(request)
        return None


def _has_nul(request) -> bool:
    """In the address, or in a cookie: there it can be written as \\000."""
    if "\x00" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
        return True
    return any("\x00" in text for text in request.COOKIES.values())


def _is_utf_8(request) -> bool:
    """What the body says it is written in; the request reads as UTF-8 afterwards in any case."""
    said = request.content_params.get("charset", "utf-8").lower()
    request.encoding = "utf-8"
    return said in ("utf-8", "utf8")


class AccessMiddleware:
    """Log-in is the default; then the role table; then the forced change of a first password."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        declared = access.declared_access(view)
        if declared == access.OPEN:
            return None
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        _keep_session_alive(request)
        if request.user.must_change_password and (
            request.resolver_match.view_name not in _BEFORE_THE_FIRST_CHANGE
        ):
            return redirect(reverse("accounts:password"))
        if not access.permitted(request.user, declared):
            if access.is_by_rows(declared):
                raise Http404
            return errors.forbidden(request)
        return None


def _keep_session_alive(request):
    """Thirty idle minutes end a session; the mark is renewed at most every five minutes."""
    seconds = int(clock.now().timestamp())
    if seconds - request.session.get("touched", 0) > _TOUCH_EVERY_SECONDS:
        request.session["touched"] = seconds
        request.session.set_expiry(IDLE_MINUTES * 60 + _TOUCH_EVERY_SECONDS)


class PrivatePagesMiddleware:
    """What a signed-in person saw is not kept by browsers or proxies of shared machines."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if getattr(request, "user", None) is not None and request.user.is_authenticated:
            response.headers.setdefault("Cache-Control", "no-store")
        return response
