"""Group robots against a web server on a real port: what is sent, and every way of being refused."""

import base64
import datetime as dt
import hashlib
import hmac
from urllib.parse import parse_qs, urlsplit

import pytest

from cadres.channels import CHANNELS, NotSent, web
from cadres.delivering import deliver_due
from cadres.models import Delivery, GroupNotice, GroupRobot
from cadres.notices import Message, notify_many
from tests.mail_server import free_port

NOW = dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)  # 17:00 in Shanghai
MINUTE = dt.timedelta(minutes=1)
SECRET = "SEC0123456789"
KINDS = ["wecom", "dingtalk", "feishu"]


@pytest.fixture
def robot(qingshan, far_end):
    """``robot(kind)``: one of the whole township's group."""

    def make(kind, path="/robot/send?key=k1", **more):
        return GroupRobot.objects.create(
            township=qingshan, kind=kind, name=f"{kind}群", address=f"{far_end.url}{path}", **more
        )

    return make


def tell(addressee, slot="2026-11-24", **more):
    """One message to a group, or to a person by SMS."""
    facts = {"title": "驻点提醒", "text": "明天到石桥村驻点", "url": "/sessions/1/", "due_at": NOW}
    message = Message(addressee, "test", "session:1", slot, **(facts | more))
    return notify_many([message], now=NOW)


def outcome():
    """Of the only delivery."""
    delivery = Delivery.objects.get()
    return delivery.state, delivery.reason


# --- What is said ----------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_a_group_is_told_once(robot, far_end, kind):
    assert tell(robot(kind)) == 1
    assert tell(GroupRobot.objects.get()) == 0
    assert deliver_due(NOW) == {"sent": 1}
    assert not deliver_due(NOW + MINUTE)
    assert GroupNotice.objects.count() == 1
    [(path, headers, body)] = far_end.asked
    assert path == "/robot/send?key=k1"
    assert headers["Content-Type"].startswith("application/json")
    text = body["content"]["text"] if kind == "feishu" else body["text"]["content"]
    assert text.splitlines()[:2] == ["驻点提醒", "明天到石桥村驻点"]
    assert text.endswith(f"(编号{headers['Idempotency-Key'][:8]})")


def test_the_office_may_name_the_address_people_type(robot, far_end, settings):
    settings.SITE_URL = "http://liaison.example.test"
    tell(robot("wecom"))
    deliver_due(NOW)
    assert "http://liaison.example.test/sessions/1/" in far_end.bodies[0]["text"]["content"]


def test_dingtalk_signs_in_the_address(robot, far_end):
    tell(robot("dingtalk", secret=SECRET))
    deliver_due(NOW)
    asked = parse_qs(urlsplit(far_end.asked[0][0]).query)
    stamp = asked["timestamp"][0]
    assert abs(int(stamp) - NOW.timestamp() * 1000) < 60_000
    digest = hmac.new(SECRET.encode(), f"{stamp}\n{SECRET}".encode(), hashlib.sha256).digest()
    assert asked["sign"] == [base64.b64encode(digest).decode()]
    assert asked["key"] == ["k1"]


def test_feishu_signs_in_the_body(robot, far_end):
    tell(robot("feishu", secret=SECRET))
    deliver_due(NOW)
    [body] = far_end.bodies
    digest = hmac.new(f"{body['timestamp']}\n{SECRET}".encode(), b"", hashlib.sha256).digest()
    assert body["sign"] == base64.b64encode(digest).decode()
    assert abs(int(body["timestamp"]) - NOW.timestamp()) < 60


def test_a_repetition_bears_the_same_number(robot, far_end):
    tell(robot("wecom"))
    far_end.answers({}, status=500)
    deliver_due(NOW)
    far_end.answers({"errcode": 0})
    assert deliver_due(NOW + MINUTE) == {"sent": 1}
    assert len({headers["Idempotency-Key"] for _, headers, _ in far_end.asked}) == 1


def test_a_robot_takes_so_many_a_pass_and_the_rest_waits_without_a_try(robot, far_end):
    own = robot("wecom")
    for day in range(20):
        tell(own, slot=f"2026-12-{day + 1:02}")
    assert deliver_due(NOW) == {"sent": 18}
    assert Delivery.objects.filter(state="queued", attempts=0).count() == 2
    assert deliver_due(NOW + MINUTE) == {"sent": 2}


# --- What is refused -------------------------------------------------------------------------

