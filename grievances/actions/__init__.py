"""What happens to a matter: one verb per act of the transition table, and nothing else writes.

Each verb takes ``grievance``, ``by`` (the user), ``on`` (the local day it happened), ``now`` (the
moment it is typed) and ``version`` (as the page showed it; None when just read); it returns the
matter as saved, raises liaison.errors.NotAllowed (Stale for a past version) with one Chinese
sentence, and writes history, audit and notices in the same transaction.
"""

from .alert_bands import add_band, change_band
from .alerting import alert, clear_alert
from .assisting import assist, report_assist
from .attaching import attach, note_download, take_away_file
from .booking import put_on_book, review_book, take_off_book
from .checking import check
from .climbing import call_up, escalate, send_down
from .closing import answer, close_out, reopen, verify
from .confiding import confide, make_confidential, make_ordinary
from .dating import date_undated
from .drawing import draw_due, draw_sample, give_on
from .drawing_look_backs import draw_look_backs
from .explaining import explain
from .extending import (
    ask_extension,
    decide_extension,
    note_extension_told,
    withdraw_extension,
)
from .handling import assign, return_, settle, take_in_hand
from .looking_back import arrange_look_back, look_back
from .marking import mark
from .meetings import call_meeting, change_meeting, hold_meeting, set_agenda
from .merging import merge, separate, tell_joined, tell_merged
from .naming import accuse, end_reader, name_reader, note_view
from .numbering import number_paper
from .opening import accept, decline, register, settle_on_the_spot
from .own_sets import adopt_general
from .paper_policies import set_paper_policy
from .pausing import resume, suspend
from .placing import place
from .policies import add_policy, change_policy, set_confidential_rules
from .promising import promise
from .publishing import draft_publication, drop_draft, hang, reword, take_down
from .readmitting import readmit
from .redating import redate
from .redoing import keep_settled
from .repeating import link_repeat, unlink_repeat
from .revealing import note_reveal
from .rising import rise_overdue
from .routing import assign_by_rule
from .sample_policy import set_follow_up_policy
from .sideways import forward, take_back, transfer
from .supervising import lift_supervision, reply_supervision, supervise, urge
from .taking import leave_behind, take_along
from .triage import order_triage

__all__ = [
    "accept",
    "accuse",
    "add_band",
    "add_policy",
    "adopt_general",
    "alert",
    "answer",
    "arrange_look_back",
    "ask_extension",
    "assign",
    "assign_by_rule",
    "assist",
    "attach",
    "call_meeting",
    "call_up",
    "change_band",
    "change_meeting",
    "change_policy",
    "check",
    "clear_alert",
    "close_out",
    "confide",
    "date_undated",
    "decide_extension",
    "decline",
    "draft_publication",
    "draw_due",
    "draw_look_backs",
    "draw_sample",
    "drop_draft",
    "end_reader",
    "escalate",
    "explain",
    "forward",
    "give_on",
    "hang",
    "hold_meeting",
    "keep_settled",
    "leave_behind",
    "lift_supervision",
    "link_repeat",
    "look_back",
    "make_confidential",
    "make_ordinary",
    "mark",
    "merge",
    "name_reader",
    "note_download",
    "note_extension_told",
    "note_reveal",
    "note_view",
    "number_paper",
    "order_triage",
    "place",
    "promise",
    "put_on_book",
    "readmit",
    "redate",
    "register",
    "reopen",
    "reply_supervision",
    "report_assist",
    "resume",
    "return_",
    "review_book",
    "reword",
    "rise_overdue",
    "send_down",
    "separate",
    "set_agenda",
    "set_confidential_rules",
    "set_follow_up_policy",
    "set_paper_policy",
    "settle",
    "settle_on_the_spot",
    "supervise",
    "suspend",
    "take_along",
    "take_away_file",
    "take_back",
    "take_down",
    "take_in_hand",
    "take_off_book",
    "tell_joined",
    "tell_merged",
    "transfer",
    "unlink_repeat",
    "urge",
    "verify",
    "withdraw_extension",
]
