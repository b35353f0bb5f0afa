"""One gate: every list, detail, count, export and notice reads through ``visible_to(user)``.

A user answers ``village_scope()`` (design: docs/architecture.md):

* ``Scope(everything=True)`` — commands and tests of the machinery only;
* ``Scope(townships={1})`` — offices, leaders, supervisors;
* ``Scope(villages={3, 4})`` — cadres and village contacts.
"""

from dataclasses import dataclass, field

from django.db import models
from django.http import Http404


@dataclass(frozen=True)
class Scope:
    """The places whose rows somebody may read: ids of townships and of villages."""

    townships: frozenset[int] = field(default_factory=frozenset)
    villages: frozenset[int] = field(default_factory=frozenset)
    everything: bool = False

    def as_q(self, village_path: str, township_path: str) -> models.Q:
        """The condition on a queryset whose rows reach a village and a township by these paths."""
        if self.everything:
            return models.Q()
        within = models.Q(pk__in=())
        if self.townships:
            within |= models.Q(**{f"{township_path}__in": sorted(self.townships)})
        if self.villages:
            within |= models.Q(**{f"{village_path}__in": sorted(self.villages)})
        return within


class ScopedQuerySet(models.QuerySet):
    """Rows that belong to a village; subclasses say by which path."""

    village_path = "village"
    township_path = "village__township"
    reading = ""  # The permission whose posts open these rows; "" when any post does

    def visible_to(self, user, permission: str = "") -> models.QuerySet:
        """The rows of this user's territory; nothing for somebody without a post.

        Args:
            permission: count only the posts that give it; a verb names its own, so that a right held
                for one village is none in the next one, which another post lets him read.
        """
        scope = user.village_scope(permission or self.reading)
        return self.filter(scope.as_q(self.village_path, self.township_path))


def get_visible_or_404(queryset, user, **lookup):
    """One row of this user's territory.

    Raises:
        Http404: missing, foreign or malformed alike, so that numbers cannot be probed.
    """
    try:
        return queryset.visible_to(user).get(**lookup)
    except (queryset.model.DoesNotExist, ValueError, OverflowError) as gone:
        raise Http404 from gone
