"""民情台账: matters, their steps, and the code lists and policies they follow."""

from .alerts import AlertBand, AlertLevel
from .codes import Category, DeadlinePolicy, DeclineReason, SettlementMethod, Source
from .extensions import Extension
from .history import FollowUp, Step
from .ladder import Rung
from .ledger import Grievance
from .states import Settlement, Status
from .taken_along import TakenAlong

__all__ = [
    "AlertBand",
    "AlertLevel",
    "Category",
    "DeadlinePolicy",
    "DeclineReason",
    "Extension",
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
