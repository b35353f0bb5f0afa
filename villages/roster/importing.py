"""The roster as a kind of file: what the pages, the jobs and the command take in."""

from django.urls import reverse

from liaison.imports.kinds import CHANGED, MISSING, MOVED, NEW, UNCHANGED
from villages.importing import PlacedKind
from villages.models import Household, Resident
from villages.search import (
    forget_households,
    forget_residents,
    refresh_households,
    refresh_residents,
)

from .codes import masked
from .stage import stage_book
from .template import template_workbook
from .words import VOCABULARY

CHUNK = 500


class RosterKind(PlacedKind):
    """花名册: households and the people in them."""

    key = "roster"
    title = "花名册"
    permission = "villages.import"
    upload_url = "villages:roster"
    has_template = True
    export_url = "villages:roster_export"
    units = (
        ("households", "户", (NEW, CHANGED, UNCHANGED, MISSING)),
        ("residents", "人", (NEW, CHANGED, MOVED, UNCHANGED, MISSING)),
    )
    vocabularies = (VOCABULARY,)

    def stage(self, book, place):
        """Read a Book and compare it with the registry."""
        return stage_book(book, place)

    def template(self):
        """The workbook to fill in."""
        return template_workbook()

    def mask(self, name, text):
        """Names and numbers masked."""
        return masked(name, text)

    def done_url(self, batch):
        """The households, of the village alone where the file was for one."""
        address = reverse("villages:households")
        return f"{address}?village={batch.village_id}" if batch and batch.village_id else address

    def restore(self, row, before):
        """Put a row back; numbers with their keys, sounds with their names."""
        before = dict(before)
        if isinstance(row, Resident):
            if "id_number" in before:
                row.set_id_number(before.pop("id_number"))
            if "phones" in before:
                phones = before.pop("phones")
                row.set_phones(phones.split("、") if phones else [])
        super().restore(row, before)

    def undone(self, taken_back):
        """Recount 人口, and let search find what is there now."""
        removed, restored = taken_back.removed, taken_back.restored
        for model, forget, refresh in (
            (Resident, forget_residents, refresh_residents),
            (Household, forget_households, refresh_households),
        ):
            forget(removed.get(model._meta.label_lower, ()))
            again = restored.get(model._meta.label_lower, [])
            for start in range(0, len(again), CHUNK):
                refresh(model.objects.filter(pk__in=again[start : start + CHUNK]))
        _recount(restored.get("villages.household", []), restored.get("villages.resident", []))


def _recount(households, residents):
    """人口 of households that were put back, and of those whose people were."""
    homes = set(households)
    for start in range(0, len(residents), CHUNK):
        rows = Resident.objects.filter(pk__in=residents[start : start + CHUNK])
        homes |= set(rows.values_list("household", flat=True))
    for pk in homes:
        present = Resident.objects.present().filter(household=pk).count()
        Household.objects.filter(pk=pk).update(residents_count=present)
