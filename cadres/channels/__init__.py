"""The ways a notice leaves the site, each a small class; ``site`` is always there."""

from .base import MAIL, SITE, SMS, Channel, NotSent, dedup_id
from .mail import NOWHERE, MailChannel, message_id
from .robots import DingTalk, Feishu, RobotChannel, WeCom
from .site import SiteChannel
from .sms import SmsChannel

_ALL = (SiteChannel(), MailChannel(), SmsChannel(), WeCom(), DingTalk(), Feishu())
CHANNELS: dict[str, Channel] = {str(channel.name): channel for channel in _ALL}

__all__ = [
    "CHANNELS",
    "MAIL",
    "NOWHERE",
    "SITE",
    "SMS",
    "Channel",
    "NotSent",
    "RobotChannel",
    "dedup_id",
    "message_id",
]
