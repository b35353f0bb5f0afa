"""民情台账: matters, their steps, and the code lists and policies they follow."""

from .codes import Category, DeadlinePolicy, DeclineReason, SettlementMethod, Source
from .history import FollowUp, Step
from .ladder import Rung
from .ledger import Grievance
from .routing import RoutingRule
from .states import Settlement, Status
from .taken_along import TakenAlong
from .triage import Triage, TriageLine

__all__ = [
    "Category",
    "DeadlinePolicy",
    "DeclineReason",
    "FollowUp",
    "Grievance",
    "RoutingRule",
    "Rung",
    "Settlement",
    "SettlementMethod",
    "Source",
    "Status",
    "Step",
    "TakenAlong",
    "Triage",
    "TriageLine",
]
