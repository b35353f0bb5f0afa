"""The test's database as other processes see it: manage.py and Celery against what a test has stored."""

import os
import signal
import subprocess
import sys
from contextlib import suppress
from urllib.parse import quote

import pytest
from django.conf import settings
from django.db import connection

PYTHON = sys.executable
QUIET = ("--without-gossip", "--without-mingle", "--without-heartbeat")


class Outside:
    """Starts processes on the test's database."""

    def __init__(self, folder):
        self.folder, self.children = folder, []
        self.env = {
            **os.environ,
            "DATABASE_URL": self.database_url(),
            "SECRET_KEY": settings.SECRET_KEY,
            "FIELD_KEYS": ",".join(settings.FIELD_KEYS),
            "INDEX_KEY": settings.INDEX_KEY,
            "DEBUG": "true",
            "ALLOW_TEST_CLOCK": "true",
            "BROKER_DIR": str(folder / "broker"),
            "REDIS_URL": "",
        }

    def database_url(self):
        """Of the test's own file, or of its PostgreSQL database."""
        db = connection.settings_dict
        if connection.vendor == "sqlite":
            return f"sqlite:///{db['NAME']}"
        who = ":".join(quote(db[key]) for key in ("USER", "PASSWORD") if db[key])
        host = db["HOST"] or db.get("OPTIONS", {}).get("host", "")
        if host.startswith("/"):
            return f"postgres://{who}@/{db['NAME']}?host={host}"
        return f"postgres://{who}@{host}:{db['PORT'] or 5432}/{db['NAME']}"

    def start(self, *command, **env):
        """A process of this project's Python, going on by itself."""
        child = subprocess.Popen(
            [PYTHON, *command],
            cwd=settings.BASE_DIR,
            env={**self.env, **env},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        self.children.append(child)
        return child

    def manage(self, *command, **env):
        """manage.py to its end: (exit code, what it said)."""
        child = self.start("manage.py", *command, **env)
        said, _ = child.communicate(timeout=120)
        return child.returncode, said

    def worker(self, *more, **env):
        """A Celery worker as `make run` starts one; ``more`` is its name, or --beat."""
        return self.celery(
            "worker", "--pool", "threads", "--concurrency", "2", *QUIET, *more, **env
        )

    def celery(self, *command, **env):
        """A Celery process."""
        return self.start("-m", "celery", "--app", "liaison", *command, **env)

    def end(self):
        """Kill what still runs, with what it started."""
        for child in self.children:
            with suppress(ProcessLookupError):
                os.killpg(child.pid, signal.SIGKILL)
            child.communicate(timeout=20)


@pytest.fixture
def outside(transactional_db, tmp_path):
    """``outside()``: other processes on this database."""
    made = []

    def copy():
        made.append(Outside(tmp_path))
        return made[-1]

    yield copy
    for each in made:
        each.end()
