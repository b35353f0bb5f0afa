"""Uploaded files between upload and confirmation: encrypted, under random names, outside the web root."""

import base64
import secrets

from django.conf import settings

from liaison import personal


def folder():
    """Where they lie; made on first use, for the service's own account only."""
    place = settings.PRIVATE_FILES / "imports"
    place.mkdir(parents=True, exist_ok=True, mode=0o700)
    return place


def keep(data: bytes) -> str:
    """Store bytes; returns their random name."""
    name = secrets.token_hex(16)
    path = folder() / name
    path.touch(mode=0o600)
    path.write_text(personal.encrypt(base64.b64encode(data).decode()), encoding="ascii")
    return name


def read(name: str) -> bytes | None:
    """The bytes kept under a name, or None once they are gone (or their key is)."""
    if not name:
        return None
    try:
        token = (folder() / name).read_text(encoding="ascii")
    except FileNotFoundError:
        return None
    text = personal.decrypt(token)
    return None if text == personal.KEY_LOST else base64.b64decode(text)


def remove(name: str) -> None:
    """Forget kept bytes; harmless when they are gone already."""
    if name:
        (folder() / name).unlink(missing_ok=True)


def remove_strangers(known: set[str], older_than) -> int:
    """Remove files no import knows of, left by a process that died. Returns how many (份)."""
    limit = older_than.timestamp()
    strangers = [
        path
        for path in folder().iterdir()
        if path.name not in known and path.stat().st_mtime < limit
    ]
    for path in strangers:
        path.unlink(missing_ok=True)
    return len(strangers)
