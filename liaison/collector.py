"""Python's garbage collector, at rest while a job works.

A job on a hundred thousand rows makes millions of objects that live until it ends; the collector would go
through all of them again and again to find nothing, for a fifth of the whole time.
"""

import gc
import threading
from contextlib import contextmanager

_lock = threading.Lock()
_resting = 0  # how many ask for it at this moment


@contextmanager
def at_rest():
    """No automatic collection inside; nested, and from several threads, the last one out wakes it up."""
    _count(1)
    try:
        yield
    finally:
        _count(-1)


def _count(step):
    global _resting  # noqa: PLW0603 - the collector is the process's own
    with _lock:
        _resting += step
        if _resting:
            gc.disable()
        else:
            gc.enable()
