"""Count the rows of a period, per village, in a fixed number of queries however many villages there are.

Rows are read through ``visible_to(reader)``, so nobody's figures hold rows he may not see.
"""

import datetime as dt
from collections import defaultdict
from dataclasses import replace

from django.db.models import Count, Exists, F, OuterRef, Q, Sum

from grievances.models import FollowUp, Grievance, Step
from grievances.models.states import APART, OPEN, SETTLED, Status
from villages.models import Household
from visits.models import LiaisonSession, Need, Proposal, Visit
from visits.querysets import ELSEWHERE
from visits.reaching import reached, reaching

from .tally import Frame, Tallies, Tally, added

DAY = dt.timedelta(days=1)
FIGURES = "reports.view"  # Counts go as far as the posts that read figures, names or not


def collect(reader, village_ids, frame: Frame, now, more=()) -> Tallies:
    """Count everything.

    Args:
        reader: a user, or a Reader; decides which rows are counted at all.
        village_ids: the villages that get a tally; a village without rows gets one of zeros.
        now: the moment 超期未结 is compared with.
        more: sources besides those of every figure, e.g. OF_A_MONTH.
    """
    own = {pk: Tally(replace(frame, village=pk)) for pk in village_ids}
    own[None] = Tally(frame)  # matters whose village is not known
    categories = defaultdict(int)
    for source in (*SOURCES, *more):
        _enter(own, source(reader, frame))
    _enter(own, _overdue(reader, frame, now))
    for row in _flow(reader, frame):
        tally = own.get(row.pop("village_id"))
        if tally is not None:
            category = row.pop("category_id")
            _put(tally, row)
            categories[category] += _imbalance(row)
    for village, registered_on, settled_on in _lifetimes(reader, frame):
        if village in own:
            own[village].durations.append((settled_on - registered_on).days)
    total = added(own.values(), frame)
    unplaced = own.pop(None)
    return Tallies(own, total, {key: n for key, n in categories.items() if n}, unplaced)


def _matters(reader, frame):
    rows = Grievance.objects.visible_to(reader)
    return rows.filter(kind=frame.kind) if frame.kind else rows


def _of_matters(rows, frame):
    return rows.filter(grievance__kind=frame.kind) if frame.kind else rows


def _enter(own, rows):
    for row in rows:
        tally = own.get(row.pop("village_id"))
        if tally is not None:
            _put(tally, row)


def _put(tally, row):
    for name, number in row.items():
        setattr(tally, name, getattr(tally, name) + (number or 0))


def _imbalance(row):
    return row["opening"] + row["registered"] - row["settled"] - row["closing"]


def _by_village(queryset, path="village_id"):
    """Grouped by village alone: an ordering of the model would split the groups."""
    if path == "village_id":
        return queryset.order_by().values("village_id")
    return queryset.order_by().values(village_id=F(path))


def _homes(reader, frame):
    names = {"resident": "households", "away": "households_away", "vacant": "households_vacant"}
    rows = Household.objects.visible_to(reader, FIGURES).tally_by_village()
    return [
        {"village_id": village} | {names[key]: row[key] for key in names}
        for village, row in rows.items()
    ]


def _reached(reader, frame):
    visits = reaching(since=frame.period.start, until=frame.period.end, townships=frame.townships)
    homes = Household.objects.visible_to(reader, FIGURES).resident()
    return _by_village(reached(homes, visits)).annotate(reached=Count("pk"))


def _sessions(reader, frame):
    sessions = LiaisonSession.objects.visible_to(reader, FIGURES)
    sessions = sessions.within(frame.period.start, frame.period.end)
    due = sessions.due(frame.until)
    sets = {
        "sessions_due": due,
        "sessions_held": due.held(),
        "sessions_cancelled": sessions.called_off(),
        "sessions_apart": sessions.apart(),
    }
    return [
        row
        for name, rows in sets.items()
        for row in _by_village(rows).annotate(**{name: Count("pk")})
    ]


def _visits(reader, frame):
    visits = Visit.objects.visible_to(reader, FIGURES).within(frame.period.start, frame.period.end)
    reception = Q(mode="reception")
    return _by_village(visits).annotate(
        receptions=Count("pk", filter=reception),
        received=Sum("persons", filter=reception),
        visits=Count("household", filter=~Q(mode__in=ELSEWHERE)),
    )


def _proposals(reader, frame):
    rows = Proposal.objects.visible_to(reader, FIGURES)
    made = rows.filter(proposed_on__range=(frame.period.start, frame.period.end))
    return _by_village(made).annotate(proposals=Count("pk"))


def _needs(reader, frame):
    rows = Need.objects.visible_to(reader, FIGURES)
    found = rows.filter(found_on__range=(frame.period.start, frame.period.end))
    return _by_village(found).annotate(needs=Count("pk"))


