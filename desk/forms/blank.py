"""Blank rows that know no village: for the page shown without a line."""

from visits.models import Visit

from .rows_page import RowsPage


class BlankPage(RowsPage):
    """Rows to draw, never to read: what is typed in them is posted by the real page.

    Args:
        count: how many rows; the page cannot ask for more.
    """

    def __init__(self, count):
        self.read_rows(None, village=None, mode=Visit.Mode.RECEPTION)
        self.rows.extra = count
