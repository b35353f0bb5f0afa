"""Which households were reached, and when last: by a visit, a call or an evening, whoever made it.

A visit counts for the household the people live in now: what was joined to another household (并户) is read
there, so a household counts once and where it is today (docs/decisions/0037).
"""

from django.db.models import Case, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce

from villages.models import Household

from .models import Visit


def reaching(modes=None, *, since=None, until=None, townships=None):
    """Visits that reached a household, by the day they happened.

    Args:
        modes: Visit.Mode values that count; None for all but those where people came to us.
        since, until: the first and the last day, either may be open.
        townships: ids; they lead the index of a whole township's visits.
    """
    visits = Visit.objects.to_households()
    if modes is not None:
        visits = Visit.objects.filter(mode__in=list(modes)).exclude(household=None)
    if townships is not None:
        visits = visits.filter(township__in=townships)
    if since is not None:
        visits = visits.filter(occurred_on__gte=since)
    return visits if until is None else visits.filter(occurred_on__lte=until)


def homes_of(visits):
    """Ids of the households these visits count for; for ``pk__in``, never a count: one stands there once a visit."""
    home = Coalesce("household__merged_into", "household")
    return visits.order_by().annotate(home=home).values("home")


def reached(households, visits):
    """Those of the households that one of these visits reached (户, each once)."""
    return households.filter(pk__in=homes_of(visits))


def with_last_reached(households, visits=None):
    """Households with ``last_reached_on`` (None: never) and ``last_reached_mode`` ("": never).

    Args:
        visits: out of ``reaching()``; None for every visit that reaches anybody.

    For whole rolls: one look into an index for each household, so a page orders by it.
    """
    newest = (reaching() if visits is None else visits).order_by("-occurred_on", "-pk")
    itself = Q(pk=OuterRef(OuterRef("pk"))) | Q(merged_into=OuterRef(OuterRef("pk")))
    rows = {
        "own": newest.filter(household=OuterRef("pk")),
        "both": newest.filter(household__in=Household.objects.filter(itself).values("pk")),
    }
    return households.annotate(
        last_reached_on=_first(rows, "occurred_on"),
        last_reached_mode=Coalesce(_first(rows, "mode"), Value("")),
    )


def _first(rows, name):
    """A column of the newest visit. Only where something was joined is more looked through than the row's own:
    SQLite would read every visit for each household."""
    joined_to = Household.objects.exclude(merged_into=None).values("merged_into")
    own, both = (Subquery(rows[which].values(name)[:1]) for which in ("own", "both"))
    return Case(When(pk__in=joined_to, then=both), default=own)
