"""Carrying notices out of the site: claimed by the batch under a lease, sent, and written down by the batch."""

import time
import uuid
from collections import Counter, defaultdict
from contextlib import ExitStack
from datetime import timedelta

import structlog
from django.conf import settings
from django.db import transaction
from django.db.models import F

from cadres import heartbeat
from cadres.channels import CHANNELS, NotSent
from cadres.models import Delivery
from cadres.notices import LATE, QUIET
from cadres.reminding import ReminderTimes

log = structlog.get_logger(__name__)
State = Delivery.State

PASS_SECONDS = 40  # one pass stops claiming then; the next tick goes on
# After which try how long to wait; one try more than there are pauses, then the office is shown it.
PAUSES = [timedelta(minutes=each) for each in (1, 5, 15, 60, 240)]
CLAIMED = 200  # deliveries (条) a claim
WRITTEN = 50  # deliveries (条) a writing down: so many may go out twice when a worker is killed


def deliver_due(now) -> Counter:
    """Send what is due, each claimed by exactly one worker; holds no transaction while sending.

    A worker killed after its claim loses nothing: the lease runs out and the next pass takes it,
    under the same number. A line (a channel, one robot) that is down rests until the next pass.

    Returns:
        A Counter of "sent", "again" (to be tried later), "given_up", "expired".
    """
    times = ReminderTimes.load()
    done = Counter(expired=_hold(times, now) + _expire(now))
    with ExitStack() as stack:
        carrier = _Carrier(stack, times, now)
        while not carrier.is_over and (batch := carrier.claim()):
            for start in range(0, len(batch), WRITTEN):
                done += carrier.carry(batch[start : start + WRITTEN])
    heartbeat.beat(heartbeat.DELIVER, now)
    return +done


def _hold(times, now) -> int:
    """In quiet hours what is due waits for the morning; what is then too late is marked. Returns how many of those."""
    expired = 0
    waiting = Delivery.objects.due(now)
    for township_id in set(waiting.order_by().values_list("township", flat=True).distinct()):
        opens = times.opens(township_id, now)
        if opens > now:
            theirs = waiting.filter(township=township_id)
            expired += _mark_late(theirs.filter(not_after__lte=opens), QUIET)
            theirs.update(next_try_at=opens)
    return expired


def _expire(now) -> int:
    return _mark_late(Delivery.objects.due(now).filter(not_after__lte=now), LATE)


def _mark_late(rows, reason) -> int:
    return rows.update(state=State.EXPIRED, lease_until=None, claim=None, reason=reason)


def _claim(moment, resting) -> list[Delivery]:
    """The next batch, this worker's alone until the lease ends; lines at rest are left alone."""
    token = uuid.uuid4()
    due = Delivery.objects.due(moment).filter(channel__in=CHANNELS)
    for channel, robot_id in resting:
        line = {"channel": channel} | ({"group_notice__robot": robot_id} if robot_id else {})
        due = due.exclude(**line)
    with transaction.atomic():
        # A row that another worker is claiming is his: not waited for.
        free = due.select_for_update(skip_locked=True, of=("self",)).order_by("next_try_at", "pk")
        keys = list(free.values_list("pk", flat=True)[:CLAIMED])
        Delivery.objects.filter(pk__in=keys).update(
            state=State.CLAIMED,
            attempts=F("attempts") + 1,
            lease_until=moment + timedelta(seconds=settings.DELIVERY_LEASE),
            claim=token,
        )
    mine = Delivery.objects.filter(claim=token)
    mine = mine.select_related("notice__recipient", "group_notice__robot")
    return list(mine.defer("notice__recipient__phone").order_by("next_try_at", "pk"))


class _Carrier:
    """One pass's open channels, what rests, and how much time is left."""

    def __init__(self, stack, times, now):
        self.times, self.now, self.begun = times, now, time.monotonic()
        self.send = {name: stack.enter_context(each.opened()) for name, each in CHANNELS.items()}
        self.resting, self.taken, self.stop_at = set(), Counter(), 0.0

    @property
    def moment(self):
        """Now, going on while the pass goes on."""
        return self.now + timedelta(seconds=time.monotonic() - self.begun)

    def claim(self) -> list[Delivery]:
        """The next batch. Half of its lease is for sending: what a slow server leaves then is given back,
        so that no batch is still being sent when another worker may take it."""
        self.stop_at = time.monotonic() + settings.DELIVERY_LEASE / 2
        return _claim(self.moment, self.resting)

    @property
    def is_over(self) -> bool:
        """Whether the pass should come to its end."""
        return time.monotonic() - self.begun > PASS_SECONDS

    def carry(self, batch) -> Counter:
        """Send a batch and write down what came of it, a statement for all that ended alike."""
        done, ends = Counter(), defaultdict(list)
        for delivery in batch:
            outcome, columns = self._one(delivery)
            done[outcome] += 1
            ends[tuple(columns.items())].append(delivery.pk)
        claim = batch[0].claim
        for columns, keys in ends.items():
            # Whose lease ran out meanwhile has another claim, and is another worker's.
            mine = Delivery.objects.filter(pk__in=keys, claim=claim)
            sent_at = self.moment if ("state", State.SENT) in columns else None
            mine.update(**dict(columns), sent_at=sent_at, claim=None, lease_until=None)
        del done["left"]
        return done

    def _one(self, delivery):
        """(outcome, the columns that say it) of one delivery."""
        is_slow = time.monotonic() > self.stop_at
        if is_slow or self.is_over or delivery.line in self.resting:
            return "left", _given_back(delivery)
        try:
            self.send[delivery.channel](delivery, self.moment)
        except NotSent as fault:
            return self._failed(delivery, fault)
        self._count(delivery)
        return "sent", {"state": State.SENT, "reason": ""}

    def _count(self, delivery):
        """A line that has had as many as it takes in one pass rests."""
        self.taken[delivery.line] += 1
        if self.taken[delivery.line] == CHANNELS[delivery.channel].per_pass:
            self.resting.add(delivery.line)

    def _failed(self, delivery, fault):
        number = {"delivery": delivery.pk, "attempts": delivery.attempts}
        log.warning("delivery.not_sent", **number, reason=str(fault))
        if fault.channel_down:
            self.resting.add(delivery.line)
        if fault.for_good or delivery.attempts > len(PAUSES):
            return "given_up", {"state": State.GIVEN_UP, "reason": str(fault)}
        later = self.times.opens(delivery.township_id, self.now + PAUSES[delivery.attempts - 1])
        return "again", {"state": State.FAILED, "reason": str(fault), "next_try_at": later}


def _given_back(delivery):
    """Claimed and not tried: as it stood before."""
    tried = delivery.attempts - 1
    return {"state": State.FAILED if tried else State.QUEUED, "attempts": tried}
