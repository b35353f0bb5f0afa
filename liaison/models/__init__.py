"""Tables the whole house shares."""

from .base import AuditChain, AuditEntry, NumberSeries, Submission, Versioned
from .codes import Code, once
from .documents import DocumentTemplate
from .imports import ImportBatch, ImportLayout, ImportLine, ImportTrace
from .jobs import Job

__all__ = [
    "AuditChain",
    "AuditEntry",
    "Code",
    "DocumentTemplate",
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
