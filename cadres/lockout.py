"""Five wrong passwords lock one name at one address for a while (django-axes)."""

import math

from axes.helpers import get_cool_off
from axes.models import AccessAttempt
from django.conf import settings
from django.shortcuts import render

from liaison import clock


def client_address(request) -> str | None:
    """The address the attempts are counted by.

    Behind PROXY_COUNT proxies of our own it is what the outermost of them saw: further to the
    left in X-Forwarded-For stands only what the visitor himself wrote there.
    """
    count = settings.AXES_IPWARE_PROXY_COUNT
    passed = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    if count and len(passed) >= count:
        return passed[-count].strip()
    return request.META.get("REMOTE_ADDR")


def locked(request, response=None, credentials=None):
    """The page of a locked name: how many minutes are left, and whom to ask."""
    username = (credentials or {}).get("username") or request.POST.get("username", "")
    minutes = minutes_left(username, request.axes_ip_address, clock.now())
    return render(request, "accounts/locked.html", {"minutes": minutes}, status=429)


def minutes_left(username, address, now) -> int:
    """Whole minutes until this name may be tried again from this address, at least 1."""
    attempts = AccessAttempt.objects.filter(username=username, ip_address=address)
    last = attempts.order_by("-attempt_time").values_list("attempt_time", flat=True).first()
    if last is None:
        return math.ceil(get_cool_off().total_seconds() / 60)
    return max(1, math.ceil((last + get_cool_off() - now).total_seconds() / 60))
