"""Sets of places and people, named as the office would say them."""

from django.db import models
from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from liaison.scoping import ScopedQuerySet


def _of(model, name):
    """The manager of the rows that point at a place by this related name."""
    return model._meta.get_field(name).related_model.objects


def _how_many(rows, path):
    """How many of these rows stand under each place; no join, so counts do not multiply one another."""
    counted = rows.order_by().filter(**{path: OuterRef("pk")}).values(path)
    return Coalesce(Subquery(counted.annotate(number=Count("pk")).values("number")), 0)


class VillageQuerySet(ScopedQuerySet):
    """Villages, always in administrative order (by code) when they are listed."""

    village_path = "pk"
    township_path = "township"

    def in_order(self):
        """By division code, the order of every official list."""
        return self.order_by("code")

    def with_counts(self):
        """``groups_count`` 组; ``on_roll_count``, ``resident_count`` 户; ``people_count`` 人 on the roll."""
        households, residents = _of(self.model, "households"), _of(self.model, "residents")
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

    def with_counts(self):
        """``on_roll_count`` and ``resident_count`` in 户, ``people_count`` in 人 on the roll."""
        households = _of(self.model, "households")
        residents = households.model._meta.get_field("residents").related_model.objects
        return self.annotate(
            on_roll_count=_how_many(households.on_the_roll(), "group"),
            resident_count=_how_many(households.resident(), "group"),
            people_count=_how_many(residents.present(), "household__group"),
        )


class HouseholdQuerySet(ScopedQuerySet):
    """Households (户)."""

    township_path = "township"
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
    reading = "villages.view_households"

    def present(self):
        """Those not marked as gone (已故, 迁出)."""
        return self.filter(left_on=None)


class TagHoldingQuerySet(ScopedQuerySet):
    """Tags of residents, from a day until a day."""

    village_path = "resident__village"
    township_path = "resident__township"
    reading = "villages.view_households"

    def current(self, on):
        """Those that hold on a day."""
        return self.filter(Q(valid_from=None) | Q(valid_from__lte=on)).filter(
            Q(valid_until=None) | Q(valid_until__gte=on)
        )


class RegistryEventQuerySet(ScopedQuerySet):
    """The registry's history."""

    reading = "villages.view_households"

    def of(self, household):
        """Lines of a household, and those of others that name it; newest first."""
        return self.filter(Q(household=household) | Q(other_household=household)).order_by(
            "-on", "-id"
        )


class RosterImportQuerySet(models.QuerySet):
    """Uploads of rosters."""

    def visible_to(self, user):
        """One's own uploads: a preview shows people, so nobody else's is opened."""
        return self.filter(uploaded_by_id=user.pk)
