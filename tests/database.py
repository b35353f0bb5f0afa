"""SQLite under the tests is a file, opened as the product opens its own: a pytest plugin.

In memory the threads of a live server or of a race would share one cache, where a reader is refused instead
of waiting ("database table is locked"). A file waits its turn, and other processes can open it.

The migrations take longer than most test files, so their result is kept in var/ and copied from there until
a migration, what it reads, or a pinned package changes.
"""

import hashlib
import os
import shutil
import sqlite3
from contextlib import closing

import pytest
from django.conf import settings
from django.db import connection

READ_BY_MIGRATIONS = ("*/migrations/*.py", "*/data/**/*", "requirements.txt")


def kept():
    """Where the migrated database of this state of the code is kept."""
    state = hashlib.sha256()
    for pattern in READ_BY_MIGRATIONS:
        for file in sorted(settings.BASE_DIR.glob(pattern)):
            if file.is_file() and file.suffix != ".pyc":
                state.update(f"{file.relative_to(settings.BASE_DIR)}\0".encode())
                state.update(file.read_bytes())
    return settings.VAR_DIR / "test-database" / f"{state.hexdigest()[:20]}.sqlite3"


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix, tmp_path_factory):
    """A file of this process's own; what a test stores need not survive a power cut."""
    if connection.vendor != "sqlite":
        return
    own = str(tmp_path_factory.mktemp("database") / "test.sqlite3")
    connection.settings_dict["TEST"]["NAME"] = own
    options = connection.settings_dict["OPTIONS"]
    options["init_command"] = options["init_command"].replace("synchronous=FULL", "synchronous=OFF")


@pytest.fixture(scope="session")
def django_db_keepdb(request, django_db_modify_db_settings):
    """Whether this process begins with a copy of a migrated database."""
    own = connection.settings_dict["TEST"]["NAME"]
    if connection.vendor != "sqlite" or not kept().exists():
        return request.config.getvalue("reuse_db")
    shutil.copyfile(kept(), own)
    return True


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_keepdb, django_db_blocker):
    """pytest-django's own; what it migrated is kept for the next run, in place of older states."""
    if connection.vendor != "sqlite" or django_db_keepdb:
        return
    target = kept()
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_suffix(f".{os.getpid()}")
    with django_db_blocker.unblock(), closing(sqlite3.connect(part)) as copy:
        connection.ensure_connection()
        connection.connection.backup(copy)
    part.replace(target)
    for older in set(target.parent.glob("*.sqlite3")) - {target}:
        older.unlink(missing_ok=True)
