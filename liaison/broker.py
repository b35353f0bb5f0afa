"""The embedded broker: a folder of messages, each written whole before anybody may read it.

kombu's own folder transport opens a message under its final name and then writes it. A worker that looks in
between takes an empty file, cannot read it as JSON, and ends. Here it gets its name last.
"""

import os
import uuid
from pathlib import Path
from time import monotonic

from kombu.exceptions import ChannelError
from kombu.transport import TRANSPORT_ALIASES, filesystem
from kombu.utils.json import dumps


class Channel(filesystem.Channel):
    """As kombu's, but a message appears at once."""

    def _put(self, queue, payload, **kwargs):
        """Write under a name no reader takes, then give it the one they look for."""
        name = f"{round(monotonic() * 1000)}_{uuid.uuid4()}"
        folder = Path(self.data_folder_out)
        unread = folder / f"{name}.part"
        try:
            unread.write_text(dumps(payload), encoding="utf-8")
            os.replace(unread, folder / f"{name}.{queue}.msg")
        except OSError as fault:
            raise ChannelError(f"Cannot add a message to {folder}") from fault


class Transport(filesystem.Transport):
    """folder://"""

    Channel = Channel


def enter() -> None:
    """Let broker addresses begin with ``folder:``."""
    TRANSPORT_ALIASES["folder"] = "liaison.broker:Transport"
