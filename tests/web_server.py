"""A web server on a real port that answers as a test says: a pytest plugin's fixture."""

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest


class FarEnd:
    """What arrived, and what is answered: after ``pause`` seconds, and after ``drips`` bytes that come one by one."""

    def __init__(self):
        self.asked = []  # (address, headers, body)
        self.status, self.body, self.headers = 200, b'{"errcode": 0, "code": 0}', {}
        self.pause, self.drips = 0, 0
        self.lock = threading.Lock()

    def answers(self, body, status=200, **headers):
        """From now on."""
        self.body = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.status, self.headers = status, headers

    @property
    def bodies(self):
        """The objects that arrived, in order."""
        return [body for _, _, body in self.asked]


def _handler(far_end):
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            content = self.rfile.read(int(self.headers["Content-Length"]))
            with far_end.lock:
                far_end.asked.append((self.path, dict(self.headers), json.loads(content)))
            time.sleep(far_end.pause)
            self.send_response(far_end.status)
            for name, value in far_end.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(far_end.body) + far_end.drips))
            self.end_headers()
            for _ in range(far_end.drips):
                self.wfile.write(b" ")
                self.wfile.flush()
                time.sleep(0.05)
            self.wfile.write(far_end.body)

        do_GET = do_POST  # noqa: N815

        def log_message(self, *args):
            """Not to the screen."""

    return Handler


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request, client_address):
        """The other side hung up, as it is meant to."""


@pytest.fixture
def far_end():
    """A running web server; ``far_end.url`` is its address."""
    end = FarEnd()
    server = _Server(("127.0.0.1", 0), _handler(end))
    end.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    yield end
    server.shutdown()
    server.server_close()
    thread.join()
