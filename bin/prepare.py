"""Bring database and static files up to date, in one Django process: migrate, static, demo.

Called by bin/setup.py and bin/run.py with the names of the steps.
"""

import hashlib
import json
import os
import sys
import unicodedata
from io import StringIO
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[0] = str(ROOT)
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "liaison.settings")

import django  # noqa: E402 (the path must be set first)
from django.apps import apps  # noqa: E402
from django.conf import settings  # noqa: E402
from django.contrib.auth import get_user_model  # noqa: E402
from django.contrib.staticfiles.finders import get_finders  # noqa: E402
from django.core.exceptions import ImproperlyConfigured  # noqa: E402
from django.core.management import CommandError, call_command  # noqa: E402
from django.db import OperationalError  # noqa: E402


def migrate():
    """Bring the database's schema up to date, and the words of people entered before there were any."""
    call_command("migrate", interactive=False, verbosity=0)
    call_command("rebuild_search", missing=True, verbosity=0)


def static_state():
    """A hash that changes when any static file does."""
    lines = []
    for finder in get_finders():
        for name, storage in finder.list([]):
            stat = Path(storage.path(name)).stat()
            lines.append(f"{name} {stat.st_size} {stat.st_mtime_ns}")
    return hashlib.sha256("\n".join(sorted(lines)).encode()).hexdigest()


def static():
    """Collect the static files when one has changed. Pages name them by hash, so this comes first."""
    stamp = ROOT / "var" / "static.stamp"
    state = static_state()
    manifest = Path(settings.STATIC_ROOT) / "staticfiles.json"
    if stamp.exists() and stamp.read_text() == state and manifest.exists():
        return
    call_command("collectstatic", interactive=False, verbosity=0)
    stamp.write_text(state)


def demo():
    """Build the demo township in an empty database. The accounts are `accounts`' to tell."""
    used = [get_user_model(), apps.get_model("villages.Township")]
    if not settings.DEMO or any(model.objects.exists() for model in used):
        return
    print("Building the demo township ...", flush=True)
    call_command("seed_demo", stdout=StringIO())


def padded(text, width):
    """`text` padded to `width` columns; a Chinese character takes two."""
    taken = sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)
    return text + " " * (width - taken)


def accounts():
    """Print the demo accounts; nothing for a database that has none."""
    answer = StringIO()
    try:
        call_command("demo_accounts", json=True, stdout=answer)
    except CommandError:
        return
    print("\nDemo accounts:")
    for row in json.loads(answer.getvalue()):
        cells = zip((row["role"], row["username"], row["password"]), (12, 12, 18), strict=True)
        print(" ", *(padded(text, width) for text, width in cells), row["scope"])
    print(flush=True)


STEPS = {"migrate": migrate, "static": static, "demo": demo, "accounts": accounts}


def main():
    """Run the named steps in order; a database that does not answer is one sentence."""
    try:
        django.setup()
        for name in sys.argv[1:]:
            STEPS[name]()
    except OperationalError as error:
        sys.exit(f"The database does not answer: {str(error).splitlines()[0]}")
    except (CommandError, ImproperlyConfigured) as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
