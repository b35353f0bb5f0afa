"""Chance takes several matters through their lives, by anybody, on any day; the rules of the house hold throughout.

The usual suite takes a short walk. The long one, 3 seeds of 2,000 steps and more::

    MACHINE_STEPS=2000 pytest grievances/tests/test_machine.py
"""

import datetime as dt
import logging
import os
from types import SimpleNamespace

import pytest
from django.db import transaction
from hypothesis import HealthCheck, seed
from hypothesis import settings as how
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from cadres.models import Department
from cadres.roles import MAY
from grievances import actions
from grievances.models import (
    DeadlinePolicy,
    DeclineReason,
    FollowUp,
    Grievance,
    RoutingRule,
    Rung,
    SettlementMethod,
    SuspendReason,
)
from grievances.models.states import (
    APART,
    ASKED_TO_DATE,
    DATING,
    OPEN,
    SETTLED,
    TRANSITIONS,
    Status,
)
from grievances.rules import HANDLING, PERMISSIONS
from liaison.errors import NotAllowed

from .conftest import DAY, moment

LONG = int(os.environ.get("MACHINE_STEPS", "0"))
WALK = 50 if LONG else 25  # steps of one walk
WALKS = LONG // WALK * 2 if LONG else 3
SEEDS = (41, 2026, 1128) if LONG else (41,)
CAST = ("li", "wang", "zhao", "chen", "he", "sun", "zhou", "contact", "qian")
# Lines of history that are no acts of the table: they leave the state and the due date where they are.
BESIDE = ("register", "carry_along")
WORLD = SimpleNamespace()
COUNTS = {"steps": 0, "done": 0}


