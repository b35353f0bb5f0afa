"""What happens to a matter: one verb per act of the transition table, and nothing else writes.

Each verb takes ``grievance``, ``by`` (the user), ``on`` (the local day it happened), ``now`` (the
moment it is typed) and ``version`` (as the page showed it; None when just read); it returns the
matter as saved, raises liaison.errors.NotAllowed (Stale for a past version) with one Chinese
sentence, and writes history, audit and notices in the same transaction.
"""

from .attaching import attach, note_download, take_away_file
from .closing import answer, close_out, reopen, verify
from .dating import date_undated
from .explaining import explain
from .handling import assign, return_, settle, take_in_hand
from .numbering import number_paper
from .opening import accept, decline, register, settle_on_the_spot
from .paper_policies import set_paper_policy
from .placing import place
from .policies import add_policy, change_policy
from .promising import promise
from .publishing import draft_publication, drop_draft, hang, reword, take_down
from .revealing import note_reveal
from .taking import leave_behind, take_along

__all__ = [
    "accept",
    "add_policy",
    "answer",
    "assign",
    "attach",
    "change_policy",
    "close_out",
    "date_undated",
    "decline",
    "draft_publication",
    "drop_draft",
    "explain",
    "hang",
    "leave_behind",
    "note_download",
    "note_reveal",
    "number_paper",
    "place",
    "promise",
    "register",
    "reopen",
    "return_",
    "reword",
    "set_paper_policy",
    "settle",
    "settle_on_the_spot",
    "take_along",
    "take_away_file",
    "take_down",
    "take_in_hand",
    "verify",
]
