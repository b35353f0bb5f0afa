"""What happens to a matter: one verb per act of the transition table, and nothing else writes.

Each verb takes ``grievance``, ``by`` (the user), ``on`` (the local day it happened), ``now`` (the
moment it is typed) and ``version`` (as the page showed it; None when just read); it returns the
matter as saved, raises liaison.errors.NotAllowed (Stale for a past version) with one Chinese
sentence, and writes history, audit and notices in the same transaction.
"""

from .closing import answer, close_out, reopen, verify
from .dating import date_undated
from .explaining import explain
from .handling import assign, return_, settle, take_in_hand
from .opening import accept, decline, register, settle_on_the_spot
from .placing import place
from .policies import add_policy, change_policy
from .promising import promise
from .revealing import note_reveal
from .routing import assign_by_rule
from .taking import leave_behind, take_along
from .triage import order_triage

__all__ = [
    "accept",
    "add_policy",
    "answer",
    "assign",
    "assign_by_rule",
    "change_policy",
    "close_out",
    "date_undated",
    "decline",
    "explain",
    "leave_behind",
    "note_reveal",
    "order_triage",
    "place",
    "promise",
    "register",
    "reopen",
    "return_",
    "settle",
    "settle_on_the_spot",
    "take_along",
    "take_in_hand",
    "verify",
]
