"""What last months' visits left behind beside matters: proposals and needs, by the verbs the desk uses."""

import datetime as dt
import random

from cadres.models import Department, User
from visits import actions
from visits.models import NeedKind, Visit

from .days import moment
from .scale import Build
from .texts import NEEDS, PROPOSALS

MONTHS = dt.timedelta(days=50)
MOST = 18  # rows of each kind


def noted(build: Build, clerk: User, visits: list[Visit]) -> None:
    """Draw visits of the last months; some bring a proposal, some a need, each as far on as its age allows.

    Args:
        clerk: of the liaison office; follows up.
    """
    story = Story(build, clerk)
    recent = [visit for visit in visits if visit.occurred_on > build.today - MONTHS]
    homes = [visit for visit in recent if visit.household_id]
    for rows, tell in ((recent, story.proposal), (homes, story.need)):
        chosen = story.rng.sample(range(len(rows)), min(MOST, len(rows) // 3))
        for place, at in enumerate(sorted(chosen)):
            tell(rows[at], place)


class Story:
    """The chance, the day and the hand of one build."""

    def __init__(self, build, clerk):
        self.build, self.clerk = build, clerk
        self.rng = random.Random(build.seed + 2)  # apart from the build's own: nothing else moves
        self.kinds = {kind.name: kind for kind in NeedKind.objects.all()}

    def facts(self, visit) -> dict:
        """Whose it is, where, and at which visit."""
        return {
            "by": self.clerk, "now": visit.entered_at, "village": visit.village, "visit": visit,
            "household": visit.household, "visitor": visit.visitor,
        }  # fmt: skip

    def later(self, on, days):
        """(day, moment) some days on, never after today."""
        on = min(on + dt.timedelta(days=days), self.build.today)
        return {"on": on, "now": moment(on, 16)}

    def proposal(self, visit, place):
        """Suggested; half of them decided on, most of those answered."""
        words, act, decision = PROPOSALS[place % len(PROPOSALS)]
        row = actions.suggest(**self.facts(visit), words=words, proposed_on=visit.occurred_on)
        if not act:
            return
        when, told = self.later(visit.occurred_on, 9), act == "reject" or place % 2 == 0
        row = actions.decide(
            proposal=row,
            act=act,
            by=self.clerk,
            version=row.version,
            words=decision,
            told=told,
            **when,
        )

    def need(self, visit, place):
        """Noticed; some passed on, some with the station's word."""
        name, words = NEEDS[place % len(NEEDS)]
        row = actions.find_need(
            **self.facts(visit), kind=self.kinds[name], words=words, found_on=visit.occurred_on
        )
        unit = Department.objects.filter(
            township_id=visit.township_id, name=row.kind.station, abolished_on=None
        ).first()
        if place % 3 == 0 or unit is None or not row.is_open:
            return
        follow = {"by": self.clerk, "department": unit}
        row = actions.follow_need(
            need=row, act="pass", version=row.version, **follow, **self.later(visit.occurred_on, 4)
        )
        if place % 3 == 2:
            act, said = (
                ("meet", "已核实，从下月起享受。"),
                ("unfit", "核实后收入超过标准，已上门当面说明。"),
                ("waive", "子女回来照料，本人表示不申请。"),
            )[place // 3 % 3]
            actions.follow_need(
                need=row, act=act, version=row.version, words=said, **follow,
                **self.later(visit.occurred_on, 20),
            )  # fmt: skip
