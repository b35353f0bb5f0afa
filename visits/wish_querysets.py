"""Sets of wishes and of their steps."""

from django.db.models import Q

from cadres.models import LiaisonTeam
from liaison.scoping import ScopedQuerySet
from visits.models.wish_states import ENDED, WishState


class WishQuerySet(ScopedQuerySet):
    """村民点单. A contact reads those of his households, and those a whole village or group has."""

    township_path = "township"
    household_path = "household"
    reading = "visits.view"
    of_nobody = "household"  # empty where a wish is of a whole village or group

    def visible_to(self, user, permission=""):
        """As everywhere; and of the villages of a contact, the wishes no single household has."""
        scope = user.village_scope(permission or self.reading)
        paths = (self.village_path, self.township_path, self.household_path)
        common = {self.of_nobody: None, f"{self.village_path}__in": sorted(scope.linked_villages)}
        seen = scope.as_q(*paths)
        return self.filter(seen | Q(**common) if scope.linked_villages else seen)

    def waiting(self):
        """待认领."""
        return self.filter(state=WishState.OPEN)

    def alive(self):
        """Not ended."""
        return self.exclude(state__in=ENDED)

    def picked_up_by(self, user):
        """Picked up by this person, or by one of the teams he has a seat in; not ended."""
        teams = LiaisonTeam.objects.seating(user).values("pk")
        return self.alive().filter(Q(picked_by=user.pk) | Q(team__in=teams))


class WishStepQuerySet(WishQuerySet):
    """The history of wishes."""

    village_path = "wish__village"
    township_path = "wish__township"
    household_path = "wish__household"
    of_nobody = "wish__household"
