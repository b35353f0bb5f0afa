"""The kind of file "ledger": an older ledger of a township, or of one village."""

from django.urls import reverse

from liaison.imports.kinds import CHANGED, ITEMS, MISSING, NEW, UNCHANGED
from villages.importing import PlacedKind

from .codes import masked
from .stage import StagedLedger
from .template import template_workbook
from .words import VOCABULARY


class LedgerKind(PlacedKind):
    """历史民情台账."""

    key = "ledger"
    title = "历史台账"
    permission = "grievances.import"
    upload_url = "grievances:import"
    has_template = True
    units = ((ITEMS, "诉求", (NEW, CHANGED, UNCHANGED, MISSING)),)
    vocabularies = (VOCABULARY,)

    def stage(self, book, place):
        """Read a Book for a Place; FileRefused when the file as a whole cannot be taken."""
        return StagedLedger(book, place)

    def template(self):
        """The workbook to fill in."""
        return template_workbook()

    def mask(self, name, text):
        """Names and numbers hidden."""
        return masked(name, text)[:40]

    def done_url(self, batch):
        """The ledger."""
        return reverse("grievances:ledger")
