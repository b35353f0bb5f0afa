"""Two acts that could not both be done: the database undid one of them whole, and its sender is told so.

Verbs lock in one order and say a sentence of their own; this is the net beneath them, for a circle nobody foresaw, a
row that went while another was hung on it, a lock that took too long. Nothing was stored: once more is safe.
"""

import structlog
from django.db import DatabaseError

from . import errors

# Deadlock, serialization, a lock not to be had, a row pointed to that is no more
_BY_CODE = ("40P01", "40001", "55P03", "23503")
_SQLITE = "database is locked"  # its own word after 20 seconds
log = structlog.get_logger(__name__)


class CollisionMiddleware:
    """Answers 503 with what to do; any other fault of the database goes up unchanged."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        """The page, for a collision."""
        if not is_collision(exception):
            return None
        view = request.resolver_match.view_name if request.resolver_match else ""
        log.warning("collision", view=view, code=_code(exception))
        return errors.collision(request)


def is_collision(exception) -> bool:
    """Whether the database undid a transaction in favour of another one."""
    if not isinstance(exception, DatabaseError):
        return False
    return _code(exception) in _BY_CODE or _SQLITE in str(exception)


def _code(exception):
    """SQLSTATE of PostgreSQL; "" for SQLite."""
    return getattr(exception.__cause__, "pgcode", None) or ""