class Ledger(RuleBasedStateMachine):
    """Four matters of one village; each step somebody tries something with one of them."""

    def __init__(self):
        super().__init__()
        self.mark = transaction.atomic()
        self.mark.__enter__()
        self.today, self.changed = DAY, True
        self.matters = [
            actions.register(by=WORLD.people.li, on=DAY, now=moment(DAY), **WORLD.facts)
            for _ in range(4)
        ]

    def teardown(self):
        """Nothing of a walk is left for the next."""
        transaction.set_rollback(True)
        self.mark.__exit__(None, None, None)

    @rule(days=st.sampled_from((1, 1, 2, 7, 20)))
    def time_passes(self, days):
        """No due date moves by itself."""
        self.today += dt.timedelta(days=days)

    @rule(
        which=st.integers(0, 3),
        chance=st.integers(0, 999),
        name=st.sampled_from(CAST),
        late=st.sampled_from((0, 0, 0, 1, 3, -1)),
    )
    def somebody_tries(self, which, chance, name, late):
        """Mostly what the table allows from here and mostly who may; else anything by anybody."""
        self.attempt(which, _some_act(self.matters[which].status, chance), name, chance, late)

    @rule(which=st.integers(0, 3), steps=st.integers(1, 4), chance=st.integers(0, 999))
    def the_usual_goes_on(self, which, steps, chance):
        """So that lives get far enough to be answered, asked about and opened again."""
        for _ in range(steps):
            usual = USUAL.get(self.matters[which].status)
            if usual:
                self.attempt(which, usual[0], usual[1], chance, 0)

    def attempt(self, which, act, name, chance, late):
        """One try; whatever it changes, it changes by the table."""
        before = self.matters[which]
        person, on = getattr(WORLD.people, name), self.today - dt.timedelta(days=late)
        more = self.more(act, chance, which)
        given = {"by": person, "on": on, "now": moment(self.today), "version": before.version}
        COUNTS["steps"] += 1
        try:
            getattr(actions, act)(grievance=before, **given, **more)
        except NotAllowed:
            return
        COUNTS["done"] += 1
        self.changed = True
        after = self.matters[which] = Grievance.objects.get(pk=before.pk)
        self.lawful(act, before, after, person, asked=more.get("redate", False))

    def lawful(self, act, before, after, person, asked):
        """By the table, by somebody who may, and the due date only by an act that says so."""
        _, starts, to = TRANSITIONS[act]
        assert before.status in starts
        assert after.status == (to or before.status)
        assert after.version == before.version + 1
        assert any(PERMISSIONS[act] in MAY[role] for role in person.roles)
        assert person.township == after.township
        if act not in DATING or (act in ASKED_TO_DATE and not asked):
            assert (after.due_at, after.due_on, after.policy_id) == (
                before.due_at, before.due_on, before.policy_id,
            )  # fmt: skip
        if act == "suspend":
            assert not before.is_overdue(moment(self.today))
        if act == "resume" and before.due_on and after.due_on:
            assert after.due_on >= before.due_on
        if act == "settle" and before.status == Status.FORWARDED:
            assert after.settlement == "procedural"

    def more(self, act, chance, which):
        """What an act takes; now and then what it must refuse."""
        other = self.matters[(which + 1 + chance % 3) % 4]
        unit = WORLD.units[chance % 2]
        assist = self.matters[which].assists.order_by("-pk").first()
        kind = ("substantive", "procedural")[chance % 2]
        by_level = {"redate": chance % 3 == 0, "by_rule": chance % 7 == 0}
        settled = {"settlement": kind, "method": WORLD.methods[kind], "words": "办了"}
        return {
            "accept": {},
            "take_in_hand": {},
            "resume": {},
            "decline": {"reason": WORLD.reason},
            "assign": {"department": unit},
            "transfer": {"department": unit, "words": "转"},
            "forward": {"organ": "县供电公司"},
            "call_up": {"rung": WORLD.rungs[chance % 5], "words": "重点", **by_level},
            "escalate": {"words": "要协调", **by_level},
            "send_down": {"words": "同意", **by_level},
            "suspend": {
                "reason": WORLD.resting,
                "until": self.today + dt.timedelta(days=(10, 40, 200)[chance % 3]),
            },
            "assist": {"department": unit, "words": "请帮忙"},
            "report_assist": {"assist": assist, "words": "帮了"},
            "settle": settled | {"without_assist": "等不及" if chance % 3 else ""},
            "settle_on_the_spot": settled,
            "answer": {"mode": "phone"},
            "verify": {"answer": FollowUp.Answer.values[chance % 6], "mode": "oral"},
            "check": {"kind": "on_site", "words": "到现场看过"},
            "tell_joined": {"mode": "oral"},
            "tell_merged": {"mode": "oral"},
            "merge": {"main_number": other.number, "words": "同一件事"},
            "link_repeat": {"earlier_number": other.number},
            "mark": {
                "is_urgent": chance % 2 == 0,
                "is_legacy": chance % 3 == 0,
                "redate": chance % 5 == 0,
                "words": "核实",
            },
        }.get(act, {"words": "理由"})

    @invariant()
    def the_rules_hold(self):
        """Read anew after each change: what the database holds is what the rules say."""
        if not self.changed:
            return
        self.changed = False
        rows = Grievance.objects.in_bulk([matter.pk for matter in self.matters])
        for position, known in enumerate(self.matters):
            matter = self.matters[position] = rows[known.pk]
            if known.version != matter.version or not getattr(known, "is_whole", False):
                _history(matter)
                _hands(matter)
                _end(matter)
            matter.is_whole = True
        self.the_figures_hold()

    def the_figures_hold(self):
        """Every matter is open, settled or apart, and what rests is never late."""
        rows, now = Grievance.objects.all(), moment(self.today + dt.timedelta(days=400))
        apart = sum(matter.status in APART for matter in self.matters)
        assert rows.counted().count() == len(self.matters) - apart
        assert rows.open().count() + rows.settled().count() + apart == len(self.matters)
        assert not rows.overdue(now).filter(status=Status.SUSPENDED).exists()


# What usually comes next, and who does it
USUAL = {
    "registered": ("accept", "zhao"),
    "accepted": ("assign", "zhao"),
    "declined": ("readmit", "zhou"),
    "returned": ("assign", "zhao"),
    "assigned": ("take_in_hand", "chen"),
    "in_hand": ("settle", "chen"),
    "settled": ("answer", "li"),
    "answered": ("verify", "sun"),
    "verified": ("close_out", "zhao"),
    "escalated": ("send_down", "zhao"),
    "suspended": ("resume", "zhao"),
}


