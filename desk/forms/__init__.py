"""The forms of the desk: the liaison-day page and single days."""

from .entries import MORE_ROWS, MOST_ROWS, EntryForm, code_lists
from .page import DayPage

__all__ = ["MORE_ROWS", "MOST_ROWS", "DayPage", "EntryForm", "code_lists"]
