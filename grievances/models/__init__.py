"""民情台账: matters, their steps, and the code lists and policies they follow."""

from .codes import Category, DeadlinePolicy, DeclineReason, SettlementMethod, Source
from .history import FollowUp, Step
from .ladder import Rung
from .ledger import Grievance
from .looking_back import LookBack, RedoCall
from .sampling import FollowUpPolicy, FollowUpSample, SampledMatter
from .states import CheckKind, Settlement, Status
from .taken_along import TakenAlong

__all__ = [
    "Category",
    "CheckKind",
    "DeadlinePolicy",
    "DeclineReason",
    "FollowUp",
    "FollowUpPolicy",
    "FollowUpSample",
    "Grievance",
    "LookBack",
    "RedoCall",
    "Rung",
    "SampledMatter",
    "Settlement",
    "SettlementMethod",
    "Source",
    "Status",
    "Step",
    "TakenAlong",
]
