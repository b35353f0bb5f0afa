"""What the trail told before a row became confidential is veiled when the trail is read.

An app registers a veil when it is ready; the lines themselves stay as they were chained.
"""

from collections.abc import Callable, Iterable

from .audit import VEILED

_VEILS: list[Callable[[list], Iterable[int]]] = []


def hang(veil: Callable[[list], Iterable[int]]) -> None:
    """Register a veil: called with lines of the trail it answers the pks of those to be veiled."""
    if veil not in _VEILS:
        _VEILS.append(veil)


def veiled(entries: list) -> list:
    """The same lines; of those under a veil only who, when and what act is left (in memory, not stored)."""
    hidden = {pk for veil in _VEILS for pk in veil(entries)}
    for entry in entries:
        if entry.pk in hidden:
            entry.object_label, entry.before, entry.after = VEILED, {}, {}
    return entries
