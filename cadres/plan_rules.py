"""What the office should look at before plans are saved. Advice, never a refusal."""

import datetime as dt
from collections import defaultdict
from functools import cache

from cadres import team_rules
from cadres.models import Holding, LiaisonPlan, Seat
from cadres.recurrence import days_of
from cadres.workcalendar import WorkCalendar

AHEAD = dt.timedelta(days=400)
# A person who only helps out, or comes as a guest, is not fixed to the place.
FIXED = (Seat.Kind.LEAD, Seat.Kind.HEAD, Seat.Kind.MEMBER, Seat.Kind.ASSISTANT)
SHOWN = 6  # sentences of one kind; the rest is counted


def warnings(plans, *, today) -> list[str]:
    """Sentences about plans as they would be saved; empty when there is nothing to say.

    Args:
        plans: LiaisonPlans of one township, saved or not, instead of those stored under the same pk.
        today: whose holders are named; days from then on are looked at.
    """
    teams = {plan.team_id: plan.team for plan in plans}
    return _about_teams(teams.values(), today) + _two_places_at_once(plans, today)


def _about_teams(teams, today):
    """No lead, more villages than allowed, a village with two teams, likewise."""
    serving_of, seats = cache(team_rules.Serving), defaultdict(list)
    for seat in Seat.objects.filter(team__in=teams).select_related("post"):
        seats[seat.team_id].append((seat.post, seat.kind))
    said = []
    for team in teams:
        serving = serving_of(team.township_id)
        about = team_rules.warnings(
            team=team, villages=serving.villages_of(team), seats=seats[team.pk],
            is_active=True, on=today, kind=team.kind, serving=serving,
        )  # fmt: skip
        said += [f"{team}：{sentence}" for sentence in about]
    return said


def _two_places_at_once(plans, today):
    """Somebody expected in two villages at overlapping hours of one day."""
    changed = {plan.pk for plan in plans if plan.pk}
    others = LiaisonPlan.objects.alive(today).exclude(pk__in=changed)
    others = others.of(plans[0].village.township).select_related("team", "village")
    expected = _Expected(today)
    calendar_of, clashes = cache(WorkCalendar.load), {}
    by_day = defaultdict(list)
    for plan in [*plans, *others]:
        who_on = expected.at(plan)
        for day in days_of(plan, today, today + AHEAD, calendar_of(plan.village.township_id)):
            who = who_on(day.turn)
            for earlier, others_who in by_day[day.on]:
                for person in _clash(plan, who, earlier, others_who):
                    clashes.setdefault(
                        (person, *sorted({plan.village.name, earlier.village.name})), day.on
                    )
            by_day[day.on].append((plan, who))
    return _in_words(clashes)


class _Expected:
    """Who is expected where a plan sits: today's holders of the seats, of a rota those whose turn it is (0030)."""

    def __init__(self, today):
        self.people, self.seats = _people_by_post(today), defaultdict(list)
        for team, post, kind in Seat.objects.values_list("team", "post", "kind"):
            self.seats[team].append((post, kind))

    def at(self, plan):
        """``who(turn)``: (user id, name) of each who is expected on a day of that turn; None of no rota."""
        seats = self.seats[plan.team_id]
        if plan.recurrence != LiaisonPlan.Recurrence.ROTA:
            return cache(lambda turn: self._holders(post for post, kind in seats if kind in FIXED))
        turns = [(turn, post.pk) for turn, post, _ in plan.rota_turns()]
        rotating = {post for _, post in turns}
        always = [
            post
            for post, kind in seats
            if kind in FIXED and kind not in Seat.ROTATING and post not in rotating
        ]
        return cache(lambda turn: self._holders([*always, *(p for t, p in turns if t == turn)]))

    def _holders(self, posts):
        return set().union(*(self.people.get(post, ()) for post in posts))


def _people_by_post(today):
    """{post id: {name of its holder}}."""
    held = Holding.objects.current(today).values_list("post", "user__display_name", "user")
    people = defaultdict(set)
    for post, name, user in held:
        people[post].add((user, name))
    return people


def _clash(plan, who, other, others_who):
    """Those of both whose hours overlap; two plans in one village are one place."""
    apart = plan.ends_at <= other.starts_at or other.ends_at <= plan.starts_at
    if apart or plan.village_id == other.village_id:
        return ()
    return who & others_who


def _in_words(clashes):
    said = [
        f"{name}在{on:%Y-%m-%d}要同时到{'、'.join(places)}，请错开时间或换人。"
        for ((_, name), *places), on in sorted(clashes.items(), key=lambda clash: clash[1])
    ]
    more = len(said) - SHOWN
    return said[:SHOWN] + ([f"另有{more}处时间冲突。"] if more > 0 else [])
