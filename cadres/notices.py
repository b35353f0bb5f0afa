"""Notices: rows first, each occasion once; then carried out of the site under a lease.

No personal data of villagers belongs in a title, a text or an address.
"""

import time
from collections import Counter
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from django.db import transaction
from django.db.models import F

from cadres.channels import CHANNELS, MAIL, NotSent
from cadres.models import Delivery, Notice, User

log = structlog.get_logger(__name__)
State = Delivery.State

LEASE = timedelta(minutes=5)  # how long a claimed delivery is left to its worker
PASS_SECONDS = 40  # one pass stops claiming then; the next tick goes on
# After which try how long to wait; one try more than there are pauses, then the office is shown it.
PAUSES = [timedelta(minutes=each) for each in (1, 5, 15, 60, 240)]
BATCH = 500


@dataclass(frozen=True)
class Message:
    """What one person is told on one occasion; (kind, subject, recipient, slot) is the occasion."""

    recipient: User
    kind: str
    subject: str  # what it is about: "session:12"
    slot: str  # which of the occasions: "2026-11-24"
    title: str
    text: str
    url: str
    due_at: datetime
    not_after: datetime | None = None  # afterwards it is not sent any more

    @property
    def key(self):
        """The occasion, as the table's unique key has it."""
        return self.kind, self.subject, self.recipient.pk, self.slot


def notify(*, now, channels: Sequence[str] = (MAIL,), **told) -> Notice:
    """Tell one person once: the notice, and a delivery per channel that reaches him.

    Args:
        told: the fields of Message.
    Returns:
        The Notice, the earlier one when this occasion was told already.
    """
    message = Message(**told)
    notify_many([message], now=now, channels=channels)
    kind, subject, recipient, slot = message.key
    return Notice.objects.get(kind=kind, subject=subject, recipient=recipient, slot=slot)


@transaction.atomic
def notify_many(messages, *, now, channels: Sequence[str] = (MAIL,)) -> int:
    """Tell many at once; safe to repeat and to run in parallel. Returns how many notices (条) are new here."""
    wanted = {message.key: message for message in messages if message.recipient.is_active}
    known = _stored(wanted)
    fresh = [message for key, message in wanted.items() if key not in known]
    if not fresh:
        return 0
    rows = [_notice(message, now) for message in fresh]
    Notice.objects.bulk_create(rows, batch_size=BATCH, ignore_conflicts=True)
    # A pass running beside us may have written some; the key says which row is whose.
    stored = _stored(wanted)
    deliveries = [
        Delivery(
            notice_id=stored[message.key],
            channel=channel,
            next_try_at=max(message.due_at, now),
            not_after=message.not_after,
        )
        for message in fresh
        for channel in channels
        if CHANNELS[channel].reaches(message.recipient)
    ]
    Delivery.objects.bulk_create(deliveries, batch_size=BATCH, ignore_conflicts=True)
    return len(fresh)


def _notice(message, now):
    return Notice(
        kind=message.kind,
        subject=message.subject,
        recipient=message.recipient,
        slot=message.slot,
        title=message.title,
        text=message.text,
        url=message.url,
        due_at=message.due_at,
        created_at=now,
    )


def _stored(wanted) -> dict:
    """{key: notice id} of the wanted occasions that stand in the table."""
    keys, found = list(wanted), {}
    for start in range(0, len(keys), BATCH):
        part = keys[start : start + BATCH]
        rows = Notice.objects.filter(
            kind__in={key[0] for key in part},
            subject__in={key[1] for key in part},
            slot__in={key[3] for key in part},
        )
        for pk, *key in rows.values_list("pk", "kind", "subject", "recipient_id", "slot"):
            found[tuple(key)] = pk
    return {key: found[key] for key in keys if key in found}


def deliver_due(now, limit=200) -> Counter:
    """Send what is due, each claimed by exactly one worker; holds no transaction while sending.

    A worker killed after its claim loses nothing: the lease runs out and the next pass takes it,
    under the same Message-ID. A channel that is down ends the pass for its deliveries.

    Args:
        limit: the most deliveries (条) of one pass.
    Returns:
        A Counter of "sent", "again" (to be tried later), "failed", "expired".
    """
    done, begun = Counter(), time.monotonic()
    done["expired"] = (
        Delivery.objects.due(now)
        .filter(not_after__lte=now)
        .update(state=State.EXPIRED, lease_until=None, reason="已过提醒时间，不再发送")
    )
    with ExitStack() as stack:
        senders = {name: stack.enter_context(each.opened()) for name, each in CHANNELS.items()}
        for pk, attempts, channel in _candidates(now, limit):
            moment = now + timedelta(seconds=time.monotonic() - begun)
            if moment - now > timedelta(seconds=PASS_SECONDS) or not senders:
                break
            if channel in senders and _claim(pk, attempts, moment):
                outcome, channel_down = _carry(pk, senders[channel], now, moment)
                done[outcome] += 1
                if channel_down:
                    del senders[channel]
    return +done


def _candidates(now, limit):
    due = Delivery.objects.due(now).filter(channel__in=CHANNELS).order_by("next_try_at", "pk")
    return list(due.values_list("pk", "attempts", "channel")[:limit])


def _claim(pk, attempts, moment) -> bool:
    """Whether this worker took it: one conditional statement, so only one can."""
    taken = (
        Delivery.objects.due(moment)
        .filter(pk=pk, attempts=attempts)
        .update(state=State.CLAIMED, attempts=F("attempts") + 1, lease_until=moment + LEASE)
    )
    return taken == 1


def _carry(pk, send, now, moment):
    """Send one claimed delivery and write down what came of it: (outcome, whether the channel is down)."""
    delivery = Delivery.objects.select_related("notice__recipient").get(pk=pk)
    mine = Delivery.objects.filter(pk=pk, attempts=delivery.attempts)
    try:
        send(delivery)
    except NotSent as fault:
        log.warning("delivery.not_sent", delivery=pk, attempts=delivery.attempts, reason=str(fault))
        mine.update(**_after_failure(delivery, fault, now))
        return ("failed" if _gives_up(delivery, fault) else "again"), fault.channel_down
    mine.update(state=State.SENT, sent_at=moment, lease_until=None, reason="")
    return "sent", False


def _gives_up(delivery, fault):
    return fault.for_good or delivery.attempts > len(PAUSES)


def _after_failure(delivery, fault, now):
    """The columns of a delivery that did not go out."""
    if _gives_up(delivery, fault):
        return {"state": State.FAILED, "lease_until": None, "reason": str(fault)}
    return {
        "state": State.QUEUED,
        "lease_until": None,
        "reason": str(fault),
        "next_try_at": now + PAUSES[delivery.attempts - 1],
    }
