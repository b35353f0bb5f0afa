"""What happened in a few households last year, by the verbs the desk uses: so their pages have a history."""

import datetime as dt
import random

from cadres.models import User
from villages import actions
from villages.models import Household, Resident
from villages.pinyin import search_key

from .days import moment
from .scale import Build

SPLITS, DEATHS, MOVES, SEASONS, MERGES, DOUBLES = 4, 6, 3, 6, 2, 2
HEAD = "户主"


def lives(build: Build, clerk: User) -> None:
    """Splits, deaths, moves, seasons away, a household joined to another, people entered twice.

    Args:
        clerk: of the liaison office; writes everything down.
    """
    story = Story(build, clerk)
    homes = Household.objects.filter(residence="resident", residents_count__gte=4).order_by("pk")
    chosen = story.rng.sample(list(homes), min(homes.count(), SPLITS + DEATHS + MOVES + SEASONS))
    for verb, count in (
        (story.split, SPLITS), (story.death, DEATHS), (story.move, MOVES), (story.season, SEASONS),
    ):  # fmt: skip
        for household in chosen[:count]:
            verb(household)
        chosen = chosen[count:]
    story.doubles(
        Household.objects.filter(residence="resident", residents_count=3).order_by("pk")[:DOUBLES]
    )
    story.merges()


class Story:
    """The chance, the day and the hand of one build."""

    def __init__(self, build, clerk):
        self.build, self.clerk = build, clerk
        self.rng = random.Random(build.seed + 1)  # apart from the build's own: nothing else moves

    def facts(self, household) -> dict:
        """What every verb takes: a day of last year, written down some days later."""
        on = self.build.today - dt.timedelta(days=self.rng.randrange(8, 300))
        later = on + dt.timedelta(days=self.rng.choice((0, 0, 1, 3, 6)))
        row = Household.objects.get(pk=household.pk)
        return {
            "household": row, "version": row.version, "by": self.clerk, "on": on, "now": moment(later, 15),
        }  # fmt: skip

    def people(self, household):
        """Those on the roll, the head first."""
        people = household.residents.present().order_by("pk")
        return sorted(people, key=lambda person: person.relation != HEAD)

    def split(self, household):
        """A grown child founds a household of his own."""
        children = [one for one in self.people(household) if one.relation in ("子", "女")]
        facts = self.facts(household)
        grown = [one for one in children if one.age(facts["on"]) >= 20]
        if grown:
            actions.split_household(
                **facts, residents=grown[:1], head=grown[0], group=household.group,
                number=f"{household.number}-1", address=household.address,
            )  # fmt: skip

    def death(self, household):
        """The head, or the oldest of the others, dies."""
        head, *others = self.people(household)
        gone = self.rng.choice((head, others[-1]))
        actions.record_death(
            **self.facts(household), resident=gone, new_head=others[0] if gone == head else None
        )

    def move(self, household):
        """Somebody marries into a household of the same village."""
        facts = self.facts(household)
        near = Household.objects.filter(village=household.village_id, residence="resident")
        to = near.exclude(pk=household.pk).order_by("pk").first()
        *_, one = self.people(household)
        if to is not None:
            relations = {one.pk: "儿媳" if one.sex == "F" else "女婿"}
            actions.move_residents(**facts, residents=[one], to=to, relations=relations)

    def season(self, household):
        """The household goes to work elsewhere."""
        actions.change_residence(**self.facts(household), residence="seasonal")

    def doubles(self, homes):
        """A child is written down once more without a number; the clerk has not seen it yet."""
        for household in homes:
            one = self.people(household)[-1]
            Resident.objects.create(
                township_id=one.township_id, village_id=one.village_id, household=household,
                name=one.name, pinyin=search_key(one.name), sex=one.sex, relation=one.relation,
                birth_date=one.birth_date,
            )  # fmt: skip
            household.residents_count += 1
            household.save(update_fields=["residents_count"])

    def merges(self):
        """An old couple's household joins that of a neighbour of the same name."""
        homes = list(
            Household.objects.filter(residence="resident", residents_count=1).order_by("pk")[
                :MERGES
            ]
        )
        for household in homes:
            same = Household.objects.filter(village=household.village_id, residence="resident")
            into = same.exclude(pk__in=[home.pk for home in homes]).order_by("pk").first()
            if into is not None:
                actions.merge_households(**self.facts(household), into=into, relations={})
