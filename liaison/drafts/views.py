"""/drafts/key/ and /unsent/."""

import base64

from django.http import JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.views.decorators.http import require_GET

from liaison.access import SIGNED_IN, allow

from .keys import key_of, tag_of


@require_GET
@allow(SIGNED_IN)
def key(request):
    """/drafts/key/ — what opens one's own drafts; kept by the tab's memory alone, until log-out."""
    get_token(request)  # sets the cookie the next save reads
    answer = {"tag": tag_of(request.user), "key": base64.b64encode(key_of(request.user)).decode()}
    return JsonResponse(answer, headers={"Cache-Control": "no-store"})


@allow(SIGNED_IN)
def unsent(request):
    """/unsent/ — what this browser keeps and has not sent; the list itself is written by the script."""
    return render(request, "liaison/unsent.html", {"title": "未发出的内容"})
