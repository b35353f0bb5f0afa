"""What happens to a matter: one verb per act of the transition table, and nothing else writes.

Each verb takes ``grievance``, ``by`` (the user), ``on`` (the local day it happened), ``now`` (the
moment it is typed) and ``version`` (as the page showed it; None when just read); it returns the
matter as saved, raises liaison.errors.NotAllowed (Stale for a past version) with one Chinese
sentence, and writes history, audit and notices in the same transaction.
"""

from .booking import put_on_book, review_book, take_off_book
from .checking import check
from .closing import answer, close_out, reopen, verify
from .dating import date_undated
from .drawing import draw_due, draw_sample, give_on
from .explaining import explain
from .handling import assign, return_, settle, take_in_hand
from .looking_back import arrange_look_back, look_back
from .opening import accept, decline, register, settle_on_the_spot
from .placing import place
from .policies import add_policy, change_policy
from .promising import promise
from .redoing import keep_settled
from .revealing import note_reveal
from .sample_policy import set_follow_up_policy
from .taking import leave_behind, take_along

__all__ = [
    "accept",
    "add_policy",
    "answer",
    "arrange_look_back",
    "assign",
    "change_policy",
    "check",
    "close_out",
    "date_undated",
    "decline",
    "draw_due",
    "draw_sample",
    "explain",
    "give_on",
    "keep_settled",
    "leave_behind",
    "look_back",
    "note_reveal",
    "place",
    "promise",
    "put_on_book",
    "register",
    "reopen",
    "return_",
    "review_book",
    "set_follow_up_policy",
    "settle",
    "settle_on_the_spot",
    "take_along",
    "take_in_hand",
    "take_off_book",
    "verify",
]
