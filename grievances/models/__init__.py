"""民情台账: matters, their steps, and the code lists and policies they follow."""

from .codes import Category, DeadlinePolicy, DeclineReason, SettlementMethod, Source
from .history import FollowUp, Step
from .ladder import Rung
from .ledger import Grievance
from .papers import IssuedPaper, MatterFile, PaperPolicy
from .publication import Publication, PublicationRow
from .states import Settlement, Status
from .taken_along import TakenAlong

__all__ = [
    "Category",
    "DeadlinePolicy",
    "DeclineReason",
    "FollowUp",
    "Grievance",
    "IssuedPaper",
    "MatterFile",
    "PaperPolicy",
    "Publication",
    "PublicationRow",
    "Rung",
    "Settlement",
    "SettlementMethod",
    "Source",
    "Status",
    "Step",
    "TakenAlong",
]