def _flow(reader, frame):
    """The ledger's flow by village and category: one pass over an index that holds all it reads."""
    period = frame.period
    year, days = (period.year_start, period.end), (period.start, period.end)
    return (
        _matters(reader, frame)
        .order_by()
        .values("village_id", "category_id")
        .annotate(
            opening=Count("pk", filter=_in_hand_before(period.start)),
            closing=Count("pk", filter=_in_hand_before(period.end + DAY)),
            year_opening=Count("pk", filter=_in_hand_before(period.year_start)),
            registered=Count("pk", filter=_registered(period.start, period.end)),
            year_registered=Count("pk", filter=_registered(*year)),
            **{
                status: Count("pk", filter=Q(status=status, registered_on__range=days))
                for status in ("declined", "merged")
            },
            settled=Count("pk", filter=_settled(period.start, period.end)),
            year_settled=Count("pk", filter=_settled(*year)),
            **{
                kind: Count("pk", filter=_settled(period.start, period.end) & Q(settlement=kind))
                for kind in ("substantive", "interim", "procedural")
            },
            unstated=Count("pk", filter=_settled(period.start, period.end) & Q(settlement="")),
        )
    )


def _in_hand_before(day):
    """GrievanceQuerySet.open_at_start_of(day), as a condition inside a count."""
    unsettled = Q(settled_on=None, status__in=OPEN) | Q(settled_on__gte=day)
    return ~Q(status__in=APART) & Q(registered_on__lt=day) & unsettled


def _registered(start, end):
    return ~Q(status__in=APART) & Q(registered_on__range=(start, end))


def _settled(start, end):
    """GrievanceQuerySet.settled_within(start, end), as a condition inside a count."""
    known = Q(settled_on__range=(start, end))
    return Q(status__in=SETTLED) & (known | Q(settled_on=None, registered_on__range=(start, end)))


def _due(reader, frame):
    due = Q(due_on__range=(frame.period.start, frame.due_until))
    unjudged = Q(status__in=SETTLED, settled_at=None)
    matters = _matters(reader, frame).counted().exclude(status=Status.SUSPENDED)
    return _by_village(matters.filter(due)).annotate(
        fell_due=Count("pk", filter=~unjudged),
        on_time=Count("pk", filter=Q(settled_at__lte=F("due_at"))),
        unjudged=Count("pk", filter=unjudged),
    )


def _registered_as(reader, frame):
    """Of what was registered: without a due date it should have, and brought before."""
    matters = _matters(reader, frame).counted()
    new = matters.registered_within(frame.period.start, frame.period.end)
    return _by_village(new).annotate(
        undated=Count("pk", filter=Q(due_on=None, on_the_spot=False)),
        repeats=Count("pk", filter=Q(repeat_of__isnull=False)),
    )


def _suggestions(reader, frame):
    rows = _matters(reader, frame).counted().filter(kind=Grievance.Kind.SUGGESTION)
    new = rows.registered_within(frame.period.start, frame.period.end)
    return _by_village(new).annotate(suggestions=Count("pk"))


def _on_the_spot(reader, frame):
    rows = _matters(reader, frame).settled_within(frame.period.start, frame.period.end)
    return _by_village(rows.on_the_spot()).annotate(on_the_spot=Count("pk"))


def _overdue(reader, frame, now):
    """超期未结 as it is now, and what is on the book of it and of 期末在办; one query for both."""
    late = Q(due_at__lt=now) & ~Q(status="suspended")
    booked = Q(book_on__isnull=False)
    rows = _matters(reader, frame).open().filter(late | booked)
    return _by_village(rows).annotate(
        overdue=Count("pk", filter=late),
        overdue_on_book=Count("pk", filter=late & booked),
        on_book=Count("pk", filter=booked & Q(registered_on__lte=frame.period.end)),
    )


def _lifetimes(reader, frame):
    """What was settled in the period on a day that is known."""
    days = (frame.period.start, frame.period.end)
    settled = _matters(reader, frame).settled().filter(settled_on__range=days)
    return settled.order_by().values_list("village_id", "registered_on", "settled_on")


def _follow_ups(reader, frame):
    valid = ~Q(answer__in=("unreached", "declined"))
    told = Step.objects.filter(
        grievance=OuterRef("grievance"), act="answer", on__lte=OuterRef("on")
    )
    solved = Q(grievance__status__in=SETTLED, grievance__settlement="substantive")
    answers = {
        **{name: name for name in ("satisfied", "basically", "dissatisfied", "other", "unreached")},
        "refused": "declined",
    }
    asked = FollowUp.objects.visible_to(reader).within(frame.period.start, frame.period.end)
    asked = _of_matters(asked.filter(township__in=frame.townships), frame)
    return _by_village(asked.annotate(told=Exists(told))).annotate(
        **{name: Count("pk", filter=Q(answer=answer)) for name, answer in answers.items()},
        contacted=Count("pk", filter=valid & Q(told=True)),
        resolved=Count("pk", filter=valid & solved),
    )


def _acts(reader, frame):
    acts = {
        "reopened": ("reopen",),
        "settled_acts": ("settle", "settle_on_the_spot"),
        "returned": ("return_",),
        "assigned": ("assign",),
    }
    steps = Step.objects.visible_to(reader).filter(
        on__range=(frame.period.start, frame.period.end),
        act__in=[act for group in acts.values() for act in group],
    )
    return _by_village(_of_matters(steps, frame), "grievance__village_id").annotate(
        **{
            name: Count("grievance", filter=Q(act__in=group), distinct=True)
            for name, group in acts.items()
        }
    )


SOURCES = (_homes, _reached, _sessions, _visits, _due, _registered_as, _follow_ups, _acts)
# What the month's report asks for besides (month_metrics.py)
OF_A_MONTH = (_proposals, _needs, _suggestions, _on_the_spot)
