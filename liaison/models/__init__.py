"""Tables the whole house shares."""

from .base import AuditChain, AuditEntry, NumberSeries, Submission, Versioned
from .codes import Code, once
from .imports import ImportBatch, ImportLayout, ImportLine, ImportTrace
from .jobs import Job

__all__ = [
    "AuditChain",
    "AuditEntry",
    "Code",
    "ImportBatch",
    "ImportLayout",
    "ImportLine",
    "ImportTrace",
    "Job",
    "NumberSeries",
    "Submission",
    "Versioned",
    "once",
]
