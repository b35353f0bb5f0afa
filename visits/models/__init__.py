"""What happened: liaison sessions, who sat there, who came, who was visited."""

from visits.notice_models import NoticePolicy, PublicNotice

from .attendance import Attendance
from .sessions import LiaisonSession
from .visits import Visit

__all__ = ["Attendance", "LiaisonSession", "NoticePolicy", "PublicNotice", "Visit"]
