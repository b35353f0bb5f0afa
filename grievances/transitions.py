"""The transition table in the office's words, for docs/states.md (``manage.py print_states``)."""

from cadres.roles import MAY, Role

from .models import Status
from .models.states import TRANSITIONS
from .rules import PERMISSIONS

HEAD = """# The states of a matter

Written by `manage.py print_states` from `grievances/models/states.py` and `grievances/rules.py`;
`grievances/tests/test_states.py` fails when this page and the table differ. Beside the table the
guards of `rules.py` hold: what stands with a unit is moved by that unit or by the office; nobody
verifies or checks what he or his unit handled; a follow-up is repeated only after 联系不上; what was
crossed off by a 核查 is asked about only when a sample drew it; what a sample drew is asked, not checked.

| act | 动作 | from | to | who (role) |
|---|---|---|---|---|
| `register` | 登记 | — | 待受理 | {register} |
"""


def as_markdown() -> str:
    """The whole page."""
    rows = "".join(f"{_row(act)}\n" for act in TRANSITIONS)
    return HEAD.format(register=_who("grievances.register")) + rows


def _row(act):
    name, starts, to = TRANSITIONS[act]
    froms = "、".join(str(status.label) for status in starts)
    return f"| `{act}` | {name} | {froms} | {Status(to).label} | {_who(PERMISSIONS[act])} |"


def _who(permission):
    return "、".join(str(role.label) for role in Role if permission in MAY[role])
