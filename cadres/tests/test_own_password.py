"""One's own password: forced at first, checked, and the end of every other session."""

import pytest
from django.test import Client

from conftest import PASSWORD

PAGE = "/accounts/password/"
NEW = "another-long-phrase-8"
pytestmark = pytest.mark.django_db


@pytest.fixture
def fresh(li):
    """李 on his first day."""
    li.must_change_password = True
    li.save()
    return li


def change(client, old, new, again=None):
    data = {"old_password": old, "new_password1": new, "new_password2": again or new}
    return client.post(PAGE, data)


def test_the_first_log_in_leads_to_the_change_and_nowhere_else(signed_in, fresh):
    client = signed_in(fresh)
    away = client.get("/burden/")
    assert (away.status_code, away["Location"]) == (302, PAGE)
    assert client.get(PAGE).status_code == 200
    assert change(client, PASSWORD, NEW).status_code == 302
    assert client.get("/burden/").status_code == 200


def test_accounts_pages_wait_for_the_change_too(signed_in, admin):
    admin.must_change_password = True
    admin.save()
    client = signed_in(admin)
    assert client.get("/accounts/")["Location"] == PAGE


@pytest.mark.parametrize(
    ("new", "again"),
    [
        ("short7", "short7"),
        ("12345678901234", "12345678901234"),
        ("password123456", "password12345"),
        ("a-long-test-phrase-7", "a-long-test-phrase-7"),
    ],
    ids=["too short", "digits alone", "two different", "the old one"],
)
def test_a_poor_new_password_is_refused(signed_in, fresh, new, again):
    client = signed_in(fresh)
    assert change(client, PASSWORD, new, again).status_code == 422
    fresh.refresh_from_db()
    assert fresh.must_change_password
    assert fresh.check_password(PASSWORD)


def test_the_present_one_must_be_known(signed_in, li):
    assert change(signed_in(li), "a-guess", NEW).status_code == 422


def test_other_sessions_end_and_this_one_goes_on(signed_in, li):
    here, elsewhere = signed_in(li), Client()
    elsewhere.force_login(li, backend="cadres.backends.RoleBackend")
    assert elsewhere.get("/burden/").status_code == 200
    change(here, PASSWORD, NEW)
    assert here.get("/burden/").status_code == 200
    assert elsewhere.get("/burden/").status_code == 302
