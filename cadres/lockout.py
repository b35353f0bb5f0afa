"""Five wrong passwords lock one name at one address for a while (django-axes)."""

import math
import re
from ipaddress import ip_address

from axes.helpers import get_cool_off
from axes.models import AccessAttempt
from django.conf import settings
from django.shortcuts import render

from liaison import clock

_WITH_PORT = re.compile(r"\[(.+)\](?::\d+)?|([\d.]+):\d+")


def client_address(request) -> str | None:
    """The address the attempts are counted by.

    Behind PROXY_COUNT proxies of our own it is what the outermost of them saw: further to the
    left in X-Forwarded-For stands only what the visitor himself wrote there.
    """
    count = settings.AXES_IPWARE_PROXY_COUNT
    passed = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    told = _address_in(passed[-count]) if count and len(passed) >= count else ""
    return told or _address_in(request.META.get("REMOTE_ADDR", "")) or None


def _address_in(text) -> str:
    """An address without the port some proxies write beside it; "" for anything else."""
    text = text.strip()
    bracketed = _WITH_PORT.fullmatch(text)
    try:
        return str(ip_address(bracketed[1] or bracketed[2] if bracketed else text))
    except ValueError:
        return ""


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
