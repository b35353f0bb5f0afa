"""民情台账: matters, their steps, and the code lists and policies they follow."""

from .codes import Category, DeadlinePolicy, DeclineReason, SettlementMethod, Source, SuspendReason
from .hands import Assist, Suspension
from .history import FollowUp, Step
from .ladder import Rung
from .ledger import Grievance
from .meetings import Meeting, MeetingItem
from .rising import OverdueRise
from .routing import RoutingRule
from .states import Settlement, Status
from .supervision import Supervision, SupervisionRule
from .taken_along import TakenAlong

__all__ = [
    "Assist",
    "Category",
    "DeadlinePolicy",
    "DeclineReason",
    "FollowUp",
    "Grievance",
    "Meeting",
    "MeetingItem",
    "OverdueRise",
    "RoutingRule",
    "Rung",
    "Settlement",
    "SettlementMethod",
    "Source",
    "Status",
    "Step",
    "Supervision",
    "SupervisionRule",
    "SuspendReason",
    "Suspension",
    "TakenAlong",
]
