"""Which list shows the rows behind a number, and by which filters."""

from .figure import Part, Rows

# The lists that show the rows
LEDGER, SESSIONS, VISITS = "grievances:ledger", "visits:sessions", "visits:visits"
COVERAGE, FOLLOW_UPS = "visits:coverage", "grievances:follow_ups"
HOUSEHOLDS = "villages:households"


def rows(tally, page, **filters) -> Rows:
    """Rows of the tally's own village, or of all its villages."""
    said = {"village": tally.frame.village, **dict(tally.frame.within)} | filters
    if page == LEDGER and tally.frame.kind:
        said["kind"] = tally.frame.kind
    return Rows(page, tuple((key, str(value)) for key, value in said.items() if value is not None))


def between(tally, name, end=None):
    """The two filters that bound a day by the tally's period; ``end`` for an earlier last day."""
    period = tally.frame.period
    return {f"{name}_from": period.start, f"{name}_to": end or period.end}


def apart(t):
    """Registered in the period and in no figure: 不予受理, and what goes on as part of another matter."""
    kinds = (("不予受理", "declined", t.declined), ("并案", "merged", t.merged))
    return tuple(
        Part(name, number, rows(t, LEDGER, state=state, **between(t, "registered")))
        for name, state, number in kinds
    )
