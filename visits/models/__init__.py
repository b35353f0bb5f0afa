"""What happened: liaison sessions, who sat there and who was excused, who came, who was visited, what was found."""

from .amendments import Amendment
from .appointments import Appointment
from .attendance import Attendance, LeaveKind
from .duties import ContactPolicy, VisitQuota
from .leave import LeaveRequest
from .needs import Need, NeedKind, NeedLine
from .notices import NoticePolicy, PublicNotice
from .photos import VisitPhoto
from .policy import SessionPolicy
from .proposals import Proposal, ProposalLine
from .rounds import VisitRound
from .sessions import LiaisonSession
from .sheets import DaySheet, SheetLine
from .visits import Visit
from .wish_states import WishState
from .wishes import Wish, WishKind, WishStep

__all__ = [
    "Amendment",
    "Appointment",
    "Attendance",
    "ContactPolicy",
    "DaySheet",
    "LeaveKind",
    "LeaveRequest",
    "LiaisonSession",
    "Need",
    "NeedKind",
    "NeedLine",
    "NoticePolicy",
    "Proposal",
    "ProposalLine",
    "PublicNotice",
    "SessionPolicy",
    "SheetLine",
    "Visit",
    "VisitPhoto",
    "VisitQuota",
    "VisitRound",
    "Wish",
    "WishKind",
    "WishState",
    "WishStep",
]
