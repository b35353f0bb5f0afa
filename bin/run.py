"""`make run`: set up what is missing, then web server and worker in the foreground.

Both are children of this script and end with it: on Ctrl-C, on SIGTERM, and when it is killed.
The worker carries the scheduler and is started again when it dies: the database holds what is
due, so nothing is lost. The web server's end is the end of the run.
"""

import http.client
import os
import signal
import socket
import sys
import time
from contextlib import suppress

import children
import setup

HOST = "127.0.0.1"
GRACE = 10  # seconds for requests and tasks under way to finish
LONGEST_PAUSE = 30  # seconds before a worker that keeps dying is tried again


def wanted_port():
    """The port to listen on, from PORT (8000); ends the run when it cannot be had."""
    text = os.environ.get("PORT") or "8000"
    if not (text.isdecimal() and 0 < int(text) < 65536):
        setup.fail(f"PORT must be a number from 1 to 65535, not {text!r}.")
    port = int(text)
    with socket.socket() as probe:
        # As the server itself does: a port just left is not a busy one.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except PermissionError:
            setup.fail(
                f"Port {port} needs administrator rights; choose another: PORT=8001 make run"
            )
        except OSError:
            setup.fail(
                f"Port {port} is in use; stop what holds it, or choose another: PORT=8001 make run"
            )
    return port


def environment(port):
    """What the children see: demo accounts on unless .env says otherwise, a broker of their own."""
    env = dict(os.environ, PYTHONUNBUFFERED="1")
    lines = setup.ENV_FILE.read_text().splitlines() if setup.ENV_FILE.exists() else []
    if not any(line.startswith("DEMO=") for line in lines):
        env.setdefault("DEMO", "1")
    # Two runs of one checkout (another port, another database) must not take each other's messages.
    broker = setup.VAR / ("broker" if port == 8000 else f"broker-{port}")
    env.setdefault("BROKER_DIR", str(broker))
    for name in ("messages", "control"):
        (broker / name).mkdir(parents=True, exist_ok=True)
    return env


def web_command(port):
    """Granian: two processes (two cores), each with threads for requests that wait on the database."""
    return [
        *(setup.VENV_PYTHON, "-m", "granian", "liaison.wsgi:application", "--interface", "wsgi"),
        *("--host", HOST, "--port", port, "--workers", 2, "--blocking-threads", 4, "--no-ws"),
        *(
            "--workers-kill-timeout",
            GRACE - 2,
            "--respawn-failed-workers",
            "--log-level",
            "warning",
        ),
    ]


def worker_command(env):
    """Celery: threads, since tasks wait more than they reckon, and no chatter between workers."""
    return [
        *(setup.VENV_PYTHON, "-m", "celery", "--app", "liaison", "--quiet", "worker", "--beat"),
        *("--pool", "threads", "--concurrency", 2, "--loglevel", "warning"),
        *("--without-gossip", "--without-mingle", "--without-heartbeat"),
        *("--schedule", os.path.join(env["BROKER_DIR"], "beat-schedule")),
    ]


def answers(port):
    """True when a page can be fetched."""
    connection = http.client.HTTPConnection(HOST, port, timeout=2)
    with suppress(OSError, http.client.HTTPException):
        connection.request("GET", "/healthz")
        return connection.getresponse().status < 500
    return False


def supervise(port, env):
    """Keep web server and worker going until told to stop; returns the exit code."""
    options = {"cwd": setup.ROOT, "env": env}
    web = children.start(web_command(port), **options)
    worker = children.start(worker_command(env), **options)
    began, pause, announced = time.monotonic(), 1, False
    try:
        while web.poll() is None:
            if not announced and answers(port):
                announced = True
                setup.say(f"Ready: http://{HOST}:{port}/   (Ctrl-C stops it)")
            if worker.poll() is not None:
                children.end_strays([web])  # Its scheduler, which must not tick twice
                pause = 1 if time.monotonic() - began > 60 else min(pause * 2, LONGEST_PAUSE)
                setup.say(
                    f"The worker ended (code {worker.returncode}); starting it again in {pause} s."
                )
                time.sleep(pause)
                began = time.monotonic()
                worker = children.start(worker_command(env), **options)
            time.sleep(0.3)
        setup.say(
            f"The web server ended by itself (code {web.returncode}); the lines above say why."
        )
        return 1
    except KeyboardInterrupt:
        setup.say("\nStopping ...")
        return 0
    finally:
        # Ctrl-C reaches every process of the group, and make passes SIGTERM on: once is enough.
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        children.stop([web, worker], GRACE)


def main():
    """Refuse early, set up, prepare, serve."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.default_int_handler)
    if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:  # As nohup leaves it
        signal.signal(signal.SIGHUP, signal.default_int_handler)
    if "MAKELEVEL" in os.environ:
        children.die_with_parent()
    children.adopt_orphans()
    port = wanted_port()
    setup.set_up()
    env = environment(port)
    os.environ.update(env)
    setup.prepare("migrate", "static", "demo", "accounts")
    wanted_port()  # once more: setting up takes long enough for somebody else to take it
    return supervise(port, env)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
