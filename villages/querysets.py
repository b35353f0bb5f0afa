"""Sets of places and people, named as the office would say them."""

from django.db.models import Count, F, OuterRef, Prefetch, Q, Subquery
from django.db.models.functions import Coalesce

from liaison.scoping import ScopedQuerySet


def _of(model, name):
    """The manager of the rows that point at a place by this related name."""
    return model._meta.get_field(name).related_model.objects


def _how_many(rows, path):
    """How many of these rows stand under each place; no join, so counts do not multiply one another."""
    counted = rows.order_by().filter(**{path: OuterRef("pk")}).values(path)
    return Coalesce(Subquery(counted.annotate(number=Count("pk")).values("number")), 0)


def _read_by(reader, rows):
    """What is counted: every row of a place somebody knows whole, else the rows he may read."""
    return rows.visible_to(reader) if reader.village_scope().linked_villages else rows


class VillageQuerySet(ScopedQuerySet):
    """Villages, always in administrative order (by code) when they are listed."""

    village_path = "pk"
    township_path = "township"

    def in_order(self):
        """By division code, the order of every official list."""
        return self.order_by("code")

    def with_counts(self, reader):
        """``groups_count`` 组; ``on_roll_count``, ``resident_count`` 户; ``people_count`` 人 on the roll.

        Args:
            reader: the user; whose households are the linked ones alone gets those counted.
        """
        households = _read_by(reader, _of(self.model, "households"))
        residents = _read_by(reader, _of(self.model, "residents"))
        return self.annotate(
            groups_count=_how_many(_of(self.model, "groups"), "village"),
            on_roll_count=_how_many(households.on_the_roll(), "village"),
            resident_count=_how_many(households.resident(), "village"),
            people_count=_how_many(residents.present(), "village"),
        )


class GroupQuerySet(ScopedQuerySet):
    """Groups (组) of villages."""

    def in_order(self):
        """By village, then by the group's number."""
        return self.order_by("village__code", "number", "name")

    def with_counts(self, reader):
        """``on_roll_count`` and ``resident_count`` in 户, ``people_count`` in 人 on the roll; as above."""
        homes = _of(self.model, "households")
        households = _read_by(reader, homes)
        residents = _read_by(reader, _of(homes.model, "residents"))
        return self.annotate(
            on_roll_count=_how_many(households.on_the_roll(), "group"),
            resident_count=_how_many(households.resident(), "group"),
            people_count=_how_many(residents.present(), "household__group"),
        )


class HouseholdQuerySet(ScopedQuerySet):
    """Households (户)."""

    township_path = "township"
    household_path = "pk"
    reading = "villages.view_households"

    def on_the_roll(self):
        """Neither cancelled nor an empty entry (空挂)."""
        return self.exclude(residence__in=("vacant", "cancelled"))

    def resident(self):
        """常住户: what coverage divides by; 空挂, 全户外出 and 已注销 stand apart."""
        return self.filter(residence__in=("resident", "seasonal"))

    def tally_by_village(self) -> dict[int, dict]:
        """{village id: {"all", "resident", "away", "vacant"}} in 户."""
        rows = (
            self.order_by()
            .values("village_id")
            .annotate(
                all=Count("pk"),
                resident=Count("pk", filter=Q(residence__in=("resident", "seasonal"))),
                away=Count("pk", filter=Q(residence="away")),
                vacant=Count("pk", filter=Q(residence="vacant")),
            )
        )
        return {row.pop("village_id"): row for row in rows}


class ResidentQuerySet(ScopedQuerySet):
    """Residents (人)."""

    township_path = "township"
    household_path = "household"
    reading = "villages.view_households"

    def with_number(self, township_id, id_index):
        """Whoever of a township has this ID number (its blind index); nobody for an empty one."""
        # The second condition is the index's own: without it SQLite reads the whole township.
        return self.filter(township=township_id, id_index=id_index).exclude(id_index="")

    def present(self):
        """Those not marked as gone (已故, 迁出, entered twice)."""
        return self.filter(left_on=None)

    def with_tags(self, on):
        """``tags_now``: the TagHoldings that hold on a day, in the order of the tags; one query for all."""
        holdings = _of(self.model, "tag_holdings").current(on).in_order()
        return self.prefetch_related(Prefetch("tag_holdings", holdings, to_attr="tags_now"))

    def on_a_roster(self, on):
        """Those a 花名册 lists, household by household, with all its columns show."""
        rows = self.present().select_related("village", "household__group__section")
        # Groups of no section first: an empty 片 reads as the one above.
        section = F("household__group__section__name").asc(nulls_first=True)
        group = ("household__group__number", "household__group__name")
        home = ("household__number", "household_id", "id")
        return rows.with_tags(on).order_by("village__code", section, *group, *home)


class TagHoldingQuerySet(ScopedQuerySet):
    """Tags of residents, from a day until a day."""

    village_path = "resident__village"
    township_path = "resident__township"
    household_path = "resident__household"
    reading = "villages.view_households"

    def current(self, on):
        """Those that hold on a day."""
        return self.filter(Q(valid_from=None) | Q(valid_from__lte=on)).filter(
            Q(valid_until=None) | Q(valid_until__gte=on)
        )

    def ended(self, on):
        """Those that were over before a day, or are taken back before they began."""
        return self.filter(valid_until__lt=on)

    def ending(self, first, last):
        """Those whose last day lies between two days, both included."""
        return self.filter(valid_until__range=(first, last))

    def in_order(self):
        """As the tags stand in the policy; the tag comes along."""
        return self.select_related("tag").order_by("tag__order", "tag__name", "valid_from", "pk")


class HousePointQuerySet(ScopedQuerySet):
    """Where households are drawn."""

    village_path = "household__village"
    township_path = "household__township"
    household_path = "household"
    reading = "villages.view_households"

    def of_village(self, village) -> dict[int, tuple[int, int]]:
        """{household id: (x, y)} of a village."""
        rows = self.filter(household__village=village)
        return {home: (x, y) for home, x, y in rows.values_list("household", "x", "y")}


class RegistryEventQuerySet(ScopedQuerySet):
    """The registry's history."""

    household_path = "household"
    reading = "villages.view_households"

    def of(self, household):
        """Lines of a household and of those joined to it, and those of others that name it; newest first.

        For a page that found the household by ``visible_to``: a move between villages is read in both.
        """
        own = household.history_ids()
        return self.filter(Q(household__in=own) | Q(other_household__in=own)).order_by("-on", "-id")

    def of_resident(self, resident):
        """Lines of a person, under whichever row and in whichever household; newest first."""
        return self.filter(resident__in=resident.history_ids()).order_by("-on", "-id")
