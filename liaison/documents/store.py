"""Townships' own templates on the disk."""

import hashlib

from liaison.private_files import PrivateFolder

_files = PrivateFolder("documents")
folder, keep, remove = _files.place, _files.keep, _files.remove


def read(name: str, digest: str) -> bytes | None:
    """The bytes kept under a name; None when they are gone, their key is, or they are not the same any more."""
    data = _files.read(name)
    return data if data is not None and digest_of(data) == digest else None


def digest_of(data: bytes) -> str:
    """SHA-256 in hex."""
    return hashlib.sha256(data).hexdigest()
