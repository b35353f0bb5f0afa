"""Many rows at once, by the database's own road for many rows: ``executemany`` on SQLite, COPY on PostgreSQL.

``bulk_create`` writes one long statement after another and hands over each value apart; for the hundred
thousand rows of a township's roster that is three to five times the time, during which nobody else can write.
"""

import datetime as dt
import json
import re
from decimal import Decimal
from functools import partial
from itertools import islice
from operator import itemgetter
from uuid import UUID

from django.db import DatabaseError, connection, connections, models, transaction
from psycopg2.extras import execute_values

LINES = 10_000  # handed over at once; Django keeps what it has handed to ``executemany``
PIECE = 500  # lines of a COPY: few, so that the database works on them while the next are made
# What these hold goes to the database as it is.
_AS_IT_IS = (models.CharField, models.IntegerField, models.BooleanField, models.ForeignKey)
IN_COPY = str.maketrans({"\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"})
_has_special = re.compile(r"[\\\n\r\t]").search  # a tenth of what ``translate`` takes


def insert_many(model, rows):
    """Store new model instances with their keys, in the order given.

    Unlike ``bulk_create`` it takes every value as the field holds it, sends no signals and knows no
    ``auto_now``. On SQLite the keys are safe because the transaction alone may write, on PostgreSQL because
    each is drawn from the sequence.

    Args:
        rows: instances without a key; foreign keys of theirs are stored already.
    Returns:
        The same instances, as a list, each with its ``pk``.
    """
    rows = list(rows)
    if not rows:
        return rows
    names = [field.attname for field in model._meta.concrete_fields]
    key = model._meta.pk.attname
    values = itemgetter(*names)
    with transaction.atomic():
        for row, pk in zip(rows, reserve_keys(model, len(rows)), strict=True):
            setattr(row, key, pk)
        _store(model, model._meta.concrete_fields, (values(row.__dict__) for row in rows))
    for row in rows:
        row._state.adding, row._state.db = False, connection.alias
    return rows


def maker(model, *names):
    """A function that makes instances from values in the order of ``names``; three times as quick as by name.

    Args:
        names: attribute names; every other field has its default, one for all.
    """
    fields = model._meta.concrete_fields
    defaults = [None if field.primary_key else field.get_default() for field in fields]
    at = {field.attname: place for place, field in enumerate(fields)}
    places = [at[name] for name in names]

    def make(*values):
        cells = defaults.copy()
        for place, value in zip(places, values, strict=True):
            cells[place] = value
        return model(*cells)

    return make


def reserve_keys(model, count):
    """``count`` keys for new rows, ascending; nobody else is given one of them.

    On SQLite they hold within the running transaction only; the rows must be stored in it.
    """
    if not count:
        return []
    if not connection.in_atomic_block:
        raise RuntimeError("keys are reserved in the transaction that stores their rows")
    table, key = model._meta.db_table, model._meta.pk.column
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)",
                [f'"{table}"', key, count],
            )
            return [pk for (pk,) in cursor.fetchall()]
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        first = ((cursor.fetchone() or (0,))[0]) + 1
    return range(first, first + count)


def store_rows(model, names, rows):
    """Store rows given as tuples; nothing is kept of them, so an iterator of millions will do.

    Args:
        names: the attribute names (``village_id``) the tuples hold, in their order. A field left out has its
            default, one for all; the key, left out, is given by the database.
    """
    fields = [model._meta.get_field(name) for name in names]
    rest = [
        field
        for field in model._meta.concrete_fields
        if field not in fields and not field.primary_key
    ]
    if rest:
        defaults = tuple(field.get_default() for field in rest)
        rows = (row + defaults for row in rows)
    with transaction.atomic():
        _store(model, [*fields, *rest], rows)


def _store(model, fields, rows):
    if connection.vendor == "postgresql":
        copy_lines(model, [field.column for field in fields], _pieces_of(fields, rows))
        return
    table = connection.ops.quote_name(model._meta.db_table)
    columns = ", ".join(connection.ops.quote_name(field.column) for field in fields)
    with connection.cursor() as cursor:
        places = ", ".join(["%s"] * len(fields))
        statement = f"INSERT INTO {table} ({columns}) VALUES ({places})"  # noqa: S608 - our own names
        tuples = iter(_converted(fields, rows))
        while block := _next_of(tuples):
            cursor.executemany(statement, block)


def _next_of(tuples):
    """The next LINES; what makes them may ask nothing here either, so that it is noticed on either database."""
    with connection.execute_wrapper(_refuse):
        return list(islice(tuples, LINES))


def _refuse(*_):
    raise RuntimeError(
        "rows are on their way into a table: what makes them must ask the database before"
    )


