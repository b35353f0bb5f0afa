"""Uploaded rosters between preview and confirmation: encrypted, under random names, gone after a day."""

import base64
import datetime as dt
import secrets

from django.conf import settings
from django.db import transaction

from liaison import personal
from villages.models import RosterImport

KEPT = dt.timedelta(days=1)


def _folder():
    folder = settings.PRIVATE_FILES / "rosters"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def keep(data):
    """Store an upload (bytes); returns its random name."""
    name = secrets.token_hex(16)
    path = _folder() / name
    path.touch(mode=0o600)
    path.write_text(personal.encrypt(base64.b64encode(data).decode()), encoding="ascii")
    return name


def read(name):
    """The bytes of a kept upload, or None once it is gone (or its key is)."""
    if not name:
        return None
    try:
        token = (_folder() / name).read_text(encoding="ascii")
    except FileNotFoundError:
        return None
    text = personal.decrypt(token)
    return None if text == personal.KEY_LOST else base64.b64decode(text)


def remove(name):
    """Forget a kept upload; harmless when it is gone already."""
    if name:
        (_folder() / name).unlink(missing_ok=True)


@transaction.atomic
def forget(upload, state):
    """Put an import into its last state and remove its file once that is certain."""
    name, upload.stored_name, upload.state = upload.stored_name, "", state
    upload.save()
    transaction.on_commit(lambda: remove(name))


def expire(now):
    """Discard previews nobody confirmed within a day, and files no import knows of. Returns how many (份).

    Safe to repeat. `now` is an aware moment.
    """
    rows = RosterImport.objects.filter(
        state=RosterImport.State.PREVIEWED, uploaded_at__lt=now - KEPT
    )
    known = set(RosterImport.objects.exclude(stored_name="").values_list("stored_name", flat=True))
    rows = list(rows)
    for upload in rows:
        forget(upload, RosterImport.State.DISCARDED)
    limit = (now - KEPT).timestamp()
    orphans = [p for p in _folder().iterdir() if p.name not in known and p.stat().st_mtime < limit]
    for path in orphans:
        path.unlink(missing_ok=True)
    return len(rows) + len(orphans)
