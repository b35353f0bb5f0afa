"""群机器人 of 企业微信, 钉钉, 飞书: one text to one group, to an address the office has set."""

import base64
import hashlib
import hmac
from contextlib import contextmanager
from urllib.parse import urlencode

import urllib3

from cadres.models import GroupRobot

from .base import Channel, NotSent, dedup_id, link_of
from .web import post_json

Kind = GroupRobot.Kind


class RobotChannel(Channel):
    """What the three share; subclasses say how a text is written and signed, and where the answer says no."""

    per_pass = 18  # all three allow 20 a minute
    answer_keys = ("errcode",)
    # {code of a refusal: what to do}
    refusals = {}
    full = frozenset()  # codes that mean: too many in this minute

    def reaches(self, addressee) -> bool:
        """Robots of this kind, while in use."""
        return addressee.is_active and addressee.kind == self.name

    @contextmanager
    def opened(self):
        """Connections are kept for the pass."""
        with urllib3.PoolManager(num_pools=20) as pool:
            yield lambda delivery, moment: self._carry(delivery, moment, pool)

    def say(self, robot, text: str, *, moment, key: str, pool=None) -> None:
        """One text to the group.

        Args:
            moment: aware, for the signature. key: 32 hex digits, the same at every try.
        Raises:
            NotSent
        """
        address, extra = self.signed(robot, moment)
        body = self.body(f"{text}\n(编号{key[:8]})") | extra
        answer = post_json(pool or urllib3.PoolManager(), address, body, {"Idempotency-Key": key})
        self._judge(answer)

    def signed(self, robot, moment) -> tuple[str, dict]:
        """(address, more of the body) with the signature, where the robot has a secret."""
        return robot.address, {}

    def body(self, text: str) -> dict:
        """A text message."""
        return {"msgtype": "text", "text": {"content": text}}

    def _carry(self, delivery, moment, pool):
        told = delivery.group_notice
        if not told.robot.is_active:
            raise NotSent("群机器人已停用", for_good=True)
        text = "\n".join(part for part in (told.title, told.text, link_of(told)) if part)
        self.say(told.robot, text, moment=moment, key=dedup_id(delivery), pool=pool)

    def _judge(self, answer):
        code = next((answer[key] for key in self.answer_keys if key in answer), None)
        if not isinstance(code, int) or isinstance(code, bool):
            raise NotSent("对方的答复看不懂，请核对地址")
        if code:
            said = self.refusals.get(code, "请核对机器人地址和安全设置")
            raise NotSent(f"{self.word}未接受(代码 {code})：{said}", channel_down=code in self.full)


class WeCom(RobotChannel):
    """企业微信: the key stands in the address."""

    name = Kind.WECOM
    refusals = {93000: "机器人地址无效或已被移出群", 45009: "发得太快，稍后再试"}
    full = frozenset({45009})


class DingTalk(RobotChannel):
    """钉钉 with 加签: milliseconds and signature go into the address."""

    name = Kind.DINGTALK
    refusals = {
        310000: "签名、关键词或来源地址不合群里的安全设置",
        300001: "机器人地址无效或已被移出群",
        400101: "机器人地址无效或已被移出群",
        410100: "发得太快，稍后再试",
        130101: "发得太快，稍后再试",
    }
    full = frozenset({410100, 130101})

    def signed(self, robot, moment):
        """sign = base64(HMAC-SHA256(secret, "<milliseconds>\\n<secret>"))."""
        if not robot.secret:
            return robot.address, {}
        stamp = str(int(moment.timestamp() * 1000))
        sign = _hmac(robot.secret, f"{stamp}\n{robot.secret}")
        joint = "&" if "?" in robot.address else "?"
        return f"{robot.address}{joint}{urlencode({'timestamp': stamp, 'sign': sign})}", {}


class Feishu(RobotChannel):
    """飞书: seconds and signature go into the body; the key of the HMAC is "<seconds>\\n<secret>", its text empty."""

    name = Kind.FEISHU
    answer_keys = ("code", "StatusCode")
    refusals = {
        19001: "机器人地址无效或已被移出群",
        19021: "签名或时间不对，请核对密钥和服务器时间",
        19022: "来源地址不在白名单",
        19024: "缺少群里设置的关键词",
        9499: "发得太快，稍后再试",
        11232: "发得太快，稍后再试",
    }
    full = frozenset({9499, 11232})

    def signed(self, robot, moment):
        """In the body."""
        if not robot.secret:
            return robot.address, {}
        stamp = str(int(moment.timestamp()))
        return robot.address, {"timestamp": stamp, "sign": _hmac(f"{stamp}\n{robot.secret}", "")}

    def body(self, text):
        """飞书's own words for the same."""
        return {"msg_type": "text", "content": {"text": text}}


def _hmac(key: str, text: str) -> str:
    return base64.b64encode(hmac.new(key.encode(), text.encode(), hashlib.sha256).digest()).decode()
