"""A mail server on a real port, for the tests that send: a pytest plugin's fixtures."""

import asyncio
import socket
import threading
from collections import Counter
from email import message_from_bytes
from email.header import decode_header, make_header

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult


class Mailbox:
    """What arrived. ``pause`` seconds are taken over each message; while ``held`` none is accepted.

    ``peers`` are the connections mails came by; after ``most`` mails one is ended, where that is not 0.
    ``refused`` is {address: the answer instead of yes}; ``tried`` holds the Message-ID of each mail that came,
    taken or not. Whoever signs in is refused.
    """

    def __init__(self):
        self.accepted, self.pause, self.held = [], 0, False
        self.refused, self.tried = {}, []
        self.peers, self.most = Counter(), 0
        self.reached = threading.Event()  # a message stands at the door

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802
        """Whether the address is one of ours."""
        if address in self.refused:
            return self.refused[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 (aiosmtpd's name)
        """Take one message, or none while held."""
        self.reached.set()
        self.tried.append(message_from_bytes(envelope.content)["Message-ID"])
        if self.held:
            await asyncio.sleep(0.5)
            return "451 Not now"
        await asyncio.sleep(self.pause)
        self.peers[session.peer] += 1
        if self.most and self.peers[session.peer] == self.most:
            asyncio.get_running_loop().call_soon(server.transport.close)
        self.accepted.append((envelope.rcpt_tos[0], message_from_bytes(envelope.content)))
        return "250 Accepted"

    @property
    def addresses(self):
        """Whom the accepted messages were for, in order of the alphabet."""
        return sorted(address for address, _ in self.accepted)

    @property
    def subjects(self):
        """Their subjects, decoded."""
        return [str(make_header(decode_header(m["Subject"]))) for _, m in self.accepted]


def free_port():
    """A TCP port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def mailbox():
    """A running mail server; ``mailbox.url`` is its EMAIL_URL."""
    box = Mailbox()
    controller = Controller(
        box,
        hostname="127.0.0.1",
        port=free_port(),
        authenticator=lambda *_: AuthResult(success=False, handled=False),
        auth_require_tls=False,
    )
    controller.start()
    box.url = f"smtp://127.0.0.1:{controller.port}"
    yield box
    controller.stop()
