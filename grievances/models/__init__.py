"""民情台账: matters, their steps, and the code lists and policies they follow."""

from .alerts import AlertBand, AlertLevel
from .codes import Category, DeadlinePolicy, DeclineReason, SettlementMethod, Source, SuspendReason
from .confidential import AccusedPerson, ClosedNumber, ConfidentialPolicy, ConfidentialReader
from .extensions import Extension
from .hands import Assist, Suspension
from .history import FollowUp, Step
from .ladder import Rung
from .ledger import Grievance
from .look_back_draws import LookBackDraw
from .looking_back import LookBack, RedoCall
from .meetings import Meeting, MeetingItem
from .papers import IssuedPaper, MatterFile, PaperPolicy
from .publication import Publication, PublicationRow
from .rising import OverdueRise
from .routing import RoutingRule
from .sampling import FollowUpPolicy, FollowUpSample, SampledMatter
from .states import CheckKind, Settlement, Status
from .supervision import Supervision, SupervisionRule
from .taken_along import TakenAlong
from .triage import Triage, TriageLine

__all__ = [
    "AccusedPerson",
    "AlertBand",
    "AlertLevel",
    "Assist",
    "Category",
    "CheckKind",
    "ClosedNumber",
    "ConfidentialPolicy",
    "ConfidentialReader",
    "DeadlinePolicy",
    "DeclineReason",
    "Extension",
    "FollowUp",
    "FollowUpPolicy",
    "FollowUpSample",
    "Grievance",
    "IssuedPaper",
    "LookBack",
    "LookBackDraw",
    "MatterFile",
    "Meeting",
    "MeetingItem",
    "OverdueRise",
    "PaperPolicy",
    "Publication",
    "PublicationRow",
    "RedoCall",
    "RoutingRule",
    "Rung",
    "SampledMatter",
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
    "Triage",
    "TriageLine",
]
