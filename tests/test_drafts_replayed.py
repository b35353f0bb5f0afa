"""Drafts replayed three times in random order, 30 % of the connections cut: exactly one record each.

``DRAFTS=1000`` for as many as a township types in a week; the usual run has a tenth.

The server is a process of its own, as an office runs it; the client does what the page's script does: an item
is forgotten when a 2xx names the Submission, and only then.
"""

import json
import os
import random
import socket
import struct
import threading
import time
import uuid
from urllib.parse import urlencode

import pytest
from django.test import Client

from desk.tests.conftest import sent
from liaison.drafts.keys import tag_of
from liaison.models import Submission
from visits.models import Visit

pytestmark = pytest.mark.django_db(transaction=True)
DRAFTS, ROUNDS, CUT, HANDS = int(os.environ.get("DRAFTS", "100")), 3, 0.3, 6
HOST = "127.0.0.1"


class Browser:
    """The drafts one browser keeps, and the hands that send them."""

    def __init__(self, port, cookie, user, village):
        self.port, self.chance = port, random.Random(35)
        self.tag, self.cookie = tag_of(user), cookie
        self.drafts = {str(uuid.uuid4()): self.words(at, village) for at in range(DRAFTS)}
        self.kept, self.proofs, self.refused, self.cuts = set(self.drafts), {}, [], 0
        self.lock = threading.Lock()

    def words(self, at, village):
        """What was typed: a visit with a sentence long enough to be cut in the middle."""
        row = {
            "mode": "phone",
            "visitor": f"来访人{at}",
            "said": f"第{at}件：村口路灯不亮三个月了。",
        }
        place = {"occurred_on": "2026-11-17", "village": village.pk}
        return {**place, "row-TOTAL_FORMS": 1, "row-INITIAL_FORMS": 0, **sent("row-0", row)}

    def request(self, key):
        """The bytes the script sends."""
        body = urlencode({"form_key": key, **self.drafts[key]}).encode()
        lines = (
            "POST /visits/new/ HTTP/1.1",
            f"Host: {HOST}:{self.port}",
            "Connection: close",
            "Content-Type: application/x-www-form-urlencoded",
            f"Content-Length: {len(body)}",
            "Accept: application/json",
            f"Cookie: {self.cookie}",
            f"X-CSRFToken: {self.cookie.rpartition('csrftoken=')[2]}",
            f"X-Draft: {key}",
            f"X-Draft-Owner: {self.tag}",
        )
        return "\r\n".join(lines).encode() + b"\r\n\r\n" + body

    def send(self, key, cut):
        """One connection; ``cut`` in (None, 0..1 of the request, seconds waited for the answer)."""
        data = self.request(key)
        with socket.create_connection((HOST, self.port), timeout=60) as line:
            if cut is None:
                line.sendall(data)
                return self.answer(key, b"".join(iter(lambda: line.recv(65536), b"")))
            share, pause = cut
            line.sendall(data[: int(len(data) * share)])
            time.sleep(pause)
            line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.cuts += 1
        return None

    def answer(self, key, answer):
        """The item goes when its proof is there; every other answer keeps it."""
        head, _, body = answer.partition(b"\r\n\r\n")
        status = int(head.split()[1]) if head else 0
        if status == 200:
            with self.lock:
                proof = json.loads(
                    body[body.index(b"{") : body.rindex(b"}") + 1]
                )  # it comes in chunks
                self.proofs.setdefault(key, set()).add(proof["id"])
                self.kept.discard(key)
        else:
            self.refused.append((status, body[:200].decode("utf-8", "replace")))

    def cut(self):
        """Where this connection breaks, if it does: in the middle of the request, or before the answer."""
        if self.chance.random() >= CUT:
            return None
        if self.chance.random() < 0.5:
            return self.chance.random(), 0
        return 1, self.chance.random() * 0.03

    def replay(self, keys):
        """All of these in random order, by several tabs at once."""
        work = [(key, self.cut()) for key in keys]
        self.chance.shuffle(work)

        def hand():
            while True:
                with self.lock:
                    if not work or self.refused:
                        return
                    key, cut = work.pop()
                self.send(key, cut)

        hands = [threading.Thread(target=hand) for _ in range(HANDS)]
        for each in hands:
            each.start()
        for each in hands:
            each.join()


def serve(outside):
    """A server as `make run` starts one, on a free port; returns the port when it answers."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port = probe.getsockname()[1]
    outside.start(
        "-m", "granian", "liaison.wsgi:application", "--interface", "wsgi", "--host", HOST,
        "--port", str(port), "--workers", "2", "--blocking-threads", "4", "--no-ws",
        DEBUG="false", ALLOW_TEST_CLOCK="false", LOG_LEVEL="CRITICAL",
    )  # fmt: skip
    for _ in range(600):
        try:
            with socket.create_connection((HOST, port), timeout=1):
                return port
        except OSError:
            time.sleep(0.1)
    raise AssertionError("the server did not start")


def test_drafts_over_a_bad_line_are_one_record_each(li, shiqiao, outside):
    client = Client()
    client.force_login(li, backend="cadres.backends.RoleBackend")
    client.get("/drafts/key/", headers={"X-Draft": "key", "X-Draft-Owner": tag_of(li)})
    cookie = "; ".join(
        f"{name}={client.cookies[name].value}" for name in ("sessionid", "csrftoken")
    )
    far = outside()
    browser = Browser(serve(far), cookie, li, shiqiao)

    for _ in range(ROUNDS):
        browser.replay(list(browser.drafts))
    while (
        browser.kept and not browser.refused
    ):  # what never got its proof goes on as the script does
        browser.replay(list(browser.kept))
    assert browser.refused == []
    assert browser.cuts > DRAFTS * ROUNDS * CUT * 0.7
    assert Visit.objects.count() == Submission.objects.count() == DRAFTS
    said = dict(Visit.objects.values_list("visitor", "said"))
    assert said == {
        words["row-0-visitor"]: words["row-0-said"] for words in browser.drafts.values()
    }
    proofs = {str(row.uuid): {row.pk} for row in Submission.objects.all()}
    assert browser.proofs == proofs, "every replay got the same proof"
