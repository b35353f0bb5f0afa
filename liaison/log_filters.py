"""What the log may not hold: an address that is a key by itself."""

import logging
import re

_FEED = re.compile(r"(/calendar/feeds/)[^/\s]+(\.ics)")


class HideFeedAddresses(logging.Filter):
    """The token of a calendar feed becomes ***: today's wrong address may have been, or be again, a live one."""

    def filter(self, record):
        """Never drops a line."""
        if isinstance(record.args, tuple):
            record.args = tuple(_hidden(each) for each in record.args)
        return True


def _hidden(value):
    return _FEED.sub(r"\1***\2", value) if isinstance(value, str) else value
