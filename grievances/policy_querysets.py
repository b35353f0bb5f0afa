"""Rows the office sets: general ones, and those a township has for itself."""

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q


class PolicyQuerySet(models.QuerySet):
    """Deadline policies: general rows and those a township set for itself."""

    def visible_to(self, user):
        """General rows, and the own ones of the townships this user works in."""
        scope = user.village_scope()
        if scope.everything:
            return self
        return self.filter(Q(township=None) | Q(township__in=scope.townships))


class OwnSetQuerySet(PolicyQuerySet):
    """Rows a township replaces as a whole: its own set, or the general one where it has none."""

    def set_of(self, township_id):
        """Its own rows, or the general ones; one query either way."""
        own = Exists(self.order_by().filter(township=township_id))
        return self.filter(Q(township=township_id) | Q(township=None) & ~own)


class RungQuerySet(OwnSetQuerySet):
    """Rungs of the ladder, lowest first."""

    def ladder_of(self, township_id):
        """A township's own rungs in use, or the general ones where it has none."""
        return self.filter(is_active=True).order_by("order", "pk").set_of(township_id)

    def telling(self, township_id):
        """With ``has_route`` and ``has_limit``: whether rules or limits in use here name this level; no query more."""
        of_level = {"is_active": True, "level": OuterRef("order")}
        rules = apps.get_model("grievances", "RoutingRule").objects.filter(**of_level)
        rules = rules.filter(township=township_id)
        limits = apps.get_model("grievances", "DeadlinePolicy").objects.filter(**of_level)
        limits = limits.filter(Q(township=None) | Q(township=township_id))
        return self.annotate(
            has_route=Exists(rules),
            has_limit=Exists(limits) | Exists(rules.filter(policy__is_active=True)),
        )

    def above(self, township_id, rung):
        """The rung above one; above None, on which a matter begins, the second of the ladder. None at the top."""
        return next_rung(self.ladder_of(township_id), rung)


def next_rung(ladder, rung):
    """The rung above one of a ladder, above None the second; None at the top."""
    ladder = list(ladder)
    place = rung.order if rung else min((each.order for each in ladder), default=0)
    return next((each for each in ladder if each.order > place), None)


class AlertBandQuerySet(PolicyQuerySet):
    """预警标准."""

    def bands_of(self, township_id) -> list:
        """The bands in use in a township: an own row stands in place of the general ones of its level and kind.

        An own row switched off takes the general one away too.
        """
        rows = list(self.filter(Q(township=None) | Q(township=township_id)).order_by("pk"))
        own = {(row.by, row.level) for row in rows if row.township_id}
        return [
            row
            for row in rows
            if row.is_active and (row.township_id or (row.by, row.level) not in own)
        ]
