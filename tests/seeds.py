"""The rows the migrations sow, for tests that empty the whole database at their end: a pytest plugin.

Such a test (``transaction=True``, ``live_server``) leaves no categories, methods, calendar or tags
behind. Django's own ``serialized_rollback`` does not bring them back in a process that drives a
browser, because there each context has a connection of its own; so they are sown again.
"""

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection
from django.db.migrations import RunPython
from django.db.migrations.loader import MigrationLoader


@pytest.fixture(autouse=True)
def _sown(request):
    """Before a test of that kind: sow again if the one before has emptied the database."""
    marker = request.node.get_closest_marker("django_db")
    empties = bool(marker and marker.kwargs.get("transaction"))
    if not empties and not {"live_server", "transactional_db"} & set(request.fixturenames):
        return
    request.getfixturevalue("transactional_db")
    if not apps.get_model("cadres", "CalendarYear").objects.exists():
        sow()


def sow():
    """Run the data migrations of our own apps once more, on today's tables.

    Those that copy rows out of an older shape (``copy_…``) have nothing to copy, and no such shape.
    """
    loader = MigrationLoader(connection)
    ours = [node for node in loader.graph.nodes if node[0] in settings.LOCAL_APPS]
    done = set()
    for target in sorted(ours):
        for node in loader.graph.forwards_plan(target):
            if node in done or node[0] not in settings.LOCAL_APPS:
                continue
            done.add(node)
            for operation in loader.get_migration(*node).operations:
                if isinstance(operation, RunPython) and not _copies(operation):
                    operation.code(apps, None)


def _copies(operation) -> bool:
    return operation.code.__name__.startswith("copy_")
