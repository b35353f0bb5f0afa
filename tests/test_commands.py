"""The commands a newcomer types first: what they refuse, and that nothing is left behind."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from tests.database import kept

ROOT = Path(__file__).resolve().parent.parent
REFUSAL = 1


def script(path, text):
    """An executable shell script."""
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)


@pytest.fixture
def bare(tmp_path):
    """A checkout without .venv, and a PATH that holds the shell's own tools and no Python."""
    tools = tmp_path / "tools"
    tools.mkdir()
    for name in ("sh", "dirname"):
        (tools / name).symlink_to(shutil.which(name))
    shutil.copytree(ROOT / "bin", tmp_path / "bin")
    return tmp_path


def ask_for_python(bare, **env):
    """What bin/py answers to a script that prints its Python's version."""
    return subprocess.run(
        [bare / "bin" / "py", "-c", "import sys; print(sys.version_info >= (3, 11))"],
        env={"PATH": str(bare / "tools"), **env},
        capture_output=True,
        text=True,
        check=False,
    )


class TestWhichPython:
    def test_a_shim_that_does_not_run_is_passed_over(self, bare):
        script(bare / "tools" / "python3", "echo 'python3: command not found' >&2; exit 127")
        (bare / "tools" / "python3.11").symlink_to(sys.executable)
        assert ask_for_python(bare).stdout == "True\n"

    def test_an_old_one_is_refused_in_one_sentence(self, bare):
        script(bare / "tools" / "python3", '[ "$1" = -V ] && echo "Python 3.9.2"')
        answer = ask_for_python(bare)
        assert answer.returncode == REFUSAL
        assert answer.stderr.startswith("Python 3.11 or newer is needed (found: Python 3.9.2)")
        assert answer.stderr.count("\n") == 1

    def test_one_without_the_venv_module_is_refused_in_one_sentence(self, bare):
        script(bare / "tools" / "python3", 'case "$2" in *ensurepip*) exit 1 ;; esac; exit 0')
        answer = ask_for_python(bare)
        assert answer.returncode == REFUSAL
        assert answer.stderr.startswith("python3 has no venv module; install it")
        assert answer.stderr.count("\n") == 1

    def test_a_named_one_is_taken(self, bare):
        assert ask_for_python(bare, PYTHON=sys.executable).stdout == "True\n"


def write_env(checkout, **env):
    """Let the set-up of a checkout write its .env."""
    return subprocess.run(
        [sys.executable, "-c", "import setup; setup.VAR.mkdir(exist_ok=True); setup.write_env()"],
        cwd=checkout / "bin",
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )


class TestKeys:
    def test_they_are_written_once_and_for_the_owner_only(self, bare):
        write_env(bare)
        first = (bare / ".env").read_text()
        write_env(bare)
        assert (bare / ".env").read_text() == first
        assert (bare / ".env").stat().st_mode & 0o777 == 0o600
        assert all(f"\n{key}=" in first for key in ("SECRET_KEY", "FIELD_KEYS", "INDEX_KEY"))

    def test_two_checkouts_share_none(self, bare):
        write_env(bare)
        first = (bare / ".env").read_text()
        (bare / ".env").unlink()
        write_env(bare)
        keys = [set(text.split()) for text in (first, (bare / ".env").read_text())]
        assert not [word for word in keys[0] & keys[1] if "KEY" in word and "=" in word]

    def test_fresh_ones_are_refused_beside_a_database_that_needs_the_old(self, bare):
        (bare / "var").mkdir()
        (bare / "var" / "db.sqlite3").touch()
        answer = write_env(bare)
        assert answer.returncode == REFUSAL
        assert "put .env back" in answer.stderr
        assert not (bare / ".env").exists()

    def test_those_of_the_environment_are_enough(self, bare):
        write_env(bare, SECRET_KEY="a", FIELD_KEYS="b", INDEX_KEY="c")
        assert not (bare / ".env").exists()


# --- make run --------------------------------------------------------------------------------


