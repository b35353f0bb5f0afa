"""Uploaded files between upload and confirmation: encrypted, under random names, outside the web root.

Beside a file may lie what was read of it (its reading); it goes when the file goes.
"""

import base64
import secrets

from django.conf import settings

from liaison import personal

MARK = b"\0"  # begins what is encrypted as it is; files of an earlier version hold base64
READING = ".reading"


def folder():
    """Where they lie; made on first use, for the service's own account only."""
    place = settings.PRIVATE_FILES / "imports"
    place.mkdir(parents=True, exist_ok=True, mode=0o700)
    return place


def keep(data: bytes) -> str:
    """Store bytes; returns their random name."""
    name = secrets.token_hex(16)
    _write(name, data)
    return name


def read(name: str) -> bytes | None:
    """The bytes kept under a name, or None once they are gone (or their key is)."""
    try:
        plain = personal.decrypt_bytes((folder() / name).read_bytes()) if name else None
    except FileNotFoundError:
        return None
    if plain is None or plain.startswith(MARK):
        return plain and plain[len(MARK) :]
    return base64.b64decode(plain)


def remove(name: str) -> None:
    """Forget kept bytes and what was read of them; harmless when they are gone already."""
    if name:
        (folder() / name).unlink(missing_ok=True)
        (folder() / f"{name}{READING}").unlink(missing_ok=True)


def keep_reading(name: str, reading: bytes) -> None:
    """Keep what was read of a file beside it, in place of what was kept before; nothing takes that away."""
    if reading:
        _write(f"{name}{READING}", reading)
    else:
        (folder() / f"{name}{READING}").unlink(missing_ok=True)


def read_reading(name: str) -> bytes | None:
    """What was read of a file, or None."""
    return read(f"{name}{READING}") if name else None


def _write(name, data):
    path = folder() / name
    path.touch(mode=0o600)
    path.write_bytes(personal.encrypt_bytes(MARK + data))


def remove_strangers(known: set[str], older_than) -> int:
    """Remove files no import knows of, left by a process that died. Returns how many (份)."""
    limit = older_than.timestamp()
    strangers = [
        path
        for path in folder().iterdir()
        if path.stem not in known and path.stat().st_mtime < limit
    ]
    for path in strangers:
        path.unlink(missing_ok=True)
    return len(strangers)
