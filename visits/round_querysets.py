"""Sets of rounds (遍访轮次)."""

from django.db.models import Q

from cadres.querysets import TownshipQuerySet


class RoundQuerySet(TownshipQuerySet):
    """Rounds: read by whoever reads visits in the township, whichever villages they name."""

    reading = "visits.view"

    def open(self):
        """Not closed by the office."""
        return self.filter(closed_on=None)

    def running(self, on):
        """Open on a day of theirs: what is visited now still counts."""
        return self.open().filter(starts_on__lte=on, ends_on__gte=on)

    def past(self, on):
        """Over, and not closed by anybody."""
        return self.open().filter(ends_on__lt=on)

    def of_village(self, village):
        """Those that are to reach a village's households."""
        named = Q(villages=village) | Q(villages=None)
        return self.filter(named, township=village.township_id)
