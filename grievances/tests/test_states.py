"""One table of transitions: the page that shows it, and chance that tries to leave it."""

import datetime as dt
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction
from hypothesis import given
from hypothesis import settings as how
from hypothesis import strategies as st

from grievances import actions
from grievances.forms import ACT_FORMS
from grievances.models import DeclineReason, FollowUp, SettlementMethod, Status
from grievances.models.states import OPEN, SETTLED, TRANSITIONS
from grievances.rules import HANDLING, PERMISSIONS
from grievances.transitions import as_markdown
from liaison.errors import NotAllowed

from .conftest import DAY, moment


def test_the_page_of_states_is_the_table():
    page = (Path(settings.BASE_DIR) / "docs" / "states.md").read_text(encoding="utf-8")
    assert page == as_markdown(), "manage.py print_states > docs/states.md"


def test_every_state_is_reached_and_every_act_has_its_verb_form_and_permission():
    assert {to for _, _, to in TRANSITIONS.values()} | {Status.REGISTERED} == set(Status)
    assert set(OPEN) | set(SETTLED) | {Status.DECLINED} == set(Status)
    assert set(TRANSITIONS) == set(ACT_FORMS) == set(PERMISSIONS)
    assert all(hasattr(actions, act) for act in TRANSITIONS)


CAST = ("li", "zhao", "chen", "sun", "wang")
STEPS = st.lists(
    st.tuples(
        st.integers(0, 99),
        st.sampled_from(CAST),
        st.sampled_from(FollowUp.Answer.values),
        st.sampled_from((0, 0, 0, 1)),
    ),
    min_size=20,
    max_size=30,
)


@pytest.fixture
def try_out(people, minzheng):
    """``try_out(matter, act, name, answer, later)``: the matter after the act, or None when refused."""
    reason = DeclineReason.objects.first()
    method = SettlementMethod.objects.get(name="③政策解答")
    settled = {"settlement": "procedural", "method": method, "words": ""}
    words = {
        "accept": {},
        "take_in_hand": {},
        "decline": {"reason": reason},
        "assign": {"department": minzheng},
        "settle": settled,
        "settle_on_the_spot": settled,
        "answer": {"mode": "phone"},
        "check": {"kind": "papers", "words": "看过验收单"},
    }

    def attempt(matter, act, name, answer, later):
        on = DAY + dt.timedelta(days=later)
        more = words.get(act, {"words": "理由"})
        more = {"answer": answer, "mode": "oral"} if act == "verify" else more
        given = {"grievance": matter, "by": getattr(people, name), "on": on}
        try:
            return getattr(actions, act)(
                **given, now=moment(DAY + dt.timedelta(days=3)), version=matter.version, **more
            )
        except NotAllowed:
            return None

    return attempt


def _some_act(status, chance):
    """Mostly an act the table allows from here, so that a matter gets far; else any at all."""
    legal = [act for act, (_, starts, _) in TRANSITIONS.items() if status in starts]
    acts = legal if legal and chance % 5 else sorted(TRANSITIONS)
    return acts[chance % len(acts)]


@given(tries=STEPS)
@how(max_examples=20, deadline=None)
def test_chance_never_leaves_the_table_nor_judges_its_own_work(registered, try_out, tries):
    with transaction.atomic():
        matter = registered
        for chance, name, answer, later in tries:
            before, act = matter.status, _some_act(matter.status, chance)
            moved = try_out(matter, act, name, answer, later)
            if moved:
                _, starts, to = TRANSITIONS[act]
                assert before in starts
                assert moved.status == to
                matter = moved
        _whole(matter)
        transaction.set_rollback(True)


def _whole(matter):
    """The history is unbroken, and who asked the villager had no hand in the matter."""
    steps = list(matter.steps.order_by("pk"))
    assert [step.from_status for step in steps[1:]] == [step.to_status for step in steps[:-1]]
    assert steps[-1].to_status == matter.status
    for position, step in enumerate(steps):
        earlier = {each.by_id for each in steps[:position] if each.act in HANDLING}
        assert step.act not in ("verify", "check") or step.by_id not in earlier
    if matter.status in SETTLED:
        assert matter.settled_on >= matter.registered_on
    if matter.status == Status.CLOSED_OUT:
        assert matter.settled_on and matter.answered_on
        assert matter.verified_on or matter.checked_on
