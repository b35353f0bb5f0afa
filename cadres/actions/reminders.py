"""Verbs on 提醒时间 and on 群机器人: the only hands that write them."""

import uuid
from urllib.parse import urlsplit

from django.db import IntegrityError, transaction

from cadres.channels import CHANNELS, NotSent
from cadres.models import GroupRobot, ReminderPolicy
from cadres.reminder_times import MOST_DAYS, MOST_OFFSETS
from liaison import audit
from liaison.errors import NotAllowed
from liaison.versions import claim
from villages.models import Township

from .checks import MANAGE_PLANS, MANAGE_ROBOTS, require

TEST = "这是一条测试消息，收到说明群机器人可以使用，不用处理。"


@transaction.atomic
def set_reminder_times(*, by, township, offsets, quiet_from, quiet_to, since, on) -> ReminderPolicy:
    """When teams are reminded of liaison days from a day on; earlier days keep their times.

    Args:
        offsets: Offset, at most MOST_OFFSETS; none means nobody is reminded.
        quiet_from, quiet_to: local hours; alike means no quiet hours.
        since: the first liaison day it holds for, today or later; a row for that same day is replaced.
    Raises:
        NotAllowed: not his to do, an offset twice or out of bounds, or a day that is past.
    """
    require(by, MANAGE_PLANS, township)
    offsets = sorted(offsets)
    if len(offsets) > MOST_OFFSETS or any(not 0 <= o.days_before <= MOST_DAYS for o in offsets):
        raise NotAllowed(f"最多提醒{MOST_OFFSETS}次，且不早于{MOST_DAYS}天前。")
    if len({offset.place for offset in offsets}) < len(offsets):
        raise NotAllowed("两次提醒的时间相同，请改动或去掉一次。")
    if since < on:
        raise NotAllowed("启用日期不能早于今天，过去的提醒时间不再变动。")
    Township.objects.select_for_update(of=("self",), no_key=True).get(pk=township.pk)
    row = ReminderPolicy.objects.filter(township=township, since=since).first()
    before = {"提醒时间": row.in_words()} if row else {}
    row = row or ReminderPolicy(township=township, since=since)
    row.offsets = [[o.days_before, f"{o.at:%H:%M}", o.by_sms] for o in offsets]
    row.quiet_from, row.quiet_to = quiet_from, quiet_to
    row.save()
    after = {"提醒时间": row.in_words(), "启用日期": str(since)}
    audit.record(
        by=by, action="设定提醒时间", subject=row, before=before, after=after,
        township_id=township.pk,
    )  # fmt: skip
    return row


@transaction.atomic
def add_robot(*, by, township, kind, name, team, address, secret) -> GroupRobot:
    """A group robot, for one team's group or (team None) for the whole township's.

    Raises:
        NotAllowed: not his to do, the name stands already, a foreign team, or no http(s) address.
    """
    require(by, MANAGE_ROBOTS, township)
    robot = GroupRobot(township=township, kind=kind, name=name, team=team)
    robot.address, robot.secret = address, secret
    _save(robot)
    _record(by, "新增群机器人", robot, {}, _in_words(robot))
    return robot


@transaction.atomic
def change_robot(
    *, by, robot, kind, name, team, is_active, version, address="", secret=None
) -> GroupRobot:
    """Change a robot, or put it out of use.

    Args:
        address: "" keeps the stored one. secret: None keeps the stored one, "" takes it away.
    Raises:
        NotAllowed: as add_robot. Stale: changed by somebody else since the page was opened.
    """
    require(by, MANAGE_ROBOTS, robot.township)
    robot = claim(GroupRobot, robot.pk, version)
    before = _in_words(robot)
    robot.kind, robot.name, robot.team, robot.is_active = kind, name, team, is_active
    robot.address = address or robot.address
    robot.secret = robot.secret if secret is None else secret
    robot.version += 1
    _save(robot)
    _record(by, "修改群机器人", robot, before, _in_words(robot))
    return robot


def send_test(*, by, robot, now) -> None:
    """One text to the group, at once; the trail has it whatever came of it.

    No transaction is held while the other side is waited for; the line has one of its own.

    Raises:
        NotAllowed: not his to do, or it did not arrive, with the reason.
    """
    require(by, MANAGE_ROBOTS, robot.township)
    fault = None
    try:
        CHANNELS[robot.kind].say(robot, TEST, moment=now, key=uuid.uuid4().hex)
    except NotSent as not_sent:
        fault = not_sent
    with transaction.atomic():
        _record(by, "测试群机器人", robot, {}, {}, result="失败" if fault else "成功")
    if fault:
        raise NotAllowed(f"测试消息没有发出：{fault}。") from fault


def _save(robot):
    if robot.team and robot.team.township_id != robot.township_id:
        raise NotAllowed("所选的团队不属于本乡镇。")
    if not _is_web(robot.address):
        raise NotAllowed("请填写完整的机器人地址，以 http:// 或 https:// 开头。")
    try:
        with transaction.atomic():
            robot.save()
    except IntegrityError:
        raise NotAllowed("已有同名的群机器人，请换一个群名称。") from None


def _is_web(address) -> bool:
    try:
        parts = urlsplit(address)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


def _in_words(robot) -> dict[str, str]:
    """For the trail: neither the address nor the secret, which open the group to whoever reads them."""
    return {
        "群名称": robot.name,
        "类型": robot.get_kind_display(),
        "范围": str(robot.team or "全部团队"),
        "地址": robot.masked_address,
        "加签": "有" if robot.secret else "无",
        "状态": "在用" if robot.is_active else "停用",
    }


def _record(by, action, robot, before, after, result="成功"):
    changed = [key for key in after if before.get(key) != after[key]]
    audit.record(
        by=by,
        action=action,
        subject=robot,
        before={key: before[key] for key in changed if key in before},
        after={key: after[key] for key in changed},
        township_id=robot.township_id,
        result=result,
    )
