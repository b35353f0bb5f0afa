"""Child processes that never outlive the script that started them."""

import ctypes
import os
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

# linux/prctl.h
PR_SET_PDEATHSIG = 1
PR_SET_CHILD_SUBREAPER = 36
LINUX = sys.platform == "linux"
libc = ctypes.CDLL(None) if LINUX else None


def die_with_parent():
    """Ask for SIGTERM when the parent process is gone, however it went (Linux only)."""
    if LINUX:
        libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def adopt_orphans():
    """Become the parent of grandchildren whose own parent was killed (Linux only)."""
    if LINUX:
        libc.prctl(PR_SET_CHILD_SUBREAPER, 1)


def _leave_interrupts_to_parent():
    """What a child does before its program starts."""
    die_with_parent()
    # Ctrl-C reaches the whole process group; a web worker told twice, by SIGINT from the terminal
    # and by SIGTERM from its master, hangs. A blocked signal stays blocked in all descendants.
    signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])


def start(argv, **options):
    """Start a child that ends when this process does; same terminal, same process group.

    It is deaf to SIGINT: the parent hears it and calls `stop`.
    """
    # preexec_fn is unsafe beside threads only, and these scripts have none.
    return subprocess.Popen(
        [str(part) for part in argv],
        preexec_fn=_leave_interrupts_to_parent,  # noqa: PLW1509
        **options,
    )


def end_strays(known):
    """Kill the children not among `known`: what a killed worker left behind."""
    listing = Path(f"/proc/self/task/{os.getpid()}/children")
    if not listing.exists():
        return
    for pid in {int(text) for text in listing.read_text().split()} - {child.pid for child in known}:
        with suppress(ProcessLookupError, ChildProcessError):
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)


def stop(children, grace):
    """End all children: asked first, killed after `grace` seconds."""
    for child in children:
        child.terminate()
    for child in children:
        try:
            child.wait(grace)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
    end_strays([])
