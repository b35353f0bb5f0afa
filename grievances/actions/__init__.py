"""What happens to a matter: one verb per act of the transition table, and nothing else writes.

Each verb takes ``grievance``, ``by`` (the user), ``on`` (the local day it happened), ``now`` (the
moment it is typed) and ``version`` (as the page showed it; None when just read); it returns the
matter as saved, raises liaison.errors.NotAllowed (Stale for a past version) with one Chinese
sentence, and writes history, audit and notices in the same transaction.
"""

from .closing import answer, close_out, reopen, verify
from .confiding import confide, make_confidential, make_ordinary
from .dating import date_undated
from .explaining import explain
from .handling import assign, return_, settle, take_in_hand
from .naming import accuse, end_reader, name_reader, note_view
from .opening import accept, decline, register, settle_on_the_spot
from .placing import place
from .policies import add_policy, change_policy, set_confidential_rules
from .promising import promise
from .revealing import note_reveal
from .taking import leave_behind, take_along

__all__ = [
    "accept",
    "accuse",
    "add_policy",
    "answer",
    "assign",
    "change_policy",
    "close_out",
    "confide",
    "date_undated",
    "decline",
    "end_reader",
    "explain",
    "leave_behind",
    "make_confidential",
    "make_ordinary",
    "name_reader",
    "note_reveal",
    "note_view",
    "place",
    "promise",
    "register",
    "reopen",
    "return_",
    "set_confidential_rules",
    "settle",
    "settle_on_the_spot",
    "take_along",
    "take_in_hand",
    "verify",
]
