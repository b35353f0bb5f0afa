"""Two people, or two taps, in the same moment: real threads with connections of their own."""

import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

from django.db import connection, connections


def at_once(tmp_path, calls, afterwards):
    """Run the calls together, each in a thread, then ``afterwards`` in one more.

    The in-memory database of the tests knows no waiting for a lock, so on SQLite the threads work on
    a copy of it in a file, opened as the product opens its own.

    Returns:
        (results of the calls in order, result of ``afterwards``).
    """
    gate = threading.Barrier(len(calls))

    def through_the_gate(call):
        gate.wait(timeout=20)
        return _alone(call)

    with _shared_database(tmp_path), ThreadPoolExecutor(len(calls)) as pool:
        pool.submit(_alone, _first_opening).result()
        results = list(pool.map(through_the_gate, calls))
        return results, pool.submit(_alone, afterwards).result()


def _first_opening():
    """Makes it a WAL database, as the first start of an office does: two at once would not wait for each other."""
    connection.ensure_connection()  # that of the thread it is called in


def _alone(call):
    try:
        return call()
    finally:
        connections.close_all()


@contextmanager
def _shared_database(tmp_path):
    usual = connections.settings["default"]
    if connection.vendor == "sqlite":
        path = str(tmp_path / "shared.sqlite3")
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [path])
        connections.settings["default"] = {**usual, "NAME": path}
    try:
        yield
    finally:
        connections.settings["default"] = usual
