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
    if reading:
        _files.write(f"{name}{READING}", reading)
    else:
        _files.remove(f"{name}{READING}")


def read_reading(name: str) -> bytes | None:
    """What was read of a file, or None."""
    return read(f"{name}{READING}") if name else None


def keep_ahead(name: str, pieces: list[bytes]) -> None:
    """Keep what was worked out ahead beside its file, in place of what was kept before."""
    if pieces:
        _files.write_pieces(f"{name}{AHEAD}", pieces)
    else:
        _files.remove(f"{name}{AHEAD}")


def read_ahead(name: str):
    """The pieces of what was worked out ahead, read as they are asked for."""
    return _files.read_pieces(f"{name}{AHEAD}")


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
