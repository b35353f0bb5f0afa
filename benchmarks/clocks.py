"""How long work takes: by the wall, and by the processors that did it, the database server's own included."""

import os
from pathlib import Path
from time import perf_counter, process_time


def timed(work):
    """(seconds, processor seconds) of ``work()``.

    A PostgreSQL server on this machine is counted with what its process for our connection used; one on
    another machine is not known here.
    """
    server, wall, cpu = _server(), perf_counter(), process_time()
    work()
    wall, cpu = perf_counter() - wall, process_time() - cpu
    return wall, cpu + _server() - server


def _server():
    from django.db import connection

    if connection.vendor != "postgresql":
        return 0.0
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (pid,) = cursor.fetchone()
    try:
        after_the_name = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except FileNotFoundError:
        return 0.0
    return sum(map(int, after_the_name[11:13])) / os.sysconf("SC_CLK_TCK")
