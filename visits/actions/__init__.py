"""What happens on a liaison day and between two of them: the verbs.

Nothing is refused for its hour, its place or its lateness: the day it happened and the moment it was
typed are both kept. Only a day that has not come yet is refused.
"""

from .attendance import confirm_held, record_attendance, write_up
from .leave import approve_leave, ask_leave, may_decide, refuse_leave, withdraw_leave
from .making_up import make_up, make_up_skipped
from .needs import find_need, follow_need
from .photos import add_photos, take_away_photo
from .proposals import decide, suggest
from .rules import set_session_policy
from .sessions import cancel_session, mark_missed
from .sheets import claim_lines, note_entered, print_sheets
from .single import plan_single
from .visits import change_visit, log_visit

__all__ = [
    "add_photos",
    "approve_leave",
    "ask_leave",
    "cancel_session",
    "change_visit",
    "claim_lines",
    "confirm_held",
    "decide",
    "find_need",
    "follow_need",
    "log_visit",
    "make_up",
    "make_up_skipped",
    "mark_missed",
    "may_decide",
    "note_entered",
    "plan_single",
    "print_sheets",
    "record_attendance",
    "refuse_leave",
    "set_session_policy",
    "suggest",
    "take_away_photo",
    "withdraw_leave",
    "write_up",
]
