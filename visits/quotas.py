"""走访户数: what somebody still has to see in the running week, month, quarter or year.

A duty is shown as the households to see next, in administrative order; nobody's is compared with anybody's.
The row in force on the first day of a period holds for the whole of it: nobody is given more in the middle
of a month, and a row that begins within one begins with the next.
"""

import datetime as dt
from dataclasses import dataclass
from functools import cached_property

from dateutil.relativedelta import relativedelta
from django.db.models import F, Q

from cadres.models import HouseholdLink, LiaisonTeam, Representative, Seat
from cadres.roles import Role
from villages.models import Household

from .contacting import Intervals
from .models import Attendance, Visit, VisitQuota
from .reaching import homes_of, reaching, with_last_reached

Who, Of, Period = VisitQuota.Who, VisitQuota.Of, VisitQuota.Period
THIS = {
    Period.WEEK: "本周",
    Period.MONTH: "本月",
    Period.QUARTER: "本季度",
    Period.YEAR: "今年",
}
_MONTHS = {Period.MONTH: 1, Period.QUARTER: 3, Period.YEAR: 12}
_THERE = (Attendance.Mark.PRESENT, Attendance.Mark.STAND_IN)


def period_of(kind: str, on: dt.date) -> tuple[dt.date, dt.date]:
    """First and last day of the week (from Monday), month, quarter or year a day lies in."""
    if kind == Period.WEEK:
        first = on - dt.timedelta(days=on.weekday())
        return first, first + dt.timedelta(days=6)
    months = _MONTHS[kind]
    first = on.replace(month=(on.month - 1) // months * months + 1, day=1)
    return first, first + relativedelta(months=months) - dt.timedelta(days=1)


def begins(policy: VisitQuota) -> dt.date:
    """The first day a row holds for: its own if a period begins then, else the next period's."""
    first, last = period_of(policy.period, policy.since)
    return first if policy.since == first else last + dt.timedelta(days=1)


def in_force(townships, on) -> list[VisitQuota]:
    """The rows that hold on a day, by township and then as they were first set; those that ended are left out."""
    standing = {}
    for row in VisitQuota.objects.begun(on).filter(township__in=townships):
        if begins(row) <= on:
            standing[row.township_id, row.key] = row
    return [row for row in standing.values() if row.least != 0]


def still_due(least: int | None, held: int, reached: int) -> int:
    """Households (户) still to be seen: of ``held`` in all, ``reached`` already; ``least`` None asks for each.

    Nobody can be asked for more households than there are.
    """
    target = held if least is None else min(least, held)
    return max(target - reached, 0)


@dataclass(frozen=True)
class Duty:
    """One row of 走访户数 as it falls to a person or a team, looked at on a day.

    Args:
        households: those that count. visits: those by which they count as reached.
    """

    quota: VisitQuota
    on: dt.date
    households: object
    visits: object

    @cached_property
    def days(self) -> tuple[dt.date, dt.date]:
        """First and last day of the running period."""
        return period_of(self.quota.period, self.on)

    @cached_property
    def number(self) -> int:
        """户 still due in the period."""
        held = self.households.count()
        return still_due(self.quota.least, held, held - self._unreached().count())

    def _unreached(self):
        visits = self.visits.filter(occurred_on__range=(self.days[0], self.on))
        return self.households.exclude(pk__in=homes_of(visits))

    def next_ones(self):
        """As many households as are still due: those never or longest not reached; in no order of their own."""
        rows = with_last_reached(self._unreached(), reaching(until=self.on))
        order = (F("last_reached_on").asc(nulls_first=True), "village__code", "group__number")
        rows = rows.order_by(*order, "number", "pk").values_list("pk", flat=True)[: self.number]
        return self.households.filter(pk__in=list(rows))

    def seen(self) -> dict[int, bool]:
        """Whether each household that counts was reached in the period already, by its key."""
        left = set(self._unreached().values_list("pk", flat=True))
        return {pk: pk not in left for pk in self.households.values_list("pk", flat=True)}

    @property
    def this(self) -> str:
        """「本周」."""
        return THIS[self.quota.period]

    def in_words(self) -> str:
        """「本月还可走访12户」; 「本月的户都走到了」 when nothing is due."""
        if not self.number:
            return f"{self.this}应走访的户都走到了"
        return f"{self.this}还可走访{self.number}户"


def duties_of(user, on) -> list[Duty]:
    """What falls to a person by the rows in force, in the order the rows were set."""
    found = []
    for quota in in_force([user.township_id], on) if user.township_id else []:
        duty = _DUTIES[quota.who](user, quota, on)
        if duty is not None:
            found.append(duty)
    return found


def duties_of_team(team, on) -> list[Duty]:
    """What falls to a team as a whole: its villages' households, whoever sees them."""
    quotas = [row for row in in_force([team.township_id], on) if row.who == Who.TEAM]
    return [_team_duty(team, quota, on) for quota in quotas]


def _of_cadre(user, quota, on):
    if Role.CADRE not in user.roles:
        return None
    villages = user.village_scope("visits.log").villages
    return _personal(user, quota, on, villages, _linked_to_posts(user, on))


def _of_lead(user, quota, on):
    led = Seat.objects.leading().filter(post__in=[post.pk for post in user.current_posts])
    teams = LiaisonTeam.objects.filter(pk__in=led.values("team"), is_active=True, kind="liaison")
    villages = set(teams.values_list("villages", flat=True)) - {None}
    if not villages:
        return None
    return _personal(user, quota, on, villages, _linked_to_posts(user, on))


def _of_representative(user, quota, on):
    if Role.CONTACT not in user.roles:
        return None
    # All he knows of are the households linked to him
    own = Household.objects.visible_to(user, "visits.report").values("pk")
    return _personal(user, quota, on, user.village_scope("visits.report").places, own)


def _of_his_teams(user, quota, on):
    team = LiaisonTeam.objects.seating(user).filter(kind="liaison").order_by("pk").first()
    return _team_duty(team, quota, on) if team else None


_DUTIES = {
    Who.CADRE: _of_cadre,
    Who.LEAD: _of_lead,
    Who.REPRESENTATIVE: _of_representative,
    Who.TEAM: _of_his_teams,
}


def _linked_to_posts(user, on):
    links = HouseholdLink.objects.current(on)
    posts = [post.pk for post in user.current_posts]
    mine = Q(post__in=posts)
    mine |= Q(representative__in=Representative.objects.current(on).filter(user=user.pk))
    return links.filter(mine).values("household")


def _personal(user, quota, on, villages, linked):
    """Visits he wrote down himself, and those of liaison days whose sheet says he was there."""
    there = Attendance.objects.filter(mark__in=_THERE).filter(
        Q(person=user.pk, mark=Attendance.Mark.PRESENT) | Q(stand_in_person=user.pk)
    )
    visits = reaching(townships=[quota.township_id])
    own = Q(entered_by=user.pk) | Q(session__in=there.values("session"))
    rows = _households(quota, on, villages, linked)
    return Duty(quota, on, rows, visits.filter(own))


def _team_duty(team, quota, on):
    villages = team.villages.values_list("pk", flat=True)
    links = HouseholdLink.objects.current(on).filter(post__seats__team=team)
    rows = _households(quota, on, villages, links.values("household"))
    return Duty(quota, on, rows, Visit.objects.to_households().filter(village__in=villages))


def _households(quota, on, villages, linked):
    rows = Household.objects.resident().filter(village__in=villages)
    if quota.of != Of.ALL:
        rows = rows.filter(pk__in=linked)
    if quota.of == Of.SPECIAL:
        rows = Intervals.of([quota.township_id], on).special(rows)
    return rows
