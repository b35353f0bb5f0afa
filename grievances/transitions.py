"""The transition table in the office's words, for docs/states.md (``manage.py print_states``)."""

from cadres.roles import MAY, Role

from .models import Status
from .models.states import DATING, EVERY, OPEN, TRANSITIONS
from .rules import PERMISSIONS

HEAD = """# The states of a matter

Written by `manage.py print_states` from `grievances/models/states.py` and `grievances/rules.py`;
`grievances/tests/test_states.py` fails when this page and the table differ. Beside the table the
guards of `rules.py` hold: what stands with a unit is moved by that unit or by the office; nobody
verifies or checks what he or his unit handled or assisted; a follow-up is repeated only after 联系不上;
what was crossed off by a 核查 is asked about only when a sample drew it; what a sample drew is asked, not
checked; what was 呈报 is moved by who answers at that rung or by the office; nothing is crossed off before
everybody whose matter was merged into it has been told.

A due date is set or moved by these acts alone, and their line of history says so: {dating}.
The clock stands still in 挂起 and runs in every other state of 在办: {open}.
不予受理 and 已并案 stand apart from the figures.

| act | 动作 | from | to | who (role) |
|---|---|---|---|---|
| `register` | 登记 | — | 待受理 | {register} |
"""


def as_markdown() -> str:
    """The whole page."""
    rows = "".join(f"{_row(act)}\n" for act in TRANSITIONS)
    dating = "、".join(f"`{act}`" for act in DATING)
    head = HEAD.format(register=_who("grievances.register"), dating=dating, open=_names(OPEN))
    return head + rows


def _names(states):
    return "、".join(str(state.label) for state in states)


def _from(starts):
    """Where an act may start: the longest lists by their names."""
    return {OPEN: "在办各状态", EVERY: "任何状态"}.get(starts) or _names(starts)


def _row(act):
    name, starts, to = TRANSITIONS[act]
    ends = Status(to).label if to else "不变"
    return f"| `{act}` | {name} | {_from(starts)} | {ends} | {_who(PERMISSIONS[act])} |"


def _who(permission):
    return "、".join(str(role.label) for role in Role if permission in MAY[role])
