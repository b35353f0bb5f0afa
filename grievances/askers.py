"""Who may ask about a drawn matter: had no hand in it, and is not of the unit or the team whose it was."""

from collections import defaultdict
from functools import cached_property

from django.db.models import Q

from cadres.models import Holding, Seat, User
from cadres.roles import MAY, Role

from .models import Grievance, Step
from .rules import HANDLING

PERMISSION = "grievances.follow_up"
ROLES = tuple(role for role in Role if PERMISSION in MAY[role])


def askers_of(township_id, on):
    """People in use who ask villagers in this township: a cadre, the office, a leader, a supervisor."""
    posts = {"post__township": township_id, "post__role__in": ROLES}
    held = Holding.objects.current(on).filter(**posts)
    people = User.objects.filter(pk__in=held.values("user"), is_active=True)
    return people.order_by("display_name", "pk")


class Askers:
    """Some chosen people and some drawn matters; a fixed number of queries a person.

    Args:
        people: users, in the order in which ties are given.
        matters: ids of the drawn matters.
        on: the day it is asked of.
    """

    def __init__(self, people, matters, on):
        self.people, self.ids, self.on = list(people), list(matters), on

    def for_each(self) -> dict[int, list[int]]:
        """{matter: ids of the people who may ask about it}."""
        rows = Grievance.objects.filter(pk__in=self.ids)
        facts = rows.values_list(
            "pk", "village", "department", "handler", "settled_by", "registered_by"
        )
        return {pk: [p.pk for p in self.people if self._may(p, pk, *of)] for pk, *of in facts}

    def _may(self, person, pk, village, department, handler, settled_by, registered_by):
        if pk not in self._seen[person.pk] or department in person.department_ids():
            return False
        if person.pk in {handler, settled_by, registered_by} | self._hands[pk]:
            return False
        team = self._teams[village]
        return not (person.pk in team and registered_by in team)

    @cached_property
    def _seen(self):
        return {
            person.pk: set(
                Grievance.objects.visible_to(person)
                .filter(pk__in=self.ids)
                .values_list("pk", flat=True)
            )
            for person in self.people
        }

    @cached_property
    def _hands(self):
        hands = defaultdict(set)
        rows = Step.objects.filter(grievance__in=self.ids, act__in=HANDLING)
        for matter, person in rows.values_list("grievance", "by"):
            hands[matter].add(person)
        return hands

    @cached_property
    def _teams(self):
        """{village: the people who sit in its teams}."""
        teams = defaultdict(set)
        current = Q(post__holdings__until=None) | Q(post__holdings__until__gte=self.on)
        seats = Seat.objects.filter(
            current, post__holdings__since__lte=self.on, team__is_active=True, team__kind="liaison",
            team__villages__in=Grievance.objects.filter(pk__in=self.ids).values("village"),
        )  # fmt: skip
        for village, person in seats.values_list("team__villages", "post__holdings__user"):
            teams[village].add(person)
        return teams
