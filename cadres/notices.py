"""Telling people and groups: rows first, each occasion once. What carries them out is cadres/delivering.py.

No personal data of villagers belongs in a title, a text or an address.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from cadres.channels import CHANNELS, MAIL, SITE
from cadres.models import Delivery, GroupNotice, GroupRobot, Notice, User
from cadres.reminding import ReminderTimes

State = Delivery.State
BATCH = 300  # messages (条) a transaction

LATE = "已过提醒时间，不再发送"
QUIET = "免打扰时段内不发，到早上已过提醒时间"


@dataclass(frozen=True)
class Message:
    """What one person or group is told on one occasion; (kind, subject, recipient, slot) is the occasion."""

    recipient: User | GroupRobot
    kind: str
    subject: str  # what it is about: "session:12"
    slot: str  # which of the occasions: "2026-11-24T0900/1.1"
    title: str
    text: str
    url: str
    due_at: datetime
    not_after: datetime | None = None  # afterwards it is not sent any more
    channels: Sequence[str] = (MAIL,)  # beside the site; a group has its robot's

    @property
    def key(self):
        """The occasion, as the table's unique key has it."""
        return self.kind, self.subject, self.recipient.pk, self.slot

    def is_late(self, now) -> bool:
        """Whether its time is over before it was told."""
        return self.not_after is not None and self.not_after <= now


@dataclass(frozen=True)
class _Table:
    """Where messages to one sort of addressee are kept."""

    model: type
    to: str  # its field that names the addressee
    via: str  # the field of Delivery that names it


_PEOPLE = _Table(Notice, "recipient", "notice")
_GROUPS = _Table(GroupNotice, "robot", "group_notice")


def notify(*, now, **told) -> Notice:
    """Tell one person once: the notice, and a delivery per channel that reaches him.

    Args:
        told: the fields of Message.
    Returns:
        The Notice, the earlier one when this occasion was told already.
    """
    message = Message(**told)
    notify_many([message], now=now)
    kind, subject, recipient, slot = message.key
    return Notice.objects.get(kind=kind, subject=subject, recipient=recipient, slot=slot)


def notify_many(messages, *, now) -> int:
    """Tell many at once, a batch a transaction; safe to repeat and to run in parallel.

    A message whose time is over is kept, marked 过期未发, and told to nobody.

    Returns:
        How many notices (条) are new here.
    """
    told, times = 0, None
    for table, batch in _batches(messages):
        if fresh := _unknown(table, batch):
            times = times or ReminderTimes.load()
            told += _tell(table, fresh, times, now)
    return told


def _batches(messages):
    """(table, messages) of people and of groups, so many at a time."""
    active = [message for message in messages if message.recipient.is_active]
    for table, wanted in ((_PEOPLE, False), (_GROUPS, True)):
        theirs = {m.key: m for m in active if isinstance(m.recipient, GroupRobot) == wanted}
        theirs = list(theirs.values())
        for start in range(0, len(theirs), BATCH):
            yield table, theirs[start : start + BATCH]


def _unknown(table, messages):
    """Those not told yet; asked outside the transaction, since mostly there are none."""
    known = _stored(table, messages)
    return [message for message in messages if message.key not in known]


@transaction.atomic
def _tell(table, messages, times, now) -> int:
    rows = [_row(table, message, now) for message in messages]
    table.model.objects.bulk_create(rows, ignore_conflicts=True)
    # A pass running beside us may have written some; the key says which row is whose.
    stored = _stored(table, messages)
    deliveries = [
        _delivery(message, channel, {f"{table.via}_id": stored[message.key]}, times, now)
        for message in messages
        for channel in _channels_of(message, now)
    ]
    Delivery.objects.bulk_create(deliveries, ignore_conflicts=True)
    return len(messages)


def _row(table, message, now):
    return table.model(
        **{table.to: message.recipient},
        kind=message.kind,
        subject=message.subject,
        slot=message.slot,
        title=message.title,
        text=message.text,
        url=message.url,
        due_at=message.due_at,
        created_at=now,
        is_expired=message.is_late(now),
    )


def _channels_of(message, now) -> list[str]:
    """The ways out; one that came too late and has none is listed as of the site."""
    robot = isinstance(message.recipient, GroupRobot)
    wanted = [message.recipient.kind] if robot else message.channels
    reached = [name for name in wanted if CHANNELS[name].reaches(message.recipient)]
    return reached or ([SITE] if message.is_late(now) else [])


def _delivery(message, channel, via, times, now):
    """Queued for its moment, outside the quiet hours; or marked at once when that is too late."""
    township = message.recipient.township_id
    opens = times.opens(township, max(message.due_at, now))
    row = Delivery(
        **via, channel=channel, township_id=township, next_try_at=opens, not_after=message.not_after
    )
    if message.is_late(opens):
        row.state, row.reason = State.EXPIRED, LATE if message.is_late(now) else QUIET
    return row


def _stored(table, messages) -> dict:
    """{key: id} of those occasions of a batch that stand in the table."""
    keys = {message.key for message in messages}
    rows = table.model.objects.filter(
        kind__in={key[0] for key in keys},
        subject__in={key[1] for key in keys},
        slot__in={key[3] for key in keys},
    )
    fields = ("pk", "kind", "subject", f"{table.to}_id", "slot")
    return {tuple(key): pk for pk, *key in rows.values_list(*fields) if tuple(key) in keys}
