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
    FORWARDED = "forwarded", "已转送"
    ESCALATED = "escalated", "已呈报"
    SUSPENDED = "suspended", "挂起"
    SETTLED = "settled", "已办结"
    ANSWERED = "answered", "已反馈"
    VERIFIED = "verified", "已回访"
    CLOSED_OUT = "closed_out", "已销号"
    MERGED = "merged", "已并案"


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
    Status.FORWARDED,
    Status.ESCALATED,
    Status.SUSPENDED,
)
AWAITED = (*OPEN, Status.SETTLED)  # what the villager has not been answered yet
SETTLED = (Status.SETTLED, Status.ANSWERED, Status.VERIFIED, Status.CLOSED_OUT)
# Neither open nor settled: they stand apart from every figure and are printed as counts.
APART = (Status.DECLINED, Status.MERGED)
OVER = (Status.CLOSED_OUT, *APART)  # no alert is in force any more
TOLD = (
    Status.ANSWERED,
    Status.VERIFIED,
    Status.CLOSED_OUT,
    Status.DECLINED,
)  # the villager knows how it ended
EVERY = (*OPEN, *SETTLED, *APART)
WITH_A_UNIT = (Status.ASSIGNED, Status.IN_HAND)

# act -> (its name, states it may start from, state it leads to; None: the state stays)
TRANSITIONS = {
    "accept": ("受理", (Status.REGISTERED,), Status.ACCEPTED),
    "decline": ("不予受理", (Status.REGISTERED,), Status.DECLINED),
    # 不予受理 is no end without return: by the office or above, with a reason
    "readmit": ("重新受理", (Status.DECLINED,), Status.ACCEPTED),
    # In hand only while no unit has it: an on-the-spot matter that was reopened (rules.py)
    "assign": (
        "交办",
        (Status.ACCEPTED, Status.RETURNED, Status.IN_HAND),
        Status.ASSIGNED,
    ),
    "take_in_hand": ("接收办理", (Status.ASSIGNED,), Status.IN_HAND),
    "return_": ("退回", (Status.ASSIGNED,), Status.RETURNED),
    "transfer": ("转办", WITH_A_UNIT, Status.ASSIGNED),
    "forward": ("转送", (Status.ACCEPTED, Status.RETURNED), Status.FORWARDED),
    "take_back": ("收回", (Status.FORWARDED,), Status.ACCEPTED),
    "escalate": ("呈报", (*WITH_A_UNIT, Status.ESCALATED), Status.ESCALATED),
    "send_down": ("交回办理", (Status.ESCALATED,), Status.IN_HAND),
    "call_up": ("提级办理", WITH_A_UNIT, Status.ESCALATED),
    "suspend": ("挂起", WITH_A_UNIT, Status.SUSPENDED),
    "resume": ("解挂", (Status.SUSPENDED,), Status.IN_HAND),
    "assist": ("请求协办", (*WITH_A_UNIT, Status.ESCALATED), None),
    "report_assist": ("协办回复", OPEN, None),
    # From 转送 only by the office and only as 程序性 (rules.py, actions/handling.py)
    "settle": (
        "办结",
        (Status.ACCEPTED, *WITH_A_UNIT, Status.FORWARDED),
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
    "tell_joined": ("告知并案", (Status.MERGED,), None),
    "tell_merged": ("告知并案人", (Status.MERGED,), None),
    "separate": ("取消并案", (Status.MERGED,), Status.ACCEPTED),
    "merge": ("并案", OPEN, Status.MERGED),
    "link_repeat": ("标为重复反映", EVERY, None),
    "unlink_repeat": ("取消重复反映", EVERY, None),
    "mark": ("加急和标记", OPEN, None),
}
# Acts that set or move a due date, and say so in their line of history. No other act moves it.
DATING = (
    "register", "accept", "settle_on_the_spot", "resume", "mark", "reopen", "readmit",
    "escalate", "call_up", "send_down", "merge",
)  # fmt: skip
# Of these, those that move it only where that is ticked
ASKED_TO_DATE = ("mark", "escalate", "call_up", "send_down")
# Of these, those with which a new time limit begins
STARTING = ("reopen", "readmit")
