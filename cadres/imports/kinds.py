"""The kinds of files of this app: a schedule with its teams, and a list of cadres."""

from django.urls import reverse

from cadres.models import LiaisonPlan, LiaisonTeam
from cadres.signals import plans_changed, plans_withdrawn
from villages.importing import PlacedKind
from villages.roster.places import VillageFinder

from .cadre_rows import parse_cadres
from .cadre_stage import CADRE_UNITS, StagedCadres
from .codes import masked
from .plan_rows import parse_plans
from .plan_stage import UNITS, StagedPlans
from .plan_writing import put_back
from .template import cadre_template, plan_template
from .words import CADRES, GROUPS, PLANS


def finder_of(place):
    """Looks villages up in the place's township; a narrower place takes only its own."""
    villages = list(place.township.villages.in_order())
    return VillageFinder(villages, township_name=place.township.name, only=place.village)


class PlanKind(PlacedKind):
    """驻点安排表, with 督查小组 and 便民服务卡 when the workbook has them."""

    key = "plans"
    title = "驻点安排表"
    upload_url = "cadres:import_plans"
    permission = "cadres.manage_plans"
    has_template = True
    units = UNITS
    vocabularies = (PLANS, GROUPS)

    def stage(self, book, place):
        """Read a Book for a Place; see Kind."""
        parsed = parse_plans(
            book, find_village=finder_of(place), may_change=place.covers, layouts=place.layouts
        )
        return StagedPlans(place, parsed, book)

    def template(self):
        """The workbook to fill in."""
        return plan_template()

    def mask(self, name, text):
        """Names and numbers of a sample masked."""
        return masked(name, text)[:40] if name else super().mask(name, text)

    def restore(self, row, before):
        """A team gets its seats and villages back; anything else its values."""
        if isinstance(row, LiaisonTeam):
            put_back(row, before)
        else:
            super().restore(row, before)

    def release(self, model, pks):
        """Days nobody has written on go with the plans an undo removes."""
        if model is LiaisonPlan:
            plans = list(LiaisonPlan.objects.filter(pk__in=pks))
            plans_withdrawn.send(LiaisonPlan, plans=plans)

    def undone(self, taken_back):
        """The days to come follow the plans that were put back."""
        pks = taken_back.restored.get("cadres.liaisonplan", ())
        if pks:
            plans = list(LiaisonPlan.objects.filter(pk__in=pks).select_related("team", "village"))
            on = taken_back.on
            plans_changed.send(LiaisonPlan, plans=plans, by=None, today=on, since=on)

    def done_url(self, batch):
        """The plans."""
        return reverse("cadres:plans")


class CadreKind(PlacedKind):
    """干部名单: people, their posts and departments. Only the administrator of accounts takes it in."""

    key = "cadres"
    title = "干部名单"
    upload_url = "cadres:import_cadres"
    permission = "cadres.manage_accounts"
    has_template = True
    units = CADRE_UNITS
    vocabularies = (CADRES,)
    whole_township = "全乡镇"

    def stage(self, book, place):
        """Read a Book for a Place; see Kind."""
        parsed = parse_cadres(
            book,
            find_village=finder_of(place),
            may_change=place.covers,
            layouts=place.layouts,
            on=place.on,
        )
        return StagedCadres(place, parsed, book)

    def template(self):
        """The workbook to fill in."""
        return cadre_template()

    def mask(self, name, text):
        """Names and numbers of a sample masked."""
        return masked(name, text)[:40] if name else super().mask(name, text)

    def done_url(self, batch):
        """The people."""
        return reverse("cadres:cadres")
