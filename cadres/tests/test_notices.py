"""Notices: each occasion once, by any number of hands; mails under a lease, tried again, given up."""

import datetime as dt

import pytest

from cadres import delivering
from cadres.actions.notices import retry
from cadres.channels import message_id
from cadres.checks import mail_server_is_set
from cadres.delivering import PAUSES, deliver_due
from cadres.models import Delivery, Notice
from cadres.notices import Message, notify, notify_many
from liaison.errors import NotAllowed
from liaison.models import AuditEntry
from tests.mail_server import free_port

NOW = dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)
MORNING = dt.datetime(2026, 11, 24, 0, tzinfo=dt.UTC)  # 8:00 in Shanghai
MINUTE = dt.timedelta(minutes=1)


def tell(person, *, subject="session:1", now=NOW, **more):
    """One reminder to a person."""
    facts = {
        "kind": "test",
        "slot": "2026-11-24",
        "title": "驻点提醒",
        "text": "明天驻点",
        "url": "/",
    }
    return notify(recipient=person, subject=subject, due_at=now, now=now, **(facts | more))


@pytest.fixture
def server(mailbox, settings):
    """Mails go to a real mail server, as an office has one, and not to a list in memory."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = mailbox.url.removeprefix("smtp://").split(":")
    return mailbox


# --- Once ------------------------------------------------------------------------------------


def test_one_occasion_is_one_notice_and_one_mail(li, mailoutbox):
    first = tell(li)
    assert tell(li, title="别的标题") == first
    deliver_due(NOW)
    deliver_due(NOW + MINUTE)
    assert [message.subject for message in mailoutbox] == ["驻点提醒"]


def test_another_occasion_person_or_matter_is_another_notice(li, wang):
    tell(li)
    tell(li, slot="2026-12-01")
    tell(li, subject="session:2")
    tell(wang)
    assert Notice.objects.count() == 4


def test_hundreds_are_told_in_few_queries(li, django_assert_max_num_queries):
    messages = [
        Message(li, "test", f"session:{n}", "2026-11-24", "驻点提醒", "", "/", NOW)
        for n in range(900)
    ]
    with django_assert_max_num_queries(40):
        assert notify_many(messages, now=NOW) == 900
    with django_assert_max_num_queries(5):
        assert notify_many(messages, now=NOW) == 0
    assert Delivery.objects.count() == 900


def test_a_notice_without_a_channel_stays_in_the_site(li):
    tell(li, channels=())
    assert not Delivery.objects.exists()


def test_without_a_mail_server_nothing_pretends_to_be_sent(li, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    tell(li)
    assert Notice.objects.count() == 1
    assert not Delivery.objects.exists()


def test_an_operator_without_a_mail_server_is_told(settings):
    assert mail_server_is_set(None) == []
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    assert [warning.id for warning in mail_server_is_set(None)] == ["cadres.W001"]


def test_a_mail_carries_no_line_break_into_its_head(li, mailoutbox):
    tell(li, title="驻点提醒\nBcc: everybody@example.test")
    assert deliver_due(NOW)["given_up"] == 1
    assert Delivery.objects.get().reason == "通知标题或地址不合邮件格式"


# --- Under a lease ---------------------------------------------------------------------------


def test_a_claimed_mail_is_left_to_its_worker_until_the_lease_ends(li, mailoutbox, settings):
    tell(li)
    assert len(delivering._claim(NOW, set())) == 1
    assert delivering._claim(NOW, set()) == []
    lease = dt.timedelta(seconds=settings.DELIVERY_LEASE)
    assert not deliver_due(NOW + lease - MINUTE)
    assert deliver_due(NOW + lease)["sent"] == 1
    assert Delivery.objects.get().attempts == 2


def test_a_slow_server_has_half_the_lease_and_the_rest_is_given_back(
    li, settings, monkeypatch, server
):
    settings.DELIVERY_LEASE, server.pause = 2, 1.1
    claim, claims = delivering._claim, []

    def counted(*about):
        claims.append(claim(*about))
        return claims[-1]

    monkeypatch.setattr(delivering, "_claim", counted)
    for number in range(3):
        tell(li, subject=f"session:{number}")
    assert deliver_due(NOW) == {"sent": 3}
    assert [len(batch) for batch in claims] == [3, 2, 1, 0]
    assert len(server.accepted) == 3
    assert set(Delivery.objects.values_list("attempts", flat=True)) == {1}


def test_every_try_bears_the_same_message_id(li, server):
    tell(li)
    name = message_id(Delivery.objects.get())
    server.held = True
    assert deliver_due(NOW) == {"again": 1}
    assert Delivery.objects.get().reason == "邮件服务器未接受(答复 451)"
    server.held = False
    assert deliver_due(NOW + MINUTE) == {"sent": 1}
    assert server.tried == [name, name]
    assert server.accepted[0][1]["Message-ID"] == name
    tell(li, slot="2026-12-01")
    assert message_id(Delivery.objects.last()) != name


# --- By the batch ----------------------------------------------------------------------------


def test_a_batch_goes_over_one_connection_and_is_written_down_at_once(
    li, server, django_assert_max_num_queries
):
    for number in range(60):
        tell(li, subject=f"session:{number}")
    with django_assert_max_num_queries(25):
        assert deliver_due(NOW) == {"sent": 60}
    assert len(server.accepted) == 60
    assert len(server.peers) == 1
    moments = Delivery.objects.values_list("sent_at", flat=True)
    assert None not in moments
    assert len(set(moments)) == 2  # fifty, and ten


def test_a_server_that_ends_a_connection_after_so_many_is_met_again(li, server):
    server.most = 3
    for number in range(7):
        tell(li, subject=f"session:{number}")
    assert deliver_due(NOW) == {"sent": 7}
    assert len(server.peers) == 3


# --- Refused ---------------------------------------------------------------------------------


def test_a_refused_mail_waits_longer_each_time_and_is_given_up(li, server):
    server.refused[li.email] = "550 no such mailbox"
    tell(li, now=MORNING)
    moment = MORNING
    for pause in PAUSES:
        assert deliver_due(moment)["again"] == 1
        assert not deliver_due(moment + pause - dt.timedelta(seconds=1))
        moment += pause
    assert deliver_due(moment)["given_up"] == 1
    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.attempts) == ("given_up", len(PAUSES) + 1)
    assert delivery.reason == "收件地址被邮件服务器拒绝"
    assert not deliver_due(moment + dt.timedelta(days=1))
    assert not server.accepted


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({"EMAIL_PORT": free_port()}, "连不上邮件服务器"),
        ({"EMAIL_HOST_USER": "zhudian", "EMAIL_HOST_PASSWORD": "no"}, "邮件服务器的账号或密码不对"),
    ],
    ids=["down", "password"],
)
def test_a_line_that_is_down_costs_one_try_not_one_per_mail(
    li, wang, server, settings, wrong, reason
):
    for name, value in wrong.items():
        setattr(settings, name, value)
    tell(li)
    tell(wang)
    assert deliver_due(NOW) == {"again": 1}
    assert sorted(Delivery.objects.values_list("attempts", flat=True)) == [0, 1]
    assert Delivery.objects.get(attempts=1).reason == reason


def test_one_refused_address_does_not_hold_up_the_others(li, wang, server):
    server.refused[li.email] = "550 no such mailbox"
    tell(li)
    tell(wang)
    assert deliver_due(NOW) == {"again": 1, "sent": 1}
    assert server.addresses == [wang.email]
    assert len(server.peers) == 1  # over the one connection


def test_an_account_closed_since_is_not_written_to(li, mailoutbox):
    tell(li)
    li.is_active = False
    li.save()
    assert deliver_due(NOW) == {"given_up": 1}
    assert not mailoutbox


def test_the_office_sends_a_stuck_mail_once_more(li, zhao, qian, server):
    server.refused[li.email] = "450 mailbox busy"
    tell(li)
    deliver_due(NOW)
    for stranger in (qian, li):
        with pytest.raises(NotAllowed):
            retry(by=stranger, now=NOW)
    assert retry(by=zhao, now=NOW).count == 1
    assert AuditEntry.objects.get(action="重发通知").after == {"条数": 1}
    server.refused.clear()
    assert deliver_due(NOW)["sent"] == 1
    with pytest.raises(NotAllowed, match="没有需要重发"):
        retry(by=zhao, now=NOW)


def test_no_log_line_holds_an_address(li, server, caplog):
    server.refused[li.email] = f"550 <{li.email}> unknown"
    tell(li)
    deliver_due(NOW)
    assert "delivery.not_sent" in caplog.text
    assert "example.test" not in caplog.text
