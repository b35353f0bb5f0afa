"""What happens to people: the only hands that write accounts, posts, holdings and teams."""

from .accounts import (
    change_own_password,
    create_account,
    deactivate,
    edit_account,
    reactivate,
    reset_password,
)
from .posts import (
    abolish_department,
    abolish_post,
    appoint,
    create_department,
    create_post,
    end_holding,
)
from .teams import create_team, edit_team

__all__ = [
    "abolish_department",
    "abolish_post",
    "appoint",
    "change_own_password",
    "create_account",
    "create_department",
    "create_post",
    "create_team",
    "deactivate",
    "edit_account",
    "edit_team",
    "end_holding",
    "reactivate",
    "reset_password",
]
