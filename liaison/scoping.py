"""One gate: every list, detail, count, export and notice reads through ``visible_to(user)``.

A user answers ``village_scope()`` (design: docs/architecture.md):

* ``Scope(everything=True)`` — commands and tests of the machinery only;
* ``Scope(townships={1})`` — offices, leaders, supervisors;
* ``Scope(villages={3, 4})`` — cadres;
* ``Scope(linked_villages={3}, households=ids)`` — village contacts: the place and its days like everybody
  there, but of its people only those of the households linked to them.
"""

from dataclasses import dataclass, field

from django.db import models
from django.http import Http404


@dataclass(frozen=True)
class Scope:
    """The places whose rows somebody may read: ids of townships and of villages.

    ``villages`` are read whole. Of ``linked_villages`` rows that hang on a household are read only where
    the household is one of ``households`` (a queryset of ids, asked inside the query of the rows).
    """

    townships: frozenset[int] = field(default_factory=frozenset)
    villages: frozenset[int] = field(default_factory=frozenset)
    linked_villages: frozenset[int] = field(default_factory=frozenset)
    households: models.QuerySet | None = field(default=None, compare=False)
    everything: bool = False

    @property
    def places(self) -> frozenset[int]:
        """Every village somebody knows, however much of it."""
        return self.villages | self.linked_villages

    def holds(self, village) -> bool:
        """Whether somebody knows this village, however much of it; the village has been read already."""
        return self.everything or village.pk in self.places or village.township_id in self.townships

    def as_q(self, village_path: str, township_path: str, household_path: str = "") -> models.Q:
        """The condition on a queryset whose rows reach a village and a township by these paths.

        Args:
            household_path: how the rows reach their household; "" for rows of the village as such.
        """
        if self.everything:
            return models.Q()
        within = models.Q(pk__in=())
        if self.townships:
            within |= models.Q(**{f"{township_path}__in": sorted(self.townships)})
        villages = self.villages if household_path else self.places
        if villages:
            within |= models.Q(**{f"{village_path}__in": sorted(villages)})
        if household_path and self.linked_villages:
            within |= models.Q(
                **{
                    f"{village_path}__in": sorted(self.linked_villages),
                    f"{household_path}__in": self.households,
                }
            )
        return within


class ScopedQuerySet(models.QuerySet):
    """Rows that belong to a village; subclasses say by which path, and by which to a household if to one."""

    village_path = "village"
    township_path = "village__township"
    household_path = ""
    reading = ""  # The permission whose posts open these rows; "" when any post does

    def visible_to(self, user, permission: str = "") -> models.QuerySet:
        """The rows of this user's territory; nothing for somebody without a post.

        Args:
            permission: count only the posts that give it; a verb names its own, so that a right held
                for one village is none in the next one, which another post lets him read.
        """
        scope = user.village_scope(permission or self.reading)
        paths = (self.village_path, self.township_path, self.household_path)
        return self.filter(scope.as_q(*paths))

    def open_to(self, user) -> models.QuerySet:
        """What may be opened one by one; more than the lists only where some rows are in no list."""
        return self.visible_to(user)


def get_visible_or_404(queryset, user, **lookup):
    """One row of this user's territory.

    Raises:
        Http404: missing, foreign or malformed alike, so that numbers cannot be probed.
    """
    rows = queryset.all()
    try:
        seen = rows.open_to(user) if hasattr(rows, "open_to") else rows.visible_to(user)
        return seen.get(**lookup)
    except (queryset.model.DoesNotExist, ValueError, OverflowError) as gone:
        raise Http404 from gone
