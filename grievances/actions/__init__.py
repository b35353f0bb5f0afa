"""What happens to a matter: one verb per act of the transition table, and nothing else writes.

Each verb takes ``grievance``, ``by`` (the user), ``on`` (the local day it happened), ``now`` (the
moment it is typed) and ``version`` (as the page showed it; None when just read); it returns the
matter as saved, raises liaison.errors.NotAllowed (Stale for a past version) with one Chinese
sentence, and writes history, audit and notices in the same transaction.
"""

from .alert_bands import add_band, change_band
from .alerting import alert, clear_alert
from .closing import answer, close_out, reopen, verify
from .dating import date_undated
from .explaining import explain
from .extending import (
    ask_extension,
    decide_extension,
    note_extension_told,
    withdraw_extension,
)
from .handling import assign, return_, settle, take_in_hand
from .opening import accept, decline, register, settle_on_the_spot
from .placing import place
from .policies import add_policy, change_policy
from .promising import promise
from .redating import redate
from .revealing import note_reveal
from .taking import leave_behind, take_along

__all__ = [
    "accept",
    "add_band",
    "add_policy",
    "alert",
    "answer",
    "ask_extension",
    "assign",
    "change_band",
    "change_policy",
    "clear_alert",
    "close_out",
    "date_undated",
    "decide_extension",
    "decline",
    "explain",
    "leave_behind",
    "note_extension_told",
    "note_reveal",
    "place",
    "promise",
    "redate",
    "register",
    "reopen",
    "return_",
    "settle",
    "settle_on_the_spot",
    "take_along",
    "take_in_hand",
    "verify",
    "withdraw_extension",
]
