"""The pages measured, each asked by the person who uses it most."""

from itertools import cycle

from django.test import Client
from django.urls import reverse

from cadres.models import User
from grievances.models import Grievance
from tests.filling import form_on
from villages.models import Household, Resident
from visits.models import Visit, VisitRound


def counts() -> str:
    """How many rows stand behind the figures."""
    rows = (("residents", Resident), ("visits", Visit), ("matters", Grievance))
    return ", ".join(f"{model.objects.count():,} {name}" for name, model in rows)


def signed_in(username: str) -> Client:
    """A client with a session of its own."""
    client = Client()
    client.force_login(User.objects.get(username=username), backend="cadres.backends.RoleBackend")
    return client


def cases():
    """(name, page, floor) of every measured page."""
    clerk = signed_in("bangong")
    ledger, village = reverse("grievances:ledger"), Household.objects.order_by("pk").first().village
    household = Household.objects.filter(visits__isnull=False).order_by("pk").first()

    def floor(size):
        return clerk.get(f"/bench/floor/{size}/")

    def get(url, **params):
        return lambda: clerk.get(url, params)

    deep = {"page": 100, "after": _deep_cursor()}
    yield "ledger, first page", get(ledger), floor
    yield "ledger, filtered", get(ledger, village=village.pk, state="open"), floor
    yield "ledger, deep", get(ledger, **deep), floor
    yield "households, first page", get(reverse("villages:households")), floor
    yield "household page", get(reverse("villages:household", args=[household.pk])), floor
    yield "dashboard, month", get(reverse("reports:dashboard"), period="2026-10"), floor
    yield from ((name, get(url, **asked), floor) for name, url, asked in _of_a_round(village))
    yield "home", get(reverse("desk:home")), floor
    yield "search by name", get(reverse("desk:search"), q=household.head_name), floor
    yield (
        "search by initials",
        get(reverse("desk:search"), q=household.head_pinyin.split()[-1]),
        floor,
    )
    month = {"registered_from": "2026-10-01", "registered_to": "2026-10-31", "format": "xlsx"}
    yield "export of a month", get(ledger, **month), floor
    day = DaySave()
    yield "liaison-day save", day.send, floor, day.open


def _of_a_round(village):
    """(name, address, query) of the pages of the newest round; a database built before there were any has none."""
    visit_round = VisitRound.objects.order_by("-starts_on").first()
    if visit_round is None:
        return
    longest = {"round": visit_round.pk, "reached": "no", "order": "longest"}
    walk = [visit_round.pk, village.code]
    yield "round, by village", reverse("reports:round", args=[visit_round.pk]), {}
    yield "longest not reached", reverse("visits:coverage"), longest
    yield "walking list of a village", reverse("visits:walk", args=walk), {}
    yield "schematic of a village", reverse("visits:round_map", args=walk), {}


def _deep_cursor() -> str:
    """The key of a row that lies a third of the way down the ledger."""
    rows = Grievance.objects.order_by("-registered_on", "-id")
    row = rows[Grievance.objects.count() // 3]
    return f"{row.registered_on.isoformat()}~{row.pk}"


class DaySave:
    """A lead writes up a day: five rows, three of them matters, one settled on the spot."""

    def __init__(self):
        self.client = signed_in("ganbu1")
        village = (
            User.objects.get(username="ganbu1").current_posts[0].seats.get().team.villages.get()
        )
        sessions = (
            village.sessions.filter(status="held").order_by("-on").values_list("pk", flat=True)
        )
        self.sessions = cycle(sessions)
        homes = village.households.filter(residence="resident").order_by("pk")
        self.homes = list(homes.values_list("number", flat=True)[:5])

    def open(self):
        """Open a day's page and fill its form."""
        page = self.client.get(reverse("desk:day", args=[next(self.sessions)]))
        self.address, self.data = form_on(page, holding="row-TOTAL_FORMS")
        for at, number in enumerate(self.homes):
            self.data |= {f"row-{at}-household": number, f"row-{at}-said": "渠道淤塞"}
            if at < 3:
                self.data |= {f"row-{at}-m0-summary": "灌渠淤塞", f"row-{at}-m0-kind": "demand"}
        self.data["row-2-m0-on_the_spot"] = "on"

    def send(self):
        """Save it."""
        answer = self.client.post(self.address, self.data)
        if answer.status_code != 302:
            raise SystemExit(f"the day was refused: {answer.status_code}")
        return answer
