"""Places: township → village → section (片, optional) → group (组) → household → resident."""

from .events import RegistryEvent
from .households import Household, Resident
from .places import Group, Section, Township, Village
from .points import HousePoint
from .search import SearchToken
from .tags import ResidentTag, TagHolding

__all__ = [
    "Group",
    "HousePoint",
    "Household",
    "RegistryEvent",
    "Resident",
    "ResidentTag",
    "SearchToken",
    "Section",
    "TagHolding",
    "Township",
    "Village",
]
