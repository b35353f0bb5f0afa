"""Measure pages beside their floor, turn by turn, so that a slow moment of the machine hits both."""

import statistics
from dataclasses import dataclass
from time import perf_counter

from django.db import connection
from django.test.utils import CaptureQueriesContext


@dataclass(frozen=True)
class Result:
    """One page: milliseconds (median, p95), queries, bytes, and the ratio of medians to the floor."""

    name: str
    median: float
    p95: float
    queries: int
    size: int
    ratio: float

    def line(self) -> str:
        """A row of the printed table."""
        return (
            f"{self.name:<26}{self.median:>9.1f}{self.p95:>9.1f}{self.queries:>9}"
            f"{self.size / 1024:>9.1f}{self.ratio:>9.2f}"
        )


HEAD = f"{'page':<26}{'median ms':>9}{'p95 ms':>9}{'queries':>9}{'KiB':>9}{'x floor':>9}"


def measure(name, ask, floor, prepare=lambda: None, rounds=40) -> Result:
    """Time ``ask()`` and ``floor(size)`` in turn.

    Args:
        ask: returns a response; everything it takes is timed.
        prepare: called before each ``ask()``, untimed: opens the page whose form is then sent.
        floor: given a size in bytes, returns the bare response of that size.
    """
    prepare()
    ask()  # the first request of a session writes its mark, compiles templates
    prepare()
    with CaptureQueriesContext(connection) as captured:
        response = ask()
    queries = len(captured)  # now: the log is emptied by the next request
    if response.status_code not in (200, 302):
        raise SystemExit(f"{name}: {response.status_code}")
    size = len(body(response))
    pages, floors = [], []
    for _ in range(rounds):
        prepare()
        pages.append(_timed(ask))
        floors.append(_timed(lambda: floor(size)))
    pages.sort()
    median = statistics.median(pages)
    return Result(
        name=name,
        median=median * 1000,
        p95=pages[int(len(pages) * 0.95) - 1] * 1000,
        queries=queries,
        size=size,
        ratio=median / statistics.median(floors),
    )


def body(response) -> bytes:
    """The bytes of a response, streamed or not."""
    return b"".join(response.streaming_content) if response.streaming else response.content


def _timed(call):
    start = perf_counter()
    body(call())
    return perf_counter() - start
