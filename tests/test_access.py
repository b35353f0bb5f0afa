"""Every address × every role × every method × own, foreign and missing rows.

The list of addresses comes from the resolver: a new one is tested from its first day, and fails
here until it says who may use it and which row stands behind its parameter (``tests/addresses.py``).
"""

import re

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from django.urls import get_resolver, path

from liaison import access
from tests.addresses import (
    MISSING,
    PARAMETERS,
    ROLES,
    ROUTES,
    WITH_ROWS,
    address,
    ask,
    enter,
    sees_all,
    somebody,
    text,
)

pytestmark = pytest.mark.wide
HUGE = {"pk": 9**25, "code": "9" * 300, "number": "9" * 300, "token": "9" * 300}


# --- What is declared -----------------------------------------------------------------------


@pytest.mark.parametrize("name", ROUTES)
def test_every_address_says_who_may_use_it(name):
    declared = access.declared_access(ROUTES[name])
    assert declared in (access.OPEN, access.SIGNED_IN) or re.fullmatch(r"\w+\.\w+", declared)


def test_every_permission_is_held_by_somebody(cast):
    asked = {access.declared_access(view) for view in ROUTES.values()}
    held = set().union(*(user.role_permissions for user in cast.values()))
    assert asked - held == {access.OPEN, access.SIGNED_IN, access.CONFIDENTIAL}


def test_an_undeclared_address_is_never_served(client, monkeypatch):
    def forgetful(request):
        raise AssertionError("served")

    resolver = get_resolver()
    monkeypatch.setattr(
        resolver, "url_patterns", [*resolver.url_patterns, path("forgotten/", forgetful)]
    )
    resolver._populate()
    with pytest.raises(ImproperlyConfigured, match="forgetful declares no access"):
        client.get("/forgotten/")


def test_few_addresses_are_open():
    open_ones = {n for n, view in ROUTES.items() if access.declared_access(view) == access.OPEN}
    assert open_ones == {
        "accounts:login", "accounts:logout", "desk:offline", "desk:offline_worker", "healthz",
        "visits:feed",
    }  # fmt: skip


# --- Who comes in ---------------------------------------------------------------------------


def test_a_stranger_is_led_to_the_log_in(ours):
    client = Client(raise_request_exception=False)
    for name, view in ROUTES.items():
        for method in ("get", "post", "put", "delete", "head", "options"):
            answer = ask(client, method, address(name, ours))
            if access.declared_access(view) == access.OPEN:
                assert answer.status_code < 500, (method, name)
            else:
                assert answer.status_code == 302, (method, name)
                assert answer["Location"].startswith("/accounts/login/?next="), (method, name)


def _missing(name):
    return address(name, values=MISSING)


@pytest.mark.parametrize("who", ROLES)
def test_without_the_permission_every_row_answers_403(cast, ours, theirs, who):
    client, asked = enter(cast[who]), 0
    for at, (name, view) in enumerate(ROUTES.items(), ROLES.index(who)):
        declared = access.declared_access(view)
        if access.permitted(cast[who], declared):
            continue
        # What rows open and no role is not there for anybody else
        refused = 404 if access.is_by_rows(declared) else 403
        # The gate stands before the view: which row and which method make no difference to it, so the roles
        # share them.
        ways = (
            ("get", address(name, ours)), ("post", address(name, theirs)), ("put", _missing(name)),
        )  # fmt: skip
        method, url = ways[at % 3]
        asked += 1
        assert ask(client, method, url).status_code == refused, (method, url)
    assert asked


# One of each territory: 王 is a cadre as 李 is, 周 reads the township as 孙 does, 赵 his as 钱 his own.
TERRITORIES = [who for who in ROLES if who not in ("wang", "zhou", "zhao")]


@pytest.mark.parametrize("who", TERRITORIES)
def test_a_foreign_row_answers_as_a_missing_one(cast, ours, theirs, who):
    client, user = enter(cast[who]), cast[who]
    for at, name in enumerate(WITH_ROWS, TERRITORIES.index(who)):
        declared = access.declared_access(ROUTES[name])
        # Where the address itself is the key: visits/tests/test_feed_owners.py
        if declared == access.OPEN:
            continue
        if not access.permitted(user, declared):
            continue
        for method in (("get", "post")[at % 2],):  # the territories take turns
            missing = ask(client, method, _missing(name))
            assert missing.status_code in (404, 405), (method, name)
            for rows in (ours, theirs):
                answer = ask(client, method, address(name, rows))
                if sees_all(user, name, rows):
                    # Reading may be wider than writing: then a POST is 403, but never 404
                    refused = (404, 500) if method == "post" else (403, 404, 500)
                    assert answer.status_code not in refused, (method, name)
                else:
                    assert answer.status_code == missing.status_code, (method, name)
                    assert text(answer) == text(missing), (method, name)


def test_a_key_beyond_all_numbers_is_a_missing_row(cast, ours):
    for at, name in enumerate(WITH_ROWS):
        client, huge = enter(somebody(cast, name, ours)), address(name, values=HUGE)
        method = ("get", "post")[at % 2]
        missing = ask(client, method, _missing(name)).status_code
        assert ask(client, method, huge).status_code == missing, (method, name)


def test_somebody_of_the_cast_sees_each_row(cast, ours):
    """Else the test above would prove nothing."""
    assert all(somebody(cast, name, ours) for name in WITH_ROWS)


@pytest.mark.parametrize("who", ROLES)
def test_whoever_may_use_a_page_gets_it(cast, who):
    client = enter(cast[who])
    for name, view in ROUTES.items():
        if PARAMETERS[name] or not access.permitted(cast[who], access.declared_access(view)):
            continue
        assert ask(client, "get", address(name)).status_code not in (403, 404, 500), name


# --- The table of the command ---------------------------------------------------------------


def test_the_command_prints_every_address_and_who_may(capsys):
    from django.core.management import call_command

    call_command("routes")
    said = capsys.readouterr().out
    assert len(said.strip().splitlines()) == len(list(access.all_routes()))
    line = next(one for one in said.splitlines() if " accounts:users " in one)
    assert line.endswith("系统管理员")
    assert "无人" not in said
