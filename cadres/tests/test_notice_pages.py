"""/notices/: one's own, read by opening; the bell counts; the office sees what did not go out."""

import datetime as dt

import pytest

from cadres.context import bell
from cadres.models import Delivery, Notice
from cadres.notices import notify

NOW = dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)


def tell(person, number=1):
    """One reminder."""
    return notify(
        recipient=person, kind="test", subject=f"session:{number}", slot="2026-11-24",
        title=f"驻点提醒{number}", text="请于明天到石桥村驻点", url="/sessions/1/", due_at=NOW, now=NOW,
    )  # fmt: skip


@pytest.fixture
def stuck(li):
    """A mail to 李 that was given up."""
    tell(li)
    Delivery.objects.update(state="given_up", attempts=6, reason="收件地址被邮件服务器拒绝")
    return Delivery.objects.get()


def test_opening_a_notice_is_reading_it_and_the_bell_counts_down(signed_in, li):
    notice = tell(li)
    tell(li, 2)
    client = signed_in(li)
    assert "2 条未读" in client.get("/notices/").content.decode()
    text = client.get(f"/notices/{notice.pk}/").content.decode()
    assert "请于明天到石桥村驻点" in text
    assert 'href="/sessions/1/"' in text
    assert "1 条未读" in client.get("/notices/").content.decode()
    assert "驻点提醒1" not in client.get("/notices/?state=unread").content.decode()
    assert "驻点提醒1" in client.get("/notices/?state=read").content.decode()


def test_all_are_marked_read_at_once_and_only_ones_own(signed_in, li, wang):
    tell(li)
    tell(wang)
    client = signed_in(li)
    assert client.get("/notices/read/").status_code == 405
    client.post("/notices/read/")
    assert [n.recipient for n in Notice.objects.unread()] == [wang]


def test_another_persons_notice_is_not_found(signed_in, li, wang):
    notice = tell(li)
    client = signed_in(wang)
    assert client.get(f"/notices/{notice.pk}/").status_code == 404
    assert "驻点提醒1" not in client.get("/notices/").content.decode()
    notice.refresh_from_db()
    assert notice.read_at is None


def test_the_bell_costs_one_query(rf, li, django_assert_num_queries):
    tell(li)
    request = rf.get("/")
    request.user = li
    with django_assert_num_queries(1):
        unread = bell(request)["unread_notices"]
        assert (unread(), unread()) == (1, 1)


def test_the_office_sees_what_did_not_go_out_and_sends_it_again(signed_in, zhao, stuck, mailoutbox):
    client = signed_in(zhao)
    text = client.get("/notices/stuck/").content.decode()
    assert "李明" in text
    assert "收件地址被邮件服务器拒绝" in text
    assert "example.test" not in text
    answer = client.post(f"/notices/stuck/{stuck.pk}/retry/", follow=True)
    assert "已安排重发1条" in answer.content.decode()
    stuck.refresh_from_db()
    assert (stuck.state, stuck.attempts) == ("queued", 0)
    again = client.post("/notices/stuck/retry/", follow=True)
    assert "没有需要重发的通知" in again.content.decode()


def test_another_office_and_a_cadre_send_nothing(signed_in, qian, li, stuck):
    client = signed_in(qian)
    assert "李明" not in client.get("/notices/stuck/").content.decode()
    assert client.post(f"/notices/stuck/{stuck.pk}/retry/").status_code == 404
    client.post("/notices/stuck/retry/")
    assert signed_in(li).post("/notices/stuck/retry/").status_code == 403
    stuck.refresh_from_db()
    assert stuck.state == "given_up"
