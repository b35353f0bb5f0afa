"""What waits for whom, in the order the work goes: a state of matters, or one of the names below."""

from cadres.roles import Role
from grievances.desks import AT_UNIT
from grievances.desks import MINE as MY_DESK
from grievances.models import Status
from grievances.models.states import OPEN

UNWRITTEN, OVERDUE, UNLINKED, MINE = "unwritten", "overdue", "unlinked", "mine"
LEAVE, CONFIRM, UNCONFIRMED, COMING = "leave", "confirm", "unconfirmed", "coming"
RESTED, JOINED, TOGETHER, HELP = "rested", "joined", "together", "help"
UNTOLD, UNHUNG = "untold", "unhung"
PROMISED = "promised"
UNANALYSED, UNREVIEWED = "unanalysed", "unreviewed"
DUE, WISHED, WISHES = "due", "wished", "wishes"
NEXT_YEAR = "next_year"
NEEDS, STUDY = "needs", "study"
EXTENDS, LONGER, NEAR = "extends", "longer", "near"
ROUND = "round"
UNPLACED, ADRIFT, TELL, ASK, MY_TURN = "unplaced", "adrift", "tell", "ask", MY_DESK
SUPERVISED, UNREPLIED, UNWRITTEN_MEETINGS = "supervised", "unreplied", "unwritten_meetings"
REDO, ASKED, LOOK_BACK, BOOK = "redo", "asked", "look_back", "book"

# States that few matters reach, shown while there are any; the office looks after each of them
OFTEN = (Status.REGISTERED, Status.ACCEPTED, Status.RETURNED, *AT_UNIT)
RARE = tuple(status for status in OPEN if status not in OFTEN)
# What nobody below is there for, and what waits for a leader himself: how the ledger lists it
FALLEN = {
    UNPLACED: {"state": UNPLACED}, ADRIFT: {"state": ADRIFT}, MY_TURN: {"turn": MY_DESK},
    **{what: {"turn": MY_DESK, "status": at} for what, at in ((TELL, "settled"), (ASK, "answered"))},
}  # fmt: skip

WAITING = {
    Role.CADRE: (
        LEAVE, UNWRITTEN, CONFIRM, UNTOLD, COMING, OVERDUE, PROMISED, LONGER, JOINED, TOGETHER, Status.SETTLED,
        ASKED, LOOK_BACK, NEEDS, STUDY, DUE, ROUND, WISHED, WISHES, UNWRITTEN_MEETINGS, UNANALYSED,
    ),
    Role.OFFICE: (
        SUPERVISED, UNREPLIED, LEAVE, EXTENDS, Status.REGISTERED, Status.ACCEPTED, Status.RETURNED,
        UNPLACED, ADRIFT, *RARE, OVERDUE, TELL, ASK, REDO, Status.VERIFIED, ASKED, LOOK_BACK, BOOK, RESTED,
        JOINED, TOGETHER, UNCONFIRMED, UNTOLD, COMING, NEEDS, STUDY, UNLINKED, UNHUNG, NEXT_YEAR, UNWRITTEN_MEETINGS,
        UNANALYSED, UNREVIEWED,
    ),
    Role.CONTACT: (MINE, DUE, WISHED, WISHES),
    Role.HANDLER: (
        SUPERVISED, Status.ASSIGNED, Status.IN_HAND, HELP, NEAR, OVERDUE, LONGER,
    ),
    Role.LEADER: (LEAVE, UNREPLIED, EXTENDS, CONFIRM, MY_TURN, OVERDUE, ASKED, Status.ANSWERED),
    Role.SUPERVISOR: (UNREPLIED, OVERDUE, ASKED, LOOK_BACK, Status.ANSWERED),
    Role.ADMIN: (NEXT_YEAR,),
}  # fmt: skip
WORDS = {
    UNWRITTEN: "驻点日待补记",
    UNTOLD: "待张贴公示",
    UNHUNG: "本周清单待公示",
    UNANALYSED: "未开民情分析会的村",
    CONFIRM: "驻点日待确认",
    UNCONFIRMED: "驻点日逾期未确认",
    OVERDUE: "超期未结",
    PROMISED: "答应群众的事",
    UNLINKED: "未联系的户",
    MINE: "我的联系户",
    ROUND: "本轮未走访",
    UNPLACED: "村待核",
    ADRIFT: "没有人承办，待交办",
    TELL: "已办结，待我反馈",
    ASK: "已反馈，待我回访",
    MY_TURN: "轮到我办",
    DUE: "应走访的户",
    Status.REGISTERED: "待受理",
    Status.ACCEPTED: "待交办",
    Status.RETURNED: "已退回，待重新交办",
    Status.ASSIGNED: "已交办，待接收",
    Status.IN_HAND: "办理中",
    Status.ESCALATED: "已呈报，待阅处",
    Status.SETTLED: "已办结，待反馈",
    Status.ANSWERED: "已反馈，待回访",
    Status.VERIFIED: "已核实，待销号",
}
# Pages a role opens without a number: (role, words, url name)
DOORS = (
    (Role.LEADER, "工作一览", "reports:dashboard"),
    (Role.SUPERVISOR, "工作一览", "reports:dashboard"),
    (Role.COUNTY, "工作一览", "reports:dashboard"),
    (Role.ADMIN, "账号", "accounts:users"),
    (Role.AUDITOR, "审计记录", "audit"),
)
