"""What happens to people: the only hands that write accounts, posts, holdings and teams."""

from .accounts import (
    change_own_password,
    create_account,
    deactivate,
    edit_account,
    reactivate,
    reset_password,
)
from .handing import carry_due, hand_over_post, withdraw_handover
from .links import hand_over, link_households, newest_link, set_link_policy, unlink
from .posts import (
    abolish_department,
    abolish_post,
    appoint,
    create_department,
    create_post,
    end_holding,
)
from .reminders import add_robot, change_robot, send_test, set_reminder_times
from .representatives import appoint_representative, end_representative
from .teams import create_team, edit_team

__all__ = [
    "abolish_department",
    "abolish_post",
    "add_robot",
    "appoint",
    "appoint_representative",
    "carry_due",
    "change_own_password",
    "change_robot",
    "create_account",
    "create_department",
    "create_post",
    "create_team",
    "deactivate",
    "edit_account",
    "edit_team",
    "end_holding",
    "end_representative",
    "hand_over",
    "hand_over_post",
    "link_households",
    "newest_link",
    "reactivate",
    "reset_password",
    "send_test",
    "set_link_policy",
    "set_reminder_times",
    "unlink",
    "withdraw_handover",
]
