"""The message road between web and worker, whichever the environment names."""

import os
import sys
from subprocess import PIPE, Popen
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import connection
from kombu import Connection


@pytest.fixture
def road(tmp_path):
    """A connection to the broker of the settings; the folder broker gets folders of its own."""
    options = dict(settings.CELERY_BROKER_TRANSPORT_OPTIONS)
    for name in ("data_folder_in", "data_folder_out", "control_folder"):
        if name in options:
            # In and out are one folder: what is put in is what can be taken out.
            folder = tmp_path / ("control" if name == "control_folder" else "messages")
            folder.mkdir(exist_ok=True)
            options[name] = str(folder)
    with Connection(settings.CELERY_BROKER_URL, transport_options=options) as broker:
        yield broker


def test_a_message_put_in_comes_out_once(road):
    queue = road.SimpleQueue(f"test-{uuid4()}")
    queue.put({"notice": 7})
    message = queue.get(timeout=10)
    message.ack()
    assert message.payload == {"notice": 7}
    with pytest.raises(queue.Empty):
        queue.get_nowait()
    queue.queue.delete()
    queue.close()


def test_the_suite_runs_on_the_servers_it_was_pointed_at(db):
    asked = os.environ.get("DATABASE_URL", "sqlite:")
    assert connection.vendor == {"sqlite": "sqlite", "postgres": "postgresql"}[asked.split(":")[0]]
    assert settings.CELERY_BROKER_URL.startswith(os.environ.get("REDIS_URL") or "folder:")


# Names every message whose size at first sight was not that of a whole one.
LOOK = """
import os, sys
folder, seen, whole = sys.argv[1], {}, 5000
print("ready", flush=True)
while "end" not in seen:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name not in seen and entry.name.endswith((".msg", "end")):
                seen[entry.name] = os.stat(entry.path).st_size
print([name for name, size in seen.items() if name != "end" and size < whole])
"""


def test_a_folder_never_shows_half_a_message(tmp_path):
    """A worker that looked in between took an empty file and ended."""
    for name in ("messages", "control"):
        (tmp_path / name).mkdir()
    folder = tmp_path / "messages"
    options = {
        "data_folder_in": str(folder),
        "data_folder_out": str(folder),
        "control_folder": str(tmp_path / "control"),
    }
    reader = Popen([sys.executable, "-c", LOOK, folder], stdout=PIPE, text=True)
    assert reader.stdout.readline() == "ready\n"
    with Connection("folder://localhost", transport_options=options) as broker:
        queue = broker.SimpleQueue("test")
        for _ in range(300):
            queue.put({"text": "驻点" * 2000})
        (folder / "end").touch()
        assert reader.communicate(timeout=60)[0] == "[]\n"
        assert queue.get(timeout=10).payload == {"text": "驻点" * 2000}
        queue.close()
