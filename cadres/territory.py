"""Territory somebody has for a day without a seat: what the apps to the right lend him.

An app registers a source when it is ready; ``User.village_scope`` asks each once a request. So the gate
stays one, and knows nothing of who stands in for whom.
"""

import datetime as dt
from collections.abc import Callable, Iterable

from liaison.scoping import Scope

# (permissions that hold there, where)
Lent = tuple[frozenset[str], Scope]
_SOURCES: list[Callable[..., Iterable[Lent]]] = []


def lend(source: Callable[..., Iterable[Lent]]) -> None:
    """Register a source: called with (user, on) it answers what that person is lent on that day."""
    if source not in _SOURCES:
        _SOURCES.append(source)


def lent(user, on: dt.date) -> list[Lent]:
    """Everything lent to a person on a day."""
    return [each for source in _SOURCES for each in source(user, on)]
