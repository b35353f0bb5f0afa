"""What apps to the right need to know of a person on every page, asked within the query that reads his posts.

A mark says only that the full question is worth asking, so that nobody else's page costs a query more.
"""

from collections.abc import Callable

from django.db.models import Expression

_MARKS: dict[str, Callable[..., Expression]] = {}


def mark(name: str, asks: Callable[..., Expression]) -> None:
    """Register a mark: called with a user it answers a condition on a row of ``Holding``."""
    _MARKS[name] = asks


def asked(user) -> dict[str, Expression]:
    """The conditions, to be hung onto the query of his holdings."""
    return {f"mark_{name}": asks(user) for name, asks in _MARKS.items()}


def found(holdings) -> frozenset[str]:
    """Names of the marks that hold for any of them."""
    return frozenset(
        name for name in _MARKS if any(getattr(each, f"mark_{name}") for each in holdings)
    )
