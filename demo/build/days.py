"""A year and more of liaison days: who sat there, who came, which households were visited."""

import datetime as dt

from django.utils import timezone

from cadres.models import LiaisonPlan
from cadres.recurrence import days_of
from cadres.workcalendar import WorkCalendar
from demo import people
from villages.models import Household, Township
from visits.models import Attendance, LiaisonSession, Visit
from visits.turns import Turns

from .scale import Build

BATCH = 2000
# How often which mark, and of which kind the leave
MARKS = (("present", ""),) * 17 + (("leave", "personal"), ("leave", "official"), ("stand_in", ""))
SIGN_IN_VILLAGES = 2  # villages of the two cadres with a demo account, first in order
ASIDE_MODES = (Visit.Mode.HOME,) * 5 + (Visit.Mode.EVENING, Visit.Mode.PHONE)


def moment(day: dt.date, hour: int, minute: int = 0) -> dt.datetime:
    """A Shanghai hour of a day, aware."""
    return timezone.make_aware(dt.datetime.combine(day, dt.time(hour, minute)))


def sessions(build: Build, township: Township) -> list[LiaisonSession]:
    """Every liaison day from the start of the story to yesterday; nearly all held, a few missed or not written up."""
    calendar, rows = WorkCalendar.load(), []
    until = build.today - dt.timedelta(days=1)
    LiaisonSession.objects.filter(township=township).delete()  # the story writes its own
    plans = LiaisonPlan.objects.of(township).select_related("village", "team")
    for position, plan in enumerate(plans.order_by("village__code")):
        of_plan = [
            _session(build, plan, day) for day in days_of(plan, build.start, until, calendar)
        ]
        if position < SIGN_IN_VILLAGES and of_plan:
            of_plan[-1] = _not_written_up(of_plan[-1])
        rows += of_plan
    made = LiaisonSession.objects.bulk_create(rows, batch_size=BATCH)
    _attendance(build, made)
    return made


def _session(build, plan, day):
    drawn = build.rng.random()
    status, reason = LiaisonSession.Status.HELD, ""
    if drawn < 0.03:
        status, reason = LiaisonSession.Status.MISSED, "全镇防汛抢险"
    elif drawn < 0.06 and day.on > build.today - dt.timedelta(days=40):
        status = LiaisonSession.Status.PLANNED
    seats = plan.team.seats.order_by("order", "pk").select_related("post")
    first = seats.filter(kind="lead").first() or seats.first()
    lead = first.post.holder(day.on)
    held = status == LiaisonSession.Status.HELD
    return LiaisonSession(
        plan=plan,
        township_id=plan.team.township_id,
        team=plan.team,
        village=plan.village,
        on=day.on,
        moved_from=day.moved_from,
        turn=day.turn,
        starts_at=plan.starts_at,
        ends_at=plan.ends_at,
        place=plan.place,
        status=status,
        reason=reason,
        confirmed_by=lead if held else None,
        confirmed_at=moment(day.on, 11, 40) if held else None,
    )


def _not_written_up(session):
    """The last day of a village whose cadre signs in waits for him to write it up."""
    session.status, session.reason = LiaisonSession.Status.PLANNED, ""
    session.confirmed_by = session.confirmed_at = None
    return session


def _attendance(build, made):
    seats = {
        team.pk: [
            (seat, holding.user)
            for seat in team.seats.select_related("post")
            for holding in seat.post.holdings.select_related("user")
        ]
        for team in {session.team_id: session.team for session in made}.values()
    }
    rows, turns = [], Turns(made)
    for session in made:
        if session.status != LiaisonSession.Status.HELD:
            continue
        for seat, user in seats[session.team_id]:
            if not turns.sits(session, seat):
                continue
            mark, kind = build.rng.choice(MARKS)
            rows.append(
                Attendance(
                    session=session,
                    post=seat.post,
                    person=user,
                    person_name=user.display_name,
                    post_title=seat.post.title,
                    mark=mark,
                    leave_kind=kind,
                    stand_in=people.name(build.rng, "M") if mark == "stand_in" else "",
                )
            )
    Attendance.objects.bulk_create(rows, batch_size=BATCH)


def visits(build: Build, made: list[LiaisonSession]) -> list[Visit]:
    """Receptions and doors of the liaison days, and evening and telephone visits between them."""
    held = [session for session in made if session.status == LiaisonSession.Status.HELD]
    homes: dict[int, list[int]] = {}
    reachable = Household.objects.filter(residence__in=("resident", "seasonal"))
    for pk, village in reachable.order_by("pk").values_list("pk", "village_id"):
        homes.setdefault(village, []).append(pk)
    shares = build.share(build.visits, len(held))
    rows = [
        _visit(build, session, homes.get(session.village_id, []), line)
        for session, count in zip(held, shares, strict=True)
        for line in range(count)
    ]
    rows.sort(key=lambda visit: visit.occurred_on)
    return Visit.objects.bulk_create(rows, batch_size=BATCH)


def _visit(build, session, homes, line):
    rng = build.rng
    aside = rng.random() < 0.35
    received = not homes or (not aside and rng.random() < 0.4)
    day = session.on + dt.timedelta(days=rng.randrange(1, 20) if aside else 0)
    day = min(day, build.today)
    mode = rng.choice(ASIDE_MODES) if aside else Visit.Mode.HOME
    return Visit(
        session=None if aside and not received else session,
        township_id=session.township_id,
        village_id=session.village_id,
        household_id=None if received else rng.choice(homes),
        visitor=people.name(rng, rng.choice("MF")) if received else "",
        mode=Visit.Mode.RECEPTION if received else mode,
        persons=rng.choice((1, 1, 1, 2, 3)),
        nothing_asked=True,  # matters.py turns it off where something was asked
        occurred_on=session.on if received else day,
        entered_at=moment(session.on if received else day, 17, rng.randrange(60)),
        entered_by_id=session.confirmed_by_id,
        line=0 if aside and not received else line + 1,
    )
