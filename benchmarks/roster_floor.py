"""What the import could not be quicker than: the reader alone, and the stored rows by the database's bulk path.

The rows are those our own import left behind, ciphertext and all: first the three tables a roster is about, then
what search, the preview and undo need besides. Nothing is parsed, compared, checked, encrypted or worked out.
"""

from io import StringIO

from .clocks import timed
from .roster_file import WORKBOOK

ROSTER = ("villages_household", "villages_resident", "villages_tagholding")
BESIDES = ("villages_searchtoken", "liaison_importline", "liaison_importtrace")
OF_THE_FIRST = " WHERE batch_id = (SELECT min(id) FROM liaison_importbatch)"


def floor():
    """(seconds, processor seconds) of reader and roster, and of every row besides."""
    from liaison import collector
    from liaison.reading.excel_read import read_book

    data = WORKBOOK.read_bytes()
    roster, besides = _take_out(ROSTER), _take_out(BESIDES, OF_THE_FIRST)
    _empty((*BESIDES, "villages_registryevent", *reversed(ROSTER)))
    with collector.at_rest():
        reader = timed(lambda: read_book(data))
        stored = timed(lambda: _store(roster))
        rest = timed(lambda: _store(besides))
    least = [sum(each) for each in zip(reader, stored, strict=True)]
    every = [sum(each) for each in zip(least, rest, strict=True)]
    return *least, {"reader": reader, "every": every}


def _is_postgres():
    from django.db import connection

    return connection.vendor == "postgresql"


def _take_out(tables, of_imports=""):
    """(table, columns, rows as COPY text or as tuples)."""
    from django.db import connection

    taken = []
    with connection.cursor() as cursor:
        for table in tables:
            where = of_imports if table.startswith("liaison_import") else ""
            wanted = f"SELECT * FROM {table}{where} ORDER BY id"
            cursor.execute(f"SELECT * FROM {table} LIMIT 0")
            columns = [f'"{each[0]}"' for each in cursor.description]
            if _is_postgres():
                rows = StringIO()
                cursor.copy_expert(f"COPY ({wanted}) TO STDOUT", rows)
                rows.seek(0)
            else:
                rows = cursor.execute(wanted).fetchall()
            taken.append((table, ", ".join(columns), rows))
    return taken


def _empty(tables):
    from django.db import connection

    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"DELETE FROM {table}")
        cursor.execute("VACUUM")


def _store(tables):
    from django.db import connection, transaction

    with transaction.atomic(), connection.cursor() as cursor:
        for table, columns, rows in tables:
            if _is_postgres():
                cursor.copy_expert(f"COPY {table} ({columns}) FROM STDIN", rows)
            elif rows:
                places = ", ".join("?" * len(rows[0]))
                cursor.connection.executemany(
                    f"INSERT INTO {table} ({columns}) VALUES ({places})", rows
                )
