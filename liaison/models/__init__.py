"""Tables the whole house shares."""

from .base import AuditChain, AuditEntry, NumberSeries, Submission, Versioned
from .imports import ImportBatch, ImportLayout, ImportLine, ImportTrace
from .jobs import Job

__all__ = [
    "AuditChain",
    "AuditEntry",
    "ImportBatch",
    "ImportLayout",
    "ImportLine",
    "ImportTrace",
    "Job",
    "NumberSeries",
    "Submission",
    "Versioned",
]
