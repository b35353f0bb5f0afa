"""Refusals, and the pages that say them. Every sentence tells what to do next."""

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.http import HttpResponse
from django.shortcuts import render


class NotAllowed(Exception):
    """A verb refuses: wrong state, wrong hands or a missing word.

    ``str(refusal)`` is one Chinese sentence for the person at the desk.
    """


class Stale(NotAllowed):
    """The row was changed by somebody else after this page was opened.

    ``current`` is the row as it stands now.
    """

    def __init__(self, current, sentence="这条记录刚被别人改过，请核对后再提交。"):
        super().__init__(sentence)
        self.current = current


class DifferentContent(Exception):
    """One form identifier came twice with different content.

    ``earlier`` and ``now`` are lists of (label, text) to show side by side.
    """

    def __init__(self, earlier, now, result_url=""):
        super().__init__("same submission identifier, other content")
        self.earlier, self.now, self.result_url = earlier, now, result_url


def _page(request, template, status, **context) -> HttpResponse:
    return render(request, template, context, status=status)


def bad_request(request, exception=None):
    """400: the address or the form holds something no form of ours sends; 413: more than a form may hold."""
    if isinstance(exception, (RequestDataTooBig, TooManyFieldsSent)):
        return _page(request, "errors/413.html", 413)
    return _page(request, "errors/400.html", 400)


def forbidden(request, exception=None):
    """403: signed in, but this post does not do that work."""
    return _page(request, "errors/403.html", 403)


def not_found(request, exception=None):
    """404: missing, or not of one's territory; the two cannot be told apart."""
    return _page(request, "errors/404.html", 404)


def conflict(request, difference: DifferentContent):
    """409: what came first beside what came now."""
    rows = _side_by_side(difference.earlier, difference.now)
    answer = _page(request, "errors/409.html", 409, rows=rows, result_url=difference.result_url)
    answer.headers["X-Draft-Why"] = "different"  # apart from a stale save (drafts/answers.py)
    return answer


def collision(request):
    """503: the database undid this act in favour of another one of the same moment (collisions.py)."""
    return _page(request, "errors/503.html", 503)


def server_error(request):
    """500: rendered without the database, so that it shows when that is what broke."""
    return HttpResponse(
        "<!doctype html><html lang=zh-CN><meta charset=utf-8><title>系统故障</title>"
        "<h1>系统出了故障</h1><p>您填写的内容请先不要关闭页面，稍等一分钟后重试；"
        "仍不行请联系系统管理员。</p></html>",
        status=500,
    )


def csrf_failure(request, reason=""):
    """403 of the form token: usually a page left open over a log-out."""
    answer = _page(request, "errors/csrf.html", 403)
    answer.headers["X-Draft-Why"] = (
        "form_token"  # apart from a missing permission (drafts/answers.py)
    )
    return answer


def _side_by_side(earlier, now):
    first, second = dict(earlier), dict(now)
    labels = list(first) + [label for label in second if label not in first]
    return [
        {
            "label": k,
            "earlier": first.get(k, ""),
            "now": second.get(k, ""),
            "differs": first.get(k) != second.get(k),
        }
        for k in labels
    ]
