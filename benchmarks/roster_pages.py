"""A light page, asked for again and again by a process of its own: idle, and while an import works."""

import json
import select
import statistics
import sys
from time import perf_counter

PAGE = "/notices/"
IDLE_ROUNDS, PAUSE = 40, 0.1  # seconds


def measure():
    """Print a line once the idle page is known, another when standard input closes."""
    from django.conf import settings
    from django.test import Client

    from cadres.models import User

    settings.ALLOWED_HOSTS = ["testserver"]
    settings.STORAGES["staticfiles"]["BACKEND"] = (
        "django.contrib.staticfiles.storage.StaticFilesStorage"
    )
    client = Client()
    client.force_login(User.objects.get(username="bench"), "cadres.backends.RoleBackend")
    for _ in range(3):
        _ask(client)
    idle = [_ask(client) for _ in range(IDLE_ROUNDS)]
    print("ready", flush=True)
    busy = []
    while not select.select([sys.stdin], [], [], PAUSE)[0]:
        busy.append(_ask(client))
    print(json.dumps({"idle": _figures(idle), "busy": _figures(busy)}))


def _ask(client):
    start = perf_counter()
    status = client.get(PAGE, secure=True).status_code
    if status != 200:
        raise SystemExit(f"{PAGE}: {status}")
    return (perf_counter() - start) * 1000


def _figures(times):
    """Milliseconds: median, p95, longest; how many were asked for."""
    times = sorted(times)
    return {
        "median": statistics.median(times),
        "p95": times[int(len(times) * 0.95) - 1],
        "longest": times[-1],
        "asked": len(times),
    }
