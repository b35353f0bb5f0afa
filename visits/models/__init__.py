"""What happened: liaison sessions, who sat there and who was excused, who came, who was visited."""

from .appointments import Appointment
from .attendance import Attendance, LeaveKind
from .leave import LeaveRequest
from .notices import NoticePolicy, PublicNotice
from .policy import SessionPolicy
from .sessions import LiaisonSession
from .visits import Visit

__all__ = [
    "Appointment",
    "Attendance",
    "LeaveKind",
    "LeaveRequest",
    "LiaisonSession",
    "NoticePolicy",
    "PublicNotice",
    "SessionPolicy",
    "Visit",
]
