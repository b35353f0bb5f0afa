"""What happens on a liaison day and between two of them: the verbs.

Nothing is refused for its hour, its place or its lateness: the day it happened and the moment it was
typed are both kept. Only a day that has not come yet is refused.
"""

from .attendance import confirm_held, record_attendance
from .sessions import cancel_session, mark_missed
from .visits import change_visit, log_visit

__all__ = [
    "cancel_session",
    "change_visit",
    "confirm_held",
    "log_visit",
    "mark_missed",
    "record_attendance",
]
