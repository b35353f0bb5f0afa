"""A practice without fixed days: every household visited in rounds, a few left out of each."""

import datetime as dt

from villages.models import Household
from visits.models import Visit, VisitRound

from .days import BATCH, moment
from .scale import Build

# Doors by day, in the evening, and calls to those who work away.
MODES = (Visit.Mode.HOME,) * 4 + (Visit.Mode.EVENING,) * 2 + (Visit.Mode.PHONE,)
DONE = 0.97  # of a round that is over; of one under way, as much as of its days has passed
LATER_TYPED = (0, 0, 0, 1, 3, 9)  # days between a visit and its entry


def visits(build: Build, villages) -> list[Visit]:
    """The households of each round, 组 by 组 through its days, the newest round first while ``build.visits`` last."""
    until = build.today - dt.timedelta(days=1)
    township = villages[0].township_id
    under_way = VisitRound.objects.filter(
        township=township, starts_on__lte=until, ends_on__gte=build.start
    )
    leads = {
        village.pk: village.teams.get(kind="liaison")
        .seats.get(kind="lead")
        .post.holder(build.today)
        for village in villages
    }
    rows, left = [], build.visits
    for visit_round in under_way.order_by("-starts_on"):
        made = _of_round(build, visit_round, until, leads)[:left]
        rows, left = rows + made, left - len(made)
    rows.sort(key=lambda visit: (visit.occurred_on, visit.household_id))
    return Visit.objects.bulk_create(rows, batch_size=BATCH)


def _of_round(build, visit_round, until, leads):
    start, end = max(visit_round.starts_on, build.start), min(visit_round.ends_on, until)
    length = (visit_round.ends_on - visit_round.starts_on).days + 1
    passed = (min(end, visit_round.ends_on) - visit_round.starts_on).days + 1
    share = DONE * min(1, passed / length)
    rows = []
    for village, lead in leads.items():
        homes = Household.objects.filter(village=village, residence__in=visit_round.target)
        homes = list(homes.order_by("group__number", "number", "pk").values_list("pk", flat=True))
        for at, home in enumerate(homes):
            # Nearly in order: a village is walked through, and some are met later or not at all.
            place = (at / len(homes) + build.rng.uniform(-0.08, 0.08)) * (
                1 if share > 0.9 else 1.05
            )
            if place > share or build.rng.random() > DONE:
                continue
            day = int(min(max(place / share, 0), 1) * (end - start).days)
            rows.append(_visit(build, visit_round, village, home, start + dt.timedelta(day), lead))
    build.rng.shuffle(rows)  # what is left out where visits are few is left out everywhere
    return rows


def _visit(build, visit_round, village, home, on, lead):
    typed = min(on + dt.timedelta(days=build.rng.choice(LATER_TYPED)), build.today)
    return Visit(
        township_id=visit_round.township_id,
        village_id=village,
        household_id=home,
        mode=build.rng.choice(MODES),
        persons=build.rng.choice((1, 1, 2)),
        nothing_asked=True,
        occurred_on=on,
        entered_at=moment(typed, 20, build.rng.randrange(60)),
        entered_by=lead,
    )
