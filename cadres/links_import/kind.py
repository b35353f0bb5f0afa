"""包户联系表 as a kind of file: what the pages, the jobs and the command take in."""

from django.urls import reverse

from villages.importing import PlacedKind
from villages.roster.places import VillageFinder

from .codes import masked
from .rows import parse_links
from .stage import UNITS, StagedLinks
from .template import template_workbook
from .words import BY_HEAD


class LinkKind(PlacedKind):
    """包户联系表: households with their 包户干部 and 村民代表."""

    key = "links"
    title = "包户联系表"
    upload_url = "cadres:import_links"
    permission = "cadres.manage_links"
    has_template = True
    units = UNITS
    vocabularies = (BY_HEAD,)

    def stage(self, book, place):
        """Read a Book for a Place; see Kind."""
        villages = list(place.township.villages.in_order())
        finder = VillageFinder(villages, township_name=place.township.name, only=place.village)
        parsed = parse_links(
            book,
            find_village=finder,
            may_change=place.covers,
            layouts=place.layouts,
            on=place.on,
        )
        return StagedLinks(place, parsed, book)

    def template(self):
        """The workbook to fill in."""
        return template_workbook()

    def mask(self, name, text):
        """Names and numbers of a sample masked."""
        return masked(name, text)[:40]

    def done_url(self, batch):
        """The households, of the village alone where the file was for one."""
        address = reverse("cadres:links")
        return f"{address}?village={batch.village_id}" if batch and batch.village_id else address