REFUSALS = [
    ("wecom", {"errcode": 93000, "errmsg": "secret words"}, "企业微信未接受(代码 93000)：机器人地址无效"),
    ("dingtalk", {"errcode": 310000, "errmsg": "x"}, "钉钉未接受(代码 310000)：签名、关键词或来源"),
    ("feishu", {"code": 19021, "msg": "x"}, "飞书未接受(代码 19021)：签名或时间不对"),
    ("wecom", {"errcode": 7}, "企业微信未接受(代码 7)：请核对机器人地址和安全设置"),
    ("wecom", {"hello": 1}, "对方的答复看不懂"),
    ("wecom", {"errcode": "0"}, "对方的答复看不懂"),
    ("wecom", ["errcode", 0], "对方的答复看不懂"),
    ("wecom", b"<html>Welcome to our portal</html>", "对方的答复看不懂"),
    ("wecom", b"[" * 60_000, "对方的答复看不懂"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "body", "reason"), REFUSALS)
def test_an_answer_that_says_no_is_a_failure_with_a_reason(robot, far_end, kind, body, reason):
    far_end.answers(body)
    tell(robot(kind))
    assert deliver_due(NOW) == {"again": 1}
    state, said = outcome()
    assert state == "failed"
    assert said.startswith(reason)
    assert "secret" not in said


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        (500, "对方未接受(答复 500)"),
        (404, "对方未接受(答复 404)"),
        (429, "对方未接受(答复 429)"),
        (204, "对方未接受(答复 204)"),
    ],
)
def test_a_status_that_is_not_200_is_a_failure(robot, far_end, status, reason):
    far_end.answers(b"" if status == 204 else {"errcode": 0}, status=status)
    tell(robot("wecom"))
    deliver_due(NOW)
    assert outcome() == ("failed", reason)


def test_a_redirect_is_not_followed(robot, far_end):
    far_end.answers({"errcode": 0}, status=307, Location=f"{far_end.url}/elsewhere")
    tell(robot("wecom"))
    deliver_due(NOW)
    assert outcome() == ("failed", "对方要求转到别的地址，未跟随(答复 307)")
    assert len(far_end.asked) == 1


def test_a_silent_server_is_given_up_after_the_time_allowed(robot, far_end, monkeypatch):
    monkeypatch.setattr(web, "READ_SECONDS", 0.2)
    far_end.pause = 1
    tell(robot("wecom"))
    deliver_due(NOW)
    assert outcome() == ("failed", "对方迟迟没有答复")


def test_an_answer_that_drips_is_given_up_too(robot, far_end, monkeypatch):
    monkeypatch.setattr(web, "WHOLE_SECONDS", 0.3)
    far_end.drips = 40
    tell(robot("wecom"))
    deliver_due(NOW)
    assert outcome() == ("failed", "对方迟迟没有答复")


def test_nobody_listens(robot):
    tell(robot("wecom"))
    GroupRobot.objects.update(address=f"http://127.0.0.1:{free_port()}/send")
    deliver_due(NOW)
    assert outcome() == ("failed", "连不上对方服务器")


def test_a_huge_answer_is_not_read_to_its_end(robot, far_end):
    far_end.answers(b'{"errcode": 0, "x": "' + b"x" * 50_000_000 + b'"}')
    tell(robot("wecom"))
    deliver_due(NOW)
    assert outcome() == ("failed", "对方的答复过长，不是接口的答复")


@pytest.mark.parametrize(
    "address", ["file:///etc/passwd", "ftp://127.0.0.1/x", "http://", "http://[::1"]
)
def test_only_web_addresses_are_asked(robot, address):
    tell(robot("wecom"))
    GroupRobot.objects.update(address=address)
    assert sum(deliver_due(NOW).values()) == 1
    assert outcome()[0] in ("given_up", "failed")


def test_a_robot_that_is_down_holds_up_no_other(robot, far_end, qingshan):
    broken = robot("wecom")
    GroupRobot.objects.update(address=f"http://127.0.0.1:{free_port()}/send")
    fine = robot("dingtalk")
    for slot in ("a", "b"):
        tell(broken, slot=slot)
        tell(fine, slot=slot)
    assert deliver_due(NOW) == {"sent": 2, "again": 1}
    waiting = Delivery.objects.filter(channel="wecom").order_by("attempts")
    assert [(row.state, row.attempts) for row in waiting] == [("queued", 0), ("failed", 1)]


def test_a_robot_put_out_of_use_is_not_asked(robot, far_end):
    tell(robot("wecom"))
    GroupRobot.objects.update(is_active=False)
    assert deliver_due(NOW) == {"given_up": 1}
    assert far_end.asked == []


def test_every_channel_has_its_word():
    assert {name: channel.word for name, channel in CHANNELS.items()} == dict(
        Delivery.Channel.choices
    )


def test_say_raises_with_the_reason(robot, far_end):
    far_end.answers({"errcode": 93000})
    with pytest.raises(NotSent, match="93000"):
        CHANNELS["wecom"].say(robot("wecom"), "x", moment=NOW, key="0" * 32)
