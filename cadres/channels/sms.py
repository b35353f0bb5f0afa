"""短信 by one gateway that takes JSON: where, in which words and what its yes looks like stand in the settings."""

import re
from contextlib import contextmanager

import urllib3
from django.conf import settings

from .base import SMS, Channel, NotSent, dedup_id
from .web import post_json


class SmsChannel(Channel):
    """A text to the first number of an account. The number is decrypted when it is sent, not before."""

    name = SMS

    def reaches(self, addressee) -> bool:
        """A gateway is set up and the account has a number; its blind index says so without decrypting it."""
        return bool(settings.SMS_URL and addressee.phone_index)

    @contextmanager
    def opened(self):
        """Connections are kept for the pass."""
        with urllib3.PoolManager(num_pools=1) as pool:
            yield lambda delivery, moment: self._send(delivery, pool)

    def _send(self, delivery, pool):
        recipient = delivery.notice.recipient
        number = recipient.phone.split("、")[0]
        if not (recipient.is_active and number):
            raise NotSent("收件人已停用或没有登记联系电话", for_good=True)
        key = dedup_id(delivery)
        words = {"phone": number, "text": delivery.notice.text, "id": key}
        headers = {"Idempotency-Key": key}
        if settings.SMS_AUTHORIZATION:
            headers["Authorization"] = settings.SMS_AUTHORIZATION
        answer = post_json(pool, settings.SMS_URL, fill(settings.SMS_BODY, words), headers)
        name, _, wanted = settings.SMS_OK.partition("=")
        if str(answer.get(name, "")) != wanted:
            raise NotSent("短信网关未接受")


def fill(template, words: dict):
    """The template with {phone}, {text} and {id} put into its texts, at any depth."""
    if isinstance(template, dict):
        return {name: fill(value, words) for name, value in template.items()}
    if isinstance(template, list):
        return [fill(value, words) for value in template]
    if isinstance(template, str):
        return re.sub(r"\{(phone|text|id)\}", lambda found: words[found[1]], template)
    return template
