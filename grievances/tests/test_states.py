"""One table of transitions, the page that shows it, and what belongs to each act."""

from pathlib import Path

from django.conf import settings

from grievances import actions
from grievances.forms import ACT_FORMS
from grievances.models import Status
from grievances.models.states import APART, DATING, EVERY, OPEN, SETTLED, TRANSITIONS
from grievances.rules import PERMISSIONS
from grievances.transitions import as_markdown


def test_the_page_of_states_is_the_table():
    page = (Path(settings.BASE_DIR) / "docs" / "states.md").read_text(encoding="utf-8")
    assert page == as_markdown(), "manage.py print_states > docs/states.md"


def test_every_state_is_reached_and_every_act_has_its_verb_form_and_permission():
    led_to = {to for _, _, to in TRANSITIONS.values()} - {None}
    assert led_to | {Status.REGISTERED} == set(Status) == set(EVERY)
    assert len(EVERY) == len(OPEN) + len(SETTLED) + len(APART)
    assert set(TRANSITIONS) == set(ACT_FORMS) == set(PERMISSIONS)
    assert all(hasattr(actions, act) for act in TRANSITIONS)
    assert set(DATING) <= set(TRANSITIONS) | {"register"}
