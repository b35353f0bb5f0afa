"""站内: the notice itself is the delivery, so everybody has it, once, and no worker is needed."""

from contextlib import contextmanager

from .base import SITE, Channel


class SiteChannel(Channel):
    """Seen by whoever signs in. Only a notice that came too late has a delivery here, so that it is listed."""

    name = SITE

    def reaches(self, addressee) -> bool:
        """Everybody with an account."""
        return addressee.is_active

    @contextmanager
    def opened(self):
        """Nothing is to be carried: what the office sends once more is shown."""
        yield lambda delivery, moment: None
