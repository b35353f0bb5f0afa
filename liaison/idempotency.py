"""One form, one record: double tap, retry and replay give the same answer.

Every create form carries an identifier made when the page was rendered; the
database holds it UNIQUE beside what it led to.
"""

import hashlib
import json
import uuid as uuids
from dataclasses import dataclass

from django.db import IntegrityError, transaction

from . import clock
from .errors import DifferentContent
from .models import Submission

PURPOSE_LONGEST = Submission._meta.get_field("purpose").max_length


@dataclass(frozen=True)
class Outcome:
    """Where the answer stands, and whether this was a repetition."""

    url: str
    repeated: bool


def new_key() -> str:
    """A fresh identifier for a form about to be shown."""
    return str(uuids.uuid4())


def submit_once(*, key, user, purpose: str, content: list[tuple[str, str]], do) -> Outcome:
    """Run ``do()`` once for this key, in one transaction with the note that it ran.

    Args:
        key: the form's UUID.
        purpose: which form it is, e.g. the address of its page; of a long one the note keeps the beginning.
        content: (label, text) pairs that make up what was filled in, in order.
        do: a callable without arguments that stores the record and returns its URL.
    Raises:
        DifferentContent: the key was used before with other content; nothing is stored.
        Whatever ``do`` raises; nothing is stored then either.
    """
    text = json.dumps(content, ensure_ascii=False)
    digest = hashlib.sha256(f"{purpose}\n{user.pk}\n{text}".encode()).hexdigest()
    try:
        with transaction.atomic():
            return _first_time(key, user, purpose, digest, text, do)
    except IntegrityError:
        # It is there, or the other of two taps won. Any other broken rule goes up unchanged.
        earlier = Submission.objects.filter(uuid=key).first()
        if earlier is None:
            raise
    return _again(earlier, user, digest, content)


def led_to(*, key: str, user) -> str:
    """Where a form of this user led the first time; "" for a key that is new, foreign or nonsense.

    For a form whose choices change by its own doing: its second tap does not validate any more.
    """
    try:
        uuid = uuids.UUID(key)
    except ValueError:
        return ""
    earlier = Submission.objects.filter(uuid=uuid, user_id=user.pk).first()
    return earlier.result if earlier else ""


def _first_time(key, user, purpose, digest, text, do) -> Outcome:
    submission = Submission.objects.create(
        uuid=key,
        user_id=user.pk,
        purpose=purpose[:PURPOSE_LONGEST],
        digest=digest,
        content=text,
        at=clock.now(),
    )
    submission.result = do()
    submission.save(update_fields=["result"])
    return Outcome(submission.result, repeated=False)


def _again(earlier, user, digest, content) -> Outcome:
    if earlier.digest == digest:
        return Outcome(earlier.result, repeated=True)
    own = earlier.user_id == user.pk  # a stranger's words are not shown
    before = [tuple(pair) for pair in json.loads(earlier.content)] if own else []
    raise DifferentContent(before, content, earlier.result if own else "")
