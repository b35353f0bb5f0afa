"""The forms of the desk: the liaison-day page, visits outside it, and single days."""

from .blank import BlankPage
from .entries import MORE_ROWS, MOST_ROWS, EntryForm
from .further import FurtherPage
from .matters import MOST_MATTERS, MatterForm, code_lists
from .outside import OutsidePage
from .page import DayPage
from .rows_page import rearranged

__all__ = [
    "MORE_ROWS",
    "MOST_MATTERS",
    "MOST_ROWS",
    "BlankPage",
    "DayPage",
    "EntryForm",
    "FurtherPage",
    "MatterForm",
    "OutsidePage",
    "code_lists",
    "rearranged",
]
