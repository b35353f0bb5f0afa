"""民情台账: matters, their steps, and the code lists and policies they follow."""

from .codes import Category, DeadlinePolicy, DeclineReason, SettlementMethod, Source
from .confidential import AccusedPerson, ClosedNumber, ConfidentialPolicy, ConfidentialReader
from .history import FollowUp, Step
from .ladder import Rung
from .ledger import Grievance
from .states import Settlement, Status
from .taken_along import TakenAlong

__all__ = [
    "AccusedPerson",
    "Category",
    "ClosedNumber",
    "ConfidentialPolicy",
    "ConfidentialReader",
    "DeadlinePolicy",
    "DeclineReason",
    "FollowUp",
    "Grievance",
    "Rung",
    "Settlement",
    "SettlementMethod",
    "Source",
    "Status",
    "Step",
    "TakenAlong",
]
