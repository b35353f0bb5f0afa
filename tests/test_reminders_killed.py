"""A thousand reminders by two schedulers and three workers, all killed again and again: each is told once.

One row an occasion, and each mail at least once; one that went out twice bears the same Message-ID.
"""

import datetime as dt
import os
import signal

import pytest

from cadres.channels import message_id
from cadres.models import Delivery, Notice, Seat
from conftest import appoint
from liaison import clock
from tests.test_reminders_process import (  # noqa: F401 (team_of_four is a fixture)
    BROKERS,
    begins_later,
    team_of_four,
    wait_until,
)
from visits.models import LiaisonSession

MEMBERS, DAYS = 10, 100
KILLED_AFTER = (100, 500)  # mails accepted


@pytest.fixture
def thousand(team_of_four, plan, qingshan):  # noqa: F811
    """100 days that are to be announced at this very moment, to a team of ten."""
    for number in range(MEMBERS - 4):
        user = appoint(qingshan, f"more{number}", f"成员{number}", "cadre", title=f"席位{number}")
        Seat.objects.create(team=team_of_four, post=user.post)
    on, begins = begins_later(clock.now())
    LiaisonSession.objects.bulk_create(
        LiaisonSession(
            township=qingshan, team=team_of_four, village=plan.village, on=on, starts_at=begins,
            ends_at=dt.time(23, 59, 59), place=f"地点{number}",
        )
        for number in range(DAYS)
    )  # fmt: skip


class Service:
    """Two schedulers and three workers, to be killed and started again."""

    def __init__(self, office, **env):
        self.office, self.running = office, []
        # A batch takes a second or two; the lease of the dead is soon over.
        self.env = {"RUN_DUE_EVERY": "1", "DELIVERY_LEASE": "6", **env}

    def start(self):
        """All five."""
        for number in range(2):
            schedule = self.office.folder / f"beat{number}"
            named = ("--schedule", str(schedule), "--pidfile", "")
            self.running.append(self.office.celery("beat", *named, **self.env))
        self.running += [
            self.office.worker("-n", f"w{number}@here", **self.env) for number in range(3)
        ]

    def kill(self):
        """kill -9, all of them."""
        for child in self.running:
            os.kill(child.pid, signal.SIGKILL)
        for child in self.running:
            child.communicate(timeout=20)
        self.running = []


@pytest.mark.parametrize("broker", BROKERS)
def test_killed_in_a_loop_nobody_is_forgotten_or_told_twice(thousand, outside, mailbox, broker):
    office, mailbox.pause = outside(), 0.005
    url = os.environ["REDIS_URL"] if broker == "redis" else ""
    service = Service(office, EMAIL_URL=mailbox.url, REDIS_URL=url)
    for wanted in KILLED_AFTER:
        service.start()
        wait_until(lambda most=wanted: len(mailbox.accepted) >= most, 120, "no mails came")
        service.kill()  # while they are sending
    service.start()

    def arrived():
        return {message["Message-ID"] for _, message in mailbox.accepted}

    wait_until(lambda: len(arrived()) >= MEMBERS * DAYS, 120, "mails are missing")

    def all_sent():
        return not Delivery.objects.exclude(state="sent").exists()

    wait_until(all_sent, 60, "deliveries are left")
    service.kill()
    assert Notice.objects.count() == Delivery.objects.count() == MEMBERS * DAYS
    assert Delivery.objects.filter(attempts__gt=1).exists(), "nobody was killed while sending"
    deliveries = Delivery.objects.select_related("notice__recipient")
    wanted = {(each.notice.recipient.email, message_id(each)) for each in deliveries}
    assert {(address, message["Message-ID"]) for address, message in mailbox.accepted} == wanted
