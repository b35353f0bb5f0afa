"""Townships' own templates on the disk: under random names, encrypted, outside the web root."""

import hashlib
import secrets

from django.conf import settings

from liaison import personal


def folder():
    """Where they lie; made on first use, for the service's own account only."""
    place = settings.PRIVATE_FILES / "documents"
    place.mkdir(parents=True, exist_ok=True, mode=0o700)
    return place


def keep(data: bytes) -> str:
    """Store bytes; returns their random name."""
    name = secrets.token_hex(16)
    path = folder() / name
    path.touch(mode=0o600)
    path.write_bytes(personal.encrypt_bytes(data))
    return name


def read(name: str, digest: str) -> bytes | None:
    """The bytes kept under a name; None when they are gone, their key is, or they are not the same any more."""
    try:
        data = personal.decrypt_bytes((folder() / name).read_bytes())
    except FileNotFoundError:
        return None
    return data if data is not None and digest_of(data) == digest else None


def remove(name: str) -> None:
    """Forget kept bytes: of a template whose row was not written after all."""
    (folder() / name).unlink(missing_ok=True)


def digest_of(data: bytes) -> str:
    """SHA-256 in hex."""
    return hashlib.sha256(data).hexdigest()
