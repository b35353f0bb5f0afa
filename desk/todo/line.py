"""One line of the desk."""

import datetime as dt
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Todo:
    """One number of the desk: so many 件 (or 天), and the list of exactly those."""

    label: str
    count: int
    unit: str
    url: str
    is_late: bool = False


def link(name, asked) -> str:
    """The address of a list with what is asked of it."""
    return f"{reverse(name)}?{urlencode(asked)}" if asked else reverse(name)
