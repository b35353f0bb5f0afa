"""Places: township → village → section (片, optional) → group (组) → household → resident."""

from .households import Household, Resident, ResidentTag
from .imports import RosterImport
from .places import Group, Section, Township, Village

__all__ = [
    "Group",
    "Household",
    "Resident",
    "ResidentTag",
    "RosterImport",
    "Section",
    "Township",
    "Village",
]
