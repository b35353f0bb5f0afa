"""The states of a matter and the acts that lead from one to another (design: docs/architecture.md)."""

from django.db import models


class Status(models.TextChoices):
    """Where a matter stands; 办结, 反馈 and 销号 are three different days."""

    REGISTERED = "registered", "待受理"
    DECLINED = "declined", "不予受理"
    ACCEPTED = "accepted", "已受理"
    ASSIGNED = "assigned", "已交办"
    IN_HAND = "in_hand", "办理中"
    RETURNED = "returned", "已退回"
    SETTLED = "settled", "已办结"
    ANSWERED = "answered", "已反馈"
    VERIFIED = "verified", "已回访"
    CLOSED_OUT = "closed_out", "已销号"


class Settlement(models.TextChoices):
    """办结类型: three kinds of done that are never mixed."""

    SUBSTANTIVE = "substantive", "实质性办结"
    INTERIM = "interim", "阶段性办结"
    PROCEDURAL = "procedural", "程序性办结"


class AnswerMode(models.TextChoices):
    """反馈方式."""

    ORAL = "oral", "口头"
    PHONE = "phone", "电话"
    WRITTEN = "written", "书面"


class CheckKind(models.TextChoices):
    """核查: by what else than asking the villager somebody other than the handler made sure."""

    ON_SITE = "on_site", "现场核查"
    PAPERS = "papers", "资料核查"


OPEN = (
    Status.REGISTERED,
    Status.ACCEPTED,
    Status.ASSIGNED,
    Status.IN_HAND,
    Status.RETURNED,
)
AWAITED = (*OPEN, Status.SETTLED)  # what the villager has not been answered yet
SETTLED = (Status.SETTLED, Status.ANSWERED, Status.VERIFIED, Status.CLOSED_OUT)

# act -> (its name, states it may start from, state it leads to)
TRANSITIONS = {
    "accept": ("受理", (Status.REGISTERED,), Status.ACCEPTED),
    "decline": ("不予受理", (Status.REGISTERED,), Status.DECLINED),
    # In hand only while no unit has it: an on-the-spot matter that was reopened (rules.py)
    "assign": (
        "交办",
        (Status.ACCEPTED, Status.RETURNED, Status.IN_HAND),
        Status.ASSIGNED,
    ),
    "take_in_hand": ("接收办理", (Status.ASSIGNED,), Status.IN_HAND),
    "return_": ("退回", (Status.ASSIGNED,), Status.RETURNED),
    "settle": (
        "办结",
        (Status.ACCEPTED, Status.ASSIGNED, Status.IN_HAND),
        Status.SETTLED,
    ),
    "settle_on_the_spot": ("当场办结", (Status.REGISTERED,), Status.SETTLED),
    "answer": ("反馈", (Status.SETTLED,), Status.ANSWERED),
    # Once more only after 联系不上; crossed off by a 核查, only when drawn into a sample (rules.py)
    "verify": (
        "回访核实",
        (Status.ANSWERED, Status.VERIFIED, Status.CLOSED_OUT),
        Status.VERIFIED,
    ),
    "check": ("核查", (Status.ANSWERED,), Status.VERIFIED),
    "close_out": ("销号", (Status.VERIFIED,), Status.CLOSED_OUT),
    "reopen": ("重办", SETTLED, Status.IN_HAND),
}
