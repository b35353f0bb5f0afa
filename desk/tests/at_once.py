"""Two people, or two taps, in the same moment: real threads with connections of their own."""

import threading
from concurrent.futures import ThreadPoolExecutor

from django.db import connections


def at_once(calls, afterwards):
    """Run the calls together, each in a thread, then ``afterwards`` in one more.

    Returns:
        (results of the calls in order, result of ``afterwards``).
    """
    gate = threading.Barrier(len(calls))

    def through_the_gate(call):
        gate.wait(timeout=20)
        return _alone(call)

    with ThreadPoolExecutor(len(calls)) as pool:
        results = list(pool.map(through_the_gate, calls))
        return results, pool.submit(_alone, afterwards).result()


def _alone(call):
    try:
        return call()
    finally:
        connections.close_all()
