"""What every way out of the site has in common."""

import hashlib

from django.conf import settings

from cadres.models import Delivery

SITE, MAIL, SMS = "site", "mail", "sms"


class NotSent(Exception):
    """A delivery did not go out; ``str()`` is a Chinese phrase without address, number or key.

    ``channel_down``: the next one by the same line would fail too. ``for_good``: trying again changes nothing.
    """

    def __init__(self, reason, *, channel_down=False, for_good=False):
        super().__init__(reason)
        self.channel_down, self.for_good = channel_down, for_good


class Channel:
    """One way out. Subclasses set ``name``, and answer ``reaches`` and ``opened``.

    Attributes:
        per_pass: the most messages (条) one line takes in one pass; 0 for any number.
    """

    name = ""
    per_pass = 0

    @property
    def word(self) -> str:
        """What pages call it."""
        return Delivery.Channel(self.name).label

    def reaches(self, addressee) -> bool:
        """Whether a message could arrive at a User, or at a GroupRobot."""
        raise NotImplementedError

    def opened(self):
        """A context manager that gives ``send(delivery, moment)``, which raises NotSent."""
        raise NotImplementedError


def dedup_id(delivery) -> str:
    """32 hex digits, the same at every try of one delivery, so that a repetition can be known as one."""
    told = delivery.told
    to = told.recipient_id if delivery.notice_id else f"robot{told.robot_id}"
    words = f"{told.kind} {told.subject} {to} {told.slot} {told.created_at.isoformat()}"
    if delivery.channel not in (MAIL, SITE):
        words += f" {delivery.channel}"
    return hashlib.sha256(words.encode()).hexdigest()[:32]


def link_of(told) -> str:
    """The address people type, down to what the notice is about; "" where the office has not named one."""
    return f"{settings.SITE_URL}{told.url}" if settings.SITE_URL and told.url else ""
