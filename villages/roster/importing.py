"""The roster as a kind of file: what the pages, the jobs and the command take in."""

from django.db.models import Count, F, Q
from django.urls import reverse

from liaison.bulk import update_many
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
from .stage import stage_book, stage_kept
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

    def stage_kept(self, kept, place):
        """Compare what was read for the preview, without the workbook."""
        return stage_kept(kept, place)

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
        _recount(taken_back.township_id)


def _recount(township_id):
    """Put 人口 right wherever it differs: people came to, and left, households no import changed."""
    present = Count("residents", filter=Q(residents__left_on=None))
    homes = Household.objects.filter(township=township_id).annotate(present=present)
    differing = list(homes.exclude(residents_count=F("present")))
    for home in differing:
        home.residents_count = home.present
    update_many(Household, differing, ["residents_count"])