def _some_act(status, chance):
    legal = [act for act, (_, starts, _) in TRANSITIONS.items() if status in starts]
    acts = legal if chance % 4 else sorted(TRANSITIONS)
    return acts[chance % len(acts)]


def _history(matter):
    """It sums to the state, and who asked the villager had no hand in the matter."""
    steps = list(matter.steps.order_by("pk"))
    assert steps[0].act == "register"
    assert [step.from_status for step in steps[1:]] == [step.to_status for step in steps[:-1]]
    assert steps[-1].to_status == matter.status
    for position, step in enumerate(steps):
        if step.act not in BESIDE:
            _, starts, to = TRANSITIONS[step.act]
            assert step.from_status in starts
            assert step.to_status == (to or step.from_status)
        earlier = {each.by_id for each in steps[:position] if each.act in HANDLING}
        assert step.act not in ("verify", "check") or step.by_id not in earlier
    assert matter.reopened_count == sum(step.act == "reopen" for step in steps)


def _hands(matter):
    """Each state has what belongs to it, and nothing that does not."""
    running = matter.suspensions.running().count()
    assert running == (matter.status == Status.SUSPENDED)
    assert (matter.status == Status.MERGED) == (matter.merged_into_id is not None)
    if matter.merged_into_id:
        assert matter.merged_into.status != Status.MERGED
        assert matter.merged_into_id != matter.pk
    if matter.status == Status.FORWARDED:
        assert matter.forwarded_to and matter.department_id is None
    if matter.status == Status.ESCALATED:
        assert matter.rung_id
    if matter.status == Status.ASSIGNED:
        assert matter.department_id and matter.assigned_on
    assert (matter.status == Status.DECLINED) == (matter.decline_reason_id is not None)
    if matter.repeat_of_id:
        first = matter.repeat_of
        assert first.repeat_of_id is None
        assert (first.registered_on, first.pk) < (matter.registered_on, matter.pk)


def _end(matter):
    if matter.status in SETTLED:
        assert matter.settled_on >= matter.registered_on
    if matter.status in OPEN:
        assert matter.settled_on is None
    if matter.status == Status.CLOSED_OUT:
        assert matter.settled_on and matter.answered_on
        assert matter.verified_on or matter.checked_on
        assert not matter.merged.filter(told_merged_on=None).exists()


@pytest.fixture
def world(people, he, minzheng, shuili, facts):
    """What the walks need, read once."""
    people.he = he
    WORLD.people, WORLD.facts = people, facts
    for level, days in ((2, 20), (4, 60)):  # so that what climbs has limits and rules to go by
        DeadlinePolicy.objects.create(
            name=f"第{level}级", level=level, amount=days, unit="calendar_day"
        )
        RoutingRule.objects.create(
            township=people.zhao.township,
            name=f"第{level}级归水利站",
            level=level,
            department=shuili,
        )
    WORLD.units = [Department.objects.get(name=name) for name in ("民政办", "水利站")]
    WORLD.reason = DeclineReason.objects.first()
    WORLD.resting = SuspendReason.objects.get(name="等待资金")
    WORLD.rungs = list(Rung.objects.filter(township=None))
    WORLD.methods = {
        "substantive": SettlementMethod.objects.get(name="①实质办结"),
        "procedural": SettlementMethod.objects.get(name="③政策解答"),
    }
    return WORLD


@pytest.mark.parametrize("number", SEEDS)
def test_chance_never_breaks_the_rules(world, number):
    profile = how(
        max_examples=WALKS,
        stateful_step_count=WALK,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    COUNTS.update(steps=0, done=0)
    run_state_machine_as_test(seed(number)(Ledger), settings=profile)
    logging.getLogger(__name__).info("seed %s: %s", number, COUNTS)
    assert COUNTS["done"] > 10
    assert COUNTS["steps"] >= LONG, f"a short walk: {COUNTS}"