def update_many(model, rows, names):
    """Write some fields of stored instances back, each row by its key; the version is the caller's business.

    Args:
        rows: a list of instances.
        names: attribute names.
    """
    if not rows:
        return
    fields = [model._meta.get_field(name) for name in names]
    values = itemgetter(*(field.attname for field in (*fields, model._meta.pk)))
    tuples = _converted([*fields, model._meta.pk], (values(row.__dict__) for row in rows))
    quote = connection.ops.quote_name
    table, key = quote(model._meta.db_table), quote(model._meta.pk.column)
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            _update_from_values(cursor, table, key, fields, tuples)
            return
        settings = ", ".join(f"{quote(field.column)} = %s" for field in fields)
        cursor.executemany(
            f"UPDATE {table} SET {settings} WHERE {key} = %s",  # noqa: S608 - names of our own
            tuples,
        )


def _update_from_values(cursor, table, key, fields, tuples):
    quote = connection.ops.quote_name
    # A column of nothing but NULL has no type of its own.
    settings = ", ".join(
        f"{quote(field.column)} = given.c{at}::{field.db_type(connection)}"
        for at, field in enumerate(fields)
    )
    columns = ", ".join(f"c{at}" for at in range(len(fields)))
    with connection.wrap_database_errors:
        execute_values(
            cursor.cursor,
            f"UPDATE {table} SET {settings} FROM (VALUES %s) AS given ({columns}, key) "  # noqa: S608
            f"WHERE {table}.{key} = given.key",
            tuples,
            page_size=1000,
        )


def _converted(fields, rows):
    """The rows as the database takes them."""
    converters = [
        (at, _converter(field))
        for at, field in enumerate(fields)
        if not isinstance(field, _AS_IT_IS)
    ]
    if not converters:
        yield from rows
        return
    for row in rows:
        cells = list(row)
        for at, convert in converters:
            cells[at] = convert(cells[at])
        yield cells


def _converter(field):
    """What makes of a field's value the one to be stored; plain texts and days need no asking."""
    # The connection itself: by its stand-in every look at it is one more call.
    convert = partial(field.get_db_prep_save, connection=connections[connection.alias])
    if type(field) is models.TextField:
        return lambda value: value if type(value) is str else field.get_prep_value(value)
    if isinstance(field, models.TextField):
        return field.get_prep_value
    if type(field) is models.DateField and connection.vendor == "sqlite":
        return lambda value: value.isoformat() if type(value) is dt.date else convert(value)
    if type(field) is models.JSONField and connection.vendor == "sqlite":
        return lambda value: "[]" if value == [] else convert(value)
    return convert


def copy_lines(model, columns, pieces):
    """Store rows that are COPY's text format already, on PostgreSQL.

    Args:
        pieces: texts of whole lines, made while the database stores the ones before: nothing that makes them may
            ask it anything. What stands between the tabs has gone through ``IN_COPY``.
    """
    table = connection.ops.quote_name(model._meta.db_table)
    names = ", ".join(map(connection.ops.quote_name, columns))
    source = _Pieces(pieces)
    with connection.cursor() as cursor:
        try:
            with connection.wrap_database_errors, connection.execute_wrapper(_refuse):
                cursor.copy_expert(f"COPY {table} ({names}) FROM STDIN", source)
        except DatabaseError:
            if source.fault:  # the database only knows that its source dried up
                raise source.fault from None
            raise


class _Pieces:
    """What COPY reads from. It takes whatever it is given, longer than it asked for or not."""

    def __init__(self, pieces):
        self._pieces, self.fault = iter(pieces), None

    def read(self, size=-1):
        try:
            return next(self._pieces, "")
        except Exception as fault:
            self.fault = fault
            raise


def _pieces_of(fields, rows):
    lines = _copy_lines([_copy_text(field) for field in fields], rows)
    while piece := "".join(islice(lines, PIECE)):
        yield piece


def _copy_lines(writers, rows):
    for row in rows:
        cells = [
            "\\N" if value is None else write(value)
            for write, value in zip(writers, row, strict=True)
        ]
        yield "\t".join(cells) + "\n"


def _copy_text(field):
    """How a field's value that is not None reads in COPY's text format."""
    if isinstance(field, models.IntegerField | models.ForeignKey):
        return str
    if isinstance(field, models.BooleanField):
        return lambda value: "t" if value else "f"
    if isinstance(field, models.JSONField):
        return lambda value: _plain(json.dumps(value, cls=field.encoder))
    if isinstance(field, models.CharField):
        return _plain
    if isinstance(field, models.TextField):
        return lambda value: _plain(field.get_prep_value(value))
    if type(field) is models.DateField:
        return str  # a day reads 2026-11-16
    convert = _converter(field)

    def write(value):
        stored = convert(value)
        if not isinstance(stored, str | dt.date | dt.time | Decimal | UUID | float):
            raise TypeError(f"{field} cannot be copied: {type(stored).__name__}")
        return _plain(str(stored))

    return write


def _plain(text):
    """A text as it stands between two tabs."""
    return text.translate(IN_COPY) if _has_special(text) else text
