"""提醒服务延迟: told on every page while something is due and nobody comes for it; gone when the pass comes again."""

import datetime as dt

import pytest
from django.db import connection

from cadres import heartbeat
from cadres.delivering import deliver_due
from cadres.models import Delivery, Heartbeat
from cadres.notices import notify
from liaison import clock

NOW = dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)
MINUTE = dt.timedelta(minutes=1)
BANNER = "提醒服务延迟"


def tell(person, due_at=NOW):
    """One message by mail."""
    return notify(
        recipient=person, kind="test", subject="session:1", slot="s", title="驻点提醒", text="",
        url="/", due_at=due_at, now=NOW,
    )  # fmt: skip


def test_nothing_due_is_never_late(db):
    assert not heartbeat.is_late(NOW)
    heartbeat.beat(heartbeat.DELIVER, NOW)
    assert not heartbeat.is_late(NOW + dt.timedelta(days=1))


def test_a_message_that_waits_with_no_pass_is_late(li, mailoutbox):
    heartbeat.beat(heartbeat.DELIVER, NOW)
    tell(li)
    assert not heartbeat.is_late(NOW + 4 * MINUTE)
    assert heartbeat.is_late(NOW + 6 * MINUTE)
    deliver_due(NOW + 7 * MINUTE)
    assert not heartbeat.is_late(NOW + 7 * MINUTE)
    assert not heartbeat.is_late(NOW + dt.timedelta(days=1))  # nothing waits


def test_an_installation_whose_worker_never_ran_says_so(li):
    tell(li)
    assert heartbeat.is_late(NOW + 6 * MINUTE)


def test_a_pass_that_comes_is_not_late_though_a_server_is_down(li):
    tell(li)
    heartbeat.beat(heartbeat.DELIVER, NOW + 9 * MINUTE)
    assert not heartbeat.is_late(NOW + 10 * MINUTE)
    assert Delivery.objects.stuck(NOW + 11 * MINUTE).count() == 1  # the office's page has it


def test_a_reminder_nobody_has_made_yet_is_late_too(db):
    heartbeat.beat(heartbeat.REMIND, NOW, next_due_at=NOW + 60 * MINUTE)
    assert not heartbeat.is_late(NOW + 64 * MINUTE)
    assert heartbeat.is_late(NOW + 66 * MINUTE)


def test_an_earlier_pass_does_not_turn_the_clock_back(db):
    heartbeat.beat(heartbeat.REMIND, NOW)
    heartbeat.beat(heartbeat.REMIND, NOW - MINUTE)
    assert heartbeat.last(heartbeat.REMIND) == NOW
    Heartbeat.objects.all().delete()
    heartbeat.beat(heartbeat.REMIND, NOW)
    assert heartbeat.last(heartbeat.REMIND) == NOW


def test_the_question_is_one_query_by_the_index(li, django_assert_num_queries):
    tell(li)
    with django_assert_num_queries(1) as asked:
        heartbeat.is_late(NOW)
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("EXPLAIN QUERY PLAN " + asked[0]["sql"])
            plan = " ".join(str(row) for row in cursor.fetchall())
        assert "USING INDEX delivery_due" in plan or "USING COVERING INDEX delivery_due" in plan
        assert "SCAN" not in plan.replace("SCAN CONSTANT ROW", "")


@pytest.mark.parametrize("page", ["/", "/notices/", "/sessions/", "/ledger/"])
def test_every_page_of_somebody_signed_in_says_so_until_the_pass_comes(
    signed_in, client, li, zhao, page, mailoutbox
):
    tell(li)
    Delivery.objects.update(next_try_at=clock.now() - 6 * MINUTE)
    for user in (li, zhao):
        assert BANNER in signed_in(user).get(page).content.decode()
    Delivery.objects.update(state="sent")
    assert BANNER not in signed_in(zhao).get(page).content.decode()
    client.logout()
    assert BANNER not in client.get("/accounts/login/").content.decode()


def test_the_banner_costs_a_page_one_query(signed_in, zhao, django_assert_num_queries):
    from django.test.utils import CaptureQueriesContext

    client = signed_in(zhao)
    client.get("/notices/")
    with CaptureQueriesContext(connection) as asked:
        client.get("/notices/")
    assert sum("cadres_heartbeat" in query["sql"] for query in asked) == 1
    assert sum("cadres_delivery" in query["sql"] for query in asked) == 1


def test_it_is_of_the_screen_and_not_of_a_list_that_is_printed(li, signed_in, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOW + 6 * MINUTE)
    tell(li)
    page = signed_in(li).get("/ledger/").content.decode()
    box = page.partition(BANNER)[0].rpartition("<div")[2]
    assert "no-print" in box
