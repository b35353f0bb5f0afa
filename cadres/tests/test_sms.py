"""SMS by a gateway against a web server on a real port: what is sent, and what is kept of it."""

import pytest

from cadres.checks import sms_gateway_is_whole
from cadres.delivering import deliver_due
from cadres.models import Delivery
from cadres.notices import notify

from .test_channels import NOW, outcome


@pytest.fixture
def gateway(settings, far_end):
    """A gateway whose words are the office's own."""
    settings.SMS_URL = f"{far_end.url}/sms"
    settings.SMS_BODY = {"to": ["{phone}"], "sms": {"content": "【驻点】{text}", "no": "{id}"}}
    settings.SMS_OK = "result=ok"
    settings.SMS_AUTHORIZATION = "Bearer token-1"
    far_end.answers({"result": "ok"})
    return far_end


@pytest.fixture
def phoned(li):
    """李, with a number."""
    li.set_phones(["15400001234", "15400005678"])
    li.save()
    return li


def sms_to(person):
    """One reminder by SMS alone."""
    return notify(
        recipient=person, kind="test", subject="session:1", slot="s", title="驻点提醒",
        text="明天到{phone}石桥村", url="/", due_at=NOW, now=NOW, channels=("sms",),
    )  # fmt: skip


def test_an_sms_goes_in_the_words_of_the_gateway(phoned, gateway):
    sms_to(phoned)
    assert deliver_due(NOW) == {"sent": 1}
    [(path, headers, body)] = gateway.asked
    assert (path, headers["Authorization"]) == ("/sms", "Bearer token-1")
    number = headers["Idempotency-Key"]
    # What the text holds in braces is text
    assert body == {
        "to": ["15400001234"],
        "sms": {"content": "【驻点】明天到{phone}石桥村", "no": number},
    }


def test_the_number_stands_in_no_row_and_no_log(phoned, gateway, caplog):
    gateway.answers({"result": "no", "to": "15400001234"})
    sms_to(phoned)
    assert deliver_due(NOW) == {"again": 1}
    assert outcome() == ("failed", "短信网关未接受")
    assert "15400001234" not in caplog.text


def test_a_mail_is_sent_without_decrypting_a_number(phoned, monkeypatch, mailoutbox):
    monkeypatch.setattr("liaison.personal.decrypt", lambda token: token and 1 / 0)
    notify(
        recipient=type(phoned)(pk=phoned.pk, email=phoned.email, township=phoned.township),
        kind="test", subject="s", slot="s", title="x", text="", url="", due_at=NOW, now=NOW,
    )  # fmt: skip
    assert deliver_due(NOW) == {"sent": 1}


def test_without_a_gateway_or_a_number_no_sms_is_queued(phoned, wang, settings, gateway):
    sms_to(wang)
    settings.SMS_URL = ""
    sms_to(phoned)
    assert not Delivery.objects.exists()


@pytest.mark.parametrize(
    ("name", "value", "fault"),
    [
        ("SMS_URL", "sms.example.test", "cadres.E001"),
        ("SMS_BODY", {"to": "{phone}"}, "cadres.E002"),
        ("SMS_BODY", ["{phone}", "{text}"], "cadres.E002"),
        ("SMS_OK", "ok", "cadres.E003"),
    ],
)
def test_a_gateway_that_cannot_work_is_told_at_the_start(settings, gateway, name, value, fault):
    assert sms_gateway_is_whole(None) == []
    setattr(settings, name, value)
    assert [each.id for each in sms_gateway_is_whole(None)] == [fault]