@pytest.fixture
def port():
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def environment(tmp_path, port):
    """A database and a broker of its own, and no demo."""
    keys = {"SECRET_KEY": "s" * 50, "INDEX_KEY": "i" * 32}
    return {
        **{name: value for name, value in os.environ.items() if name != "MAKELEVEL"},
        **keys,
        "FIELD_KEYS": "dGVzdC1vbmx5LWZpZWxkLWtleS0zMi1ieXRlcy0hISE=",
        "DATABASE_URL": f"sqlite:///{tmp_path}/db.sqlite3",
        "REDIS_URL": "",
        "BROKER_DIR": str(tmp_path / "broker"),
        "PORT": str(port),
        "DEMO": "0",
    }


def refusal(environment):
    """What `make run` says when it does not start."""
    answer = subprocess.run(
        [ROOT / "bin" / "py", ROOT / "bin" / "run.py"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert answer.returncode == REFUSAL
    return answer.stderr


def test_a_busy_port_is_one_sentence(environment, port):
    with socket.socket() as other:
        other.bind(("127.0.0.1", port))
        other.listen()
        said = refusal(environment)
    assert said.startswith(f"Port {port} is in use;")
    assert said.count("\n") == 1


@pytest.mark.parametrize("text", ["0", "65536", "eighty", "-1", "8000.0"])
def test_a_port_that_is_none_is_one_sentence(environment, text):
    said = refusal({**environment, "PORT": text})
    assert said == f"PORT must be a number from 1 to 65535, not {text!r}.\n"


def family(pid):
    """The process and all below it, by process id."""
    listing = Path(f"/proc/{pid}/task/{pid}/children")
    below = listing.read_text().split() if listing.exists() else []
    return [pid, *(member for child in below for member in family(int(child)))]


def wait_until(condition, seconds=120):
    """Wait until a condition holds; the test fails when it does not in time."""
    deadline = time.monotonic() + seconds
    while not (result := condition()):
        assert time.monotonic() < deadline, "this did not happen in time"
        time.sleep(0.2)
    return result


@pytest.fixture
def founded(tmp_path):
    """The site's database, migrated already where the suite keeps one; to be asked for before the site."""
    if kept().exists():
        shutil.copyfile(kept(), tmp_path / "db.sqlite3")


@pytest.fixture
def site(environment, port, tmp_path):
    """The running site: web server, worker and scheduler; killed if a test left it."""
    log = tmp_path / "log"
    with log.open("w") as file:
        process = subprocess.Popen(
            [ROOT / "bin" / "py", ROOT / "bin" / "run.py"],
            env=environment,
            stdout=file,
            stderr=file,
            start_new_session=True,
        )
    process.log = log
    try:
        # Its database is made from nothing first, which takes a busy machine minutes.
        wait_until(lambda: process.poll() is not None or "Ready:" in log.read_text(), 400)
        assert process.poll() is None, log.read_text()
        yield process
    finally:
        process.kill()
        process.wait()


def worker_of(site):
    """Process ids of the worker and the scheduler it carries."""
    return [
        member
        for member in family(site.pid)
        if b"celery" in Path(f"/proc/{member}/cmdline").read_bytes()
    ]


def alive(pids):
    """Those of the processes that are still there."""
    return [pid for pid in pids if Path(f"/proc/{pid}").exists()]


@pytest.mark.wide  # on a database of its own
class TestTheRunningSite:
    def test_it_serves_and_ctrl_c_ends_all_of_it(self, site, port):
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz") as page:
            assert page.status == 200
        members = wait_until(lambda: len(worker_of(site)) == 2 and family(site.pid))
        os.killpg(site.pid, signal.SIGINT)
        assert site.wait(60) == 0
        wait_until(lambda: not alive(members))
        assert "refused to gracefully stop" not in site.log.read_text()

    def test_a_killed_worker_is_replaced_and_its_scheduler_with_it(self, founded, site):
        before = wait_until(lambda: len(worker_of(site)) == 2 and worker_of(site))
        os.kill(before[0], signal.SIGKILL)
        wait_until(lambda: not alive(before))
        after = wait_until(lambda: len(worker_of(site)) == 2 and worker_of(site))
        assert not set(before) & set(after)
        members = family(site.pid)
        site.terminate()
        assert site.wait(60) == 0
        wait_until(lambda: not alive(members))

    def test_killed_outright_it_takes_all_with_it(self, founded, site):
        members = wait_until(lambda: len(worker_of(site)) == 2 and family(site.pid))
        site.kill()
        site.wait(60)
        wait_until(lambda: not alive(members))
