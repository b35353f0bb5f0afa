"""What happened: liaison sessions, who sat there and who was excused, who came, who was visited."""

from visits.notice_models import NoticePolicy, PublicNotice

from .appointments import Appointment
from .attendance import Attendance, LeaveKind
from .leave import LeaveRequest
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
