"""What happens to a matter: one verb per act of the transition table, and nothing else writes.

Each verb takes ``grievance``, ``by`` (the user), ``on`` (the local day it happened), ``now`` (the
moment it is typed) and ``version`` (as the page showed it; None when just read); it returns the
matter as saved, raises liaison.errors.NotAllowed (Stale for a past version) with one Chinese
sentence, and writes history, audit and notices in the same transaction.
"""

from .assisting import assist, report_assist
from .climbing import call_up, escalate, send_down
from .closing import answer, close_out, reopen, verify
from .dating import date_undated
from .explaining import explain
from .handling import assign, return_, settle, take_in_hand
from .marking import mark
from .meetings import call_meeting, change_meeting, hold_meeting, set_agenda
from .merging import merge, separate, tell_merged
from .opening import accept, decline, register, settle_on_the_spot
from .own_sets import adopt_general
from .pausing import resume, suspend
from .placing import place
from .policies import add_policy, change_policy
from .promising import promise
from .repeating import link_repeat, unlink_repeat
from .revealing import note_reveal
from .rising import rise_overdue
from .routing import assign_by_rule
from .sideways import forward, take_back, transfer
from .supervising import lift_supervision, reply_supervision, supervise, urge
from .taking import leave_behind, take_along

__all__ = [
    "accept",
    "add_policy",
    "adopt_general",
    "answer",
    "assign",
    "assign_by_rule",
    "assist",
    "call_meeting",
    "call_up",
    "change_meeting",
    "change_policy",
    "close_out",
    "date_undated",
    "decline",
    "escalate",
    "explain",
    "forward",
    "hold_meeting",
    "leave_behind",
    "lift_supervision",
    "link_repeat",
    "mark",
    "merge",
    "note_reveal",
    "place",
    "promise",
    "register",
    "reopen",
    "reply_supervision",
    "report_assist",
    "resume",
    "return_",
    "rise_overdue",
    "send_down",
    "separate",
    "set_agenda",
    "settle",
    "settle_on_the_spot",
    "supervise",
    "suspend",
    "take_along",
    "take_back",
    "take_in_hand",
    "tell_merged",
    "transfer",
    "unlink_repeat",
    "urge",
    "verify",
]
