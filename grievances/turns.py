"""现在该谁办: whose turn a matter is, what he is to do and by when.

For everything open or on its way to 销号 exactly one person is named. Where a post is vacant the turn
falls upward: a handler's to his unit, a unit's and a team's to the liaison office, the office's to the
township's leaders; so no matter is nobody's. What an older ledger calls settled waits for nobody.
"""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

from cadres.models import Holding, User
from cadres.roles import Role

from . import secrecy
from .desks import AT_UNIT, CHECK, MINE, OFFICE, RUNG, TEAM, UNIT, desk_of
from .models import Rung, Status
from .promises import answering_of

# What the next step is called, by state; of a state that is not here, its own name.
STEPS = {
    Status.REGISTERED: "受理",
    Status.ACCEPTED: "交办",
    Status.RETURNED: "重新交办",
    Status.ASSIGNED: "接收办理",
    Status.IN_HAND: "办结",
    Status.SETTLED: "向反映人反馈",
    Status.ANSWERED: "回访核实",
    Status.VERIFIED: "销号",
    "escalated": "答复呈报",
    "suspended": "到期恢复办理",
    "forwarded": "跟踪转送结果",
}
AFTER_ASKING = {"dissatisfied": "重办或说明理由后销号", "unreached": "再次回访或销号"}
VACANT = "镇驻点办(岗位空缺)"


@dataclass(frozen=True)
class Turn:
    """Whose turn it is.

    Attributes:
        desk: one of DESKS but MINE. person: the one named; None where every post up to the leaders' is vacant.
        who: 「民政办 陈静」, as pages say it. what: the step he is to take.
        by: the day it is due; None where none is set.
    """

    desk: str
    person: User | None
    who: str
    what: str
    by: dt.date | None


def turn_of(matter, on) -> Turn | None:
    """Whose turn one matter is on a day; None when it waits for nobody.

    A confidential one is never the unit's or the office's, who may not know of it: it is one of its readers'.
    """
    return (
        _among_readers(matter, on) if matter.is_confidential else turns_of([matter], on)[matter.pk]
    )


def _among_readers(matter, on):
    """Who handles it while he may open it, else whose desk it lies on; asked about by another than who settled it."""
    if matter.status in (Status.CLOSED_OUT, Status.DECLINED):
        return None
    people = secrecy.sighted(matter, on)
    if matter.status == Status.ANSWERED:
        own = (matter.handler_id, matter.settled_by_id)
        person, place = next((each for each in people if each.pk not in own), None), "知情人"
    elif matter.handler in people:
        person, place = matter.handler, "承办人"
    else:
        person, place = (
            next((each for each in people if secrecy.is_holder(each, matter)), None),
            "专办人",
        )
    who = f"{place} {person}" if person else f"{place}(请另行指定)"
    return Turn(MINE, person, who, step_of(matter), _by(matter))


def turns_of(matters, on) -> dict[int, Turn | None]:
    """{matter's id: whose turn it is}; as many queries for a hundred matters as for one.

    Args:
        matters: read with ``department``.
        on: the day whose holders of posts are meant.
    """
    desks = {matter.pk: desk_of(matter) for matter in matters}
    roster = Roster({matter.township_id for matter in matters if desks[matter.pk]}, on)
    told = [matter for matter in matters if desks[matter.pk] == TEAM]
    answering = answering_of(told, on) if told else {}
    rungs = _rungs(matters)
    found = {}
    for matter in matters:
        desk = desks[matter.pk]
        chosen = {
            UNIT: lambda matter=matter: roster.at_unit(matter),
            TEAM: lambda matter=matter: [("", user) for user in answering[matter.pk]],
            CHECK: lambda matter=matter: roster.asking(matter),
            RUNG: lambda matter=matter: roster.at_rung(matter, rungs),
            OFFICE: list,
        }
        found[matter.pk] = _turn(matter, desk, chosen[desk](), roster) if desk else None
    return found


def _turn(matter, desk, people, roster):
    place, person = (people or roster.above(matter) or [(VACANT, None)])[0]
    who = f"{place} {person or ''}".strip()
    return Turn(
        desk, person, who, step_of(matter, fallen=bool(desk == UNIT and not people)), _by(matter)
    )


def step_of(matter, fallen=False) -> str:
    """What is to be done next.

    Args:
        fallen: its unit has nobody, so the office names another or another unit.
    """
    if matter.village_id is None and matter.is_open:
        return "核定所在村"
    if fallen:
        return "安排承办人"
    if matter.status in AT_UNIT and not matter.department_id:
        return "交办"
    if matter.status == Status.VERIFIED:
        return AFTER_ASKING.get(matter.satisfaction, STEPS[Status.VERIFIED])
    return STEPS.get(matter.status, matter.get_status_display())


def _by(matter):
    """The due day of what is open and does not rest; of what is settled, the day the villager was promised."""
    if matter.is_open:
        return None if matter.is_suspended else matter.due_on
    return matter.promise_due_on if matter.status == Status.SETTLED else None


def _rungs(matters):
    wanted = {getattr(matter, "rung_id", None) for matter in matters} - {None}
    return Rung.objects.in_bulk(wanted) if wanted else {}


class Roster:
    """Who holds the posts a turn may fall to, of some townships on a day: one query."""

    ROLES = (Role.OFFICE, Role.HANDLER, Role.SUPERVISOR, Role.LEADER)

    def __init__(self, townships, on):
        self.by_role, self.by_unit, self.by_post = (defaultdict(list) for _ in range(3))
        if not townships:
            return
        rows = Holding.objects.current(on).select_related("user", "post__department")
        rows = rows.filter(
            post__township__in=townships, post__role__in=self.ROLES, user__is_active=True
        )
        for held in rows.order_by("post__order", "post", "user"):
            post = held.post
            self.by_role[post.township_id, post.role].append(held.user)
            self.by_post[post.pk].append((post.title, held.user))
            if post.role == Role.HANDLER and post.department_id:
                self.by_unit[post.department_id].append((str(post.department), held.user))

    def at_unit(self, matter):
        """The named handler while he handles there; else those of the unit."""
        people = self.by_unit[matter.department_id]
        return [each for each in people if each[1].pk == matter.handler_id] or people

    def asking(self, matter):
        """Who may ask the villager: 督查组, then the office, then the leaders; not whose work it was."""
        place = matter.township_id
        own = {user.pk for _, user in self.by_unit[matter.department_id]}
        own |= {matter.handler_id, matter.settled_by_id}
        words = ((Role.SUPERVISOR, "督查组"), (Role.OFFICE, "镇驻点办"), (Role.LEADER, "镇领导"))
        return [
            (word, user)
            for role, word in words
            for user in self.by_role[place, role]
            if user.pk not in own
        ]

    def at_rung(self, matter, rungs):
        """Who answers at the rung it has been led up to: the holder of its post, else its role's."""
        rung = rungs.get(getattr(matter, "rung_id", None))
        if rung is None:
            return []
        people = self.by_role[matter.township_id, rung.role]
        return self.by_post[rung.post_id] or [(rung.name, user) for user in people]

    def above(self, matter):
        """Where a turn falls: the liaison office, then the leaders."""
        place = matter.township_id
        office = [("镇驻点办", user) for user in self.by_role[place, Role.OFFICE]]
        return office or [("镇领导", user) for user in self.by_role[place, Role.LEADER]]
