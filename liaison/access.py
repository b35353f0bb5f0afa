"""Who may use which URL. Signing in is the default; an undeclared view is refused.

A view declares itself by ``@allow("grievances.assign")`` or, as a class, by
``access = "grievances.assign"``. ``OPEN`` needs no log-in, ``SIGNED_IN`` any role.
``manage.py routes`` prints the table; ``tests/test_access.py`` walks it.
"""

from django.core.exceptions import ImproperlyConfigured
from django.urls import URLPattern, URLResolver, get_resolver

OPEN = "open"
SIGNED_IN = "signed-in"
# Opened by rows, not by a role: for anybody else the page is not there (404)
CONFIDENTIAL = "confidential.named"
_BY_ROWS = {}


def open_by(access: str, asks) -> None:
    """Say by which question about a user such a page opens; an app does when it is ready."""
    _BY_ROWS[access] = asks


def is_by_rows(access: str) -> bool:
    """Whether rows open a page, not a role."""
    return access in _BY_ROWS


def allow(access: str):
    """Declare who may use a function view: OPEN, SIGNED_IN or a permission such as "visits.log"."""

    def mark(view):
        view.access = access
        return view

    return mark


def declared_access(view) -> str:
    """What a view declared.

    Raises:
        ImproperlyConfigured: nothing was declared; such a page must never be served.
    """
    access = getattr(view, "access", None) or getattr(
        getattr(view, "view_class", None), "access", None
    )
    if not access:
        raise ImproperlyConfigured(f"{view.__module__}.{view.__qualname__} declares no access")
    return access


def permitted(user, access: str) -> bool:
    """Whether this user may use a view declared with ``access``."""
    if access == OPEN:
        return True
    if access in _BY_ROWS:
        return user.is_authenticated and _BY_ROWS[access](user)
    return user.is_authenticated and (access == SIGNED_IN or user.has_perm(access))


def all_routes(resolver=None, prefix="", namespace=""):
    """Yield (path, full name, callback) for every URL of the site."""
    for entry in (resolver or get_resolver()).url_patterns:
        path = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from all_routes(entry, path, inner)
        elif isinstance(entry, URLPattern):
            yield path, f"{namespace}{entry.name}", entry.callback
