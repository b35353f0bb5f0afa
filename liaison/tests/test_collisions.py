"""An act the database undid in favour of another: its sender reads what to do, and any other fault stays a fault."""

from types import SimpleNamespace

import pytest
from django.db import IntegrityError, OperationalError
from django.urls import reverse

from liaison import errors


class Cause(Exception):
    """As the driver says it."""

    def __init__(self, code):
        super().__init__()
        self.pgcode = code


def undone(code, kind=OperationalError, words=""):
    error = kind(words)
    error.__cause__ = Cause(code)
    return error


@pytest.fixture
def page(client, zhao, monkeypatch):
    """Opens a page whose work the database answers with an error."""
    client.force_login(zhao)

    def opened(error, **headers):
        def fails(*_):
            raise error

        monkeypatch.setattr("liaison.views.render", fails)
        return client.get(reverse("burden"), **headers)

    return opened


@pytest.mark.parametrize(
    "error",
    [
        undone("40P01"),
        undone("40001"),
        undone("55P03"),
        undone("23503", IntegrityError),
        undone(None, words="database is locked"),
    ],
)
def test_who_lost_a_collision_is_told_that_nothing_was_stored(page, error):
    answer = page(error)
    assert answer.status_code == 503
    assert "没有保存任何内容" in answer.content.decode()


@pytest.mark.parametrize("error", [undone("23505", IntegrityError), undone("53100"), ValueError()])
def test_any_other_fault_goes_up_unchanged(page, error):
    with pytest.raises(type(error)):
        page(error)


def test_the_sentence_needs_no_signed_in_user(rf):
    request = rf.get("/")
    request.user = SimpleNamespace(is_authenticated=False)
    assert errors.collision(request).status_code == 503
