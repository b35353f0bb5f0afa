"""The rows the migrations sow, for tests that empty the whole database at their end: a pytest plugin.

Such a test (``transaction=True``, ``live_server``) leaves no categories, methods, calendar or tags behind.
Django truncates every table, two and a half seconds on PostgreSQL, and reads its seeds from JSON through
models, another one, which it forgets to do in a process that drives a browser, where each context has a
connection of its own. Here only what holds rows is emptied, and the seeds come back as the rows they were.
"""

import datetime as dt

import pytest
from django.apps import apps
from django.core.management.commands import flush as flush_command
from django.db import connection
from django.db.backends.postgresql.operations import DatabaseOperations
from django.db.transaction import atomic

SEEDS = []  # (table, columns, rows) of a freshly migrated database
_truncate = DatabaseOperations.sql_flush


def pytest_configure():
    """Take the place of Django's own."""
    DatabaseOperations.sql_flush = flush
    flush_command.emit_post_migrate_signal = lambda *args, **kwargs: (
        None
    )  # content types are seeds too


@pytest.fixture(autouse=True)
def _sown(request):
    """Before a test of that kind: the first keeps the seeds; the others sow what the one before has emptied."""
    marker = request.node.get_closest_marker("django_db")
    empties = bool(marker and marker.kwargs.get("transaction"))
    if not empties and not {"live_server", "transactional_db"} & set(request.fixturenames):
        return
    request.getfixturevalue("transactional_db")
    if not SEEDS:
        keep_seeds()
    elif not apps.get_model("cadres", "CalendarYear").objects.exists():
        sow()


def keep_seeds() -> None:
    """Every row of a freshly migrated database."""
    with connection.cursor() as cursor:
        for table in connection.introspection.django_table_names(only_existing=True):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            if rows := [[_bound(value) for value in row] for row in cursor.fetchall()]:
                SEEDS.append((table, [column[0] for column in cursor.description], rows))


def _bound(value):
    """As it can be stored again: SQLite reads a time of day and does not take one."""
    return str(value) if isinstance(value, dt.time) else value


def sow() -> None:
    """Store them again; what points to what is looked at when the transaction ends."""
    quote = connection.ops.quote_name
    with atomic(), connection.cursor() as cursor:
        for table, columns, rows in SEEDS:
            names, marks = ", ".join(map(quote, columns)), ", ".join(["%s"] * len(columns))
            # Content types may be there already: Django makes them itself after emptying.
            cursor.executemany(
                f"INSERT INTO {quote(table)} ({names}) VALUES ({marks}) ON CONFLICT DO NOTHING",
                rows,
            )


def flush(operations, style, tables, *, reset_sequences=False, allow_cascade=False):
    """DELETE for the tables that hold rows."""
    if reset_sequences or not tables:
        return _truncate(
            operations, style, tables, reset_sequences=reset_sequences, allow_cascade=allow_cascade
        )
    quote = operations.quote_name
    asked = " UNION ALL ".join(
        f"SELECT '{table}' WHERE EXISTS (SELECT 1 FROM {quote(table)})" for table in tables
    )
    with operations.connection.cursor() as cursor:
        cursor.execute(asked)
        full = [row[0] for row in cursor.fetchall()]
    return [f"DELETE FROM {quote(table)};" for table in full]
