"""Uploaded files between upload and confirmation.

Beside a file may lie what was read of it (its reading) and what was worked out from that ahead of the
confirmation; both go when the file goes.
"""

from liaison.private_files import PrivateFolder

READING, AHEAD = ".reading", ".ahead"
_files = PrivateFolder("imports")
folder, keep, read = _files.place, _files.keep, _files.read


def remove(name: str) -> None:
    """Forget kept bytes and what was read of them; harmless when they are gone already."""
    if name:
        for ending in ("", READING, AHEAD):
            _files.remove(f"{name}{ending}")


def keep_reading(name: str, reading: bytes) -> None:
    """Keep what was read of a file beside it, in place of what was kept before; nothing takes that away."""
    _keep_beside(f"{name}{READING}", reading)


def read_reading(name: str) -> bytes | None:
    """What was read of a file, or None."""
    return read(f"{name}{READING}") if name else None


def keep_ahead(name: str, ahead: bytes) -> None:
    """Keep what was worked out ahead beside its file, in place of what was kept before."""
    _keep_beside(f"{name}{AHEAD}", ahead)


def read_ahead(name: str) -> bytes | None:
    """What was worked out ahead, or None."""
    return read(f"{name}{AHEAD}") if name else None


def _keep_beside(name, data):
    if data:
        _files.write(name, data)
    else:
        _files.remove(name)


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
