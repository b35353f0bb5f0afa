"""What a save costs the database: pinned, so that it is noticed when a read creeps in."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from liaison.idempotency import new_key
from visits.models import Visit

WRITES = ("INSERT", "UPDATE")


def sent(village, **more):
    """One visit outside a day, as the page sends it: six rows, one filled in."""
    data = {"form_key": new_key(), "village": village.pk, "occurred_on": "2026-11-16"}
    data |= {"row-TOTAL_FORMS": 6, "row-INITIAL_FORMS": 0}
    for at in range(6):
        data |= {f"row-{at}-mode": "evening", f"row-{at}-persons": "1"}
    return data | {"row-0-household": "001", "row-0-said": "问低保", **more}


def statements(client, data):
    """Every statement of one save, savepoints included."""
    with CaptureQueriesContext(connection) as seen:
        assert client.post("/visits/new/", data).status_code == 302
    return [each["sql"] for each in seen]


def test_a_visit_saved_is_few_statements_five_of_them_writes(signed_in, li, shiqiao):
    """Session, account, posts with their seats, village, household; in the transaction only the trail's chain."""
    client = signed_in(li)
    statements(client, sent(shiqiao))  # the first makes his chain of the trail
    said = statements(client, sent(shiqiao))
    assert Visit.objects.count() == 2
    assert len(said) == 13
    assert sum(each.startswith(WRITES) for each in said) == 5
    begun = next(at for at, each in enumerate(said) if each.startswith(WRITES))
    read = [each for each in said[begun:] if each.startswith("SELECT")]
    assert len(read) == 1
    assert "auditchain" in read[0]


def test_a_row_more_is_five_statements_more(signed_in, li, shiqiao):
    """Its household, itself, the three of the trail; no code list, no place read again, no savepoint."""
    client = signed_in(li)
    statements(client, sent(shiqiao))
    one = len(statements(client, sent(shiqiao)))
    more = {"row-1-household": "001", "row-1-said": "问医保"}
    assert len(statements(client, sent(shiqiao, **more))) == one + 5


def test_sent_again_it_writes_nothing(signed_in, li, shiqiao):
    client, data = signed_in(li), sent(shiqiao)
    statements(client, data)
    said = statements(client, data)
    assert Visit.objects.count() == 1
    assert not [each for each in said if each.startswith("UPDATE")]
    assert said[-1].startswith("SELECT")
