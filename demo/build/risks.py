"""预警 and 延期 in the last weeks, by the verbs the desk uses."""

import datetime as dt

from grievances import actions
from grievances.models import Grievance
from liaison.errors import NotAllowed

from .days import moment
from .scale import Build

DAY = dt.timedelta(days=1)
# How it was seen at first, and what became of it: (persons, trend, level, words)
QUARREL = (12, "may_spread", "orange", "两边各执一词，已有亲友到场助势")
CALMER = (12, "contained", "yellow", "镇村已到场，双方愿意调解")
JOINT = (4, "contained", "yellow", "几户联名反映，情绪平稳")
NEIGHBOURS = (1, "contained", "blue", "邻里争执，先由村里调解")
LEVELS = ((QUARREL, CALMER), (JOINT, None), (NEIGHBOURS, None))
EXTENDED = 3


def risks(build: Build, clerk, leader) -> None:
    """A level for the newest disputes, and more time asked for a few matters in hand."""
    disputes = Grievance.objects.filter(kind="dispute").exclude(
        status__in=("closed_out", "declined")
    )
    shared = Grievance.objects.open().filter(persons__gte=3)
    for matter, (first, then) in zip([*disputes[:2], *shared[:1]], LEVELS, strict=False):
        _alert(matter, clerk, build, matter.registered_on, first)
        if then:
            _alert(matter, leader, build, matter.registered_on + 3 * DAY, then)
    in_hand = Grievance.objects.filter(
        status="in_hand", policy__extend_by__gte=5, due_on__gte=build.today - 14 * DAY
    ).exclude(handler=None)
    for at, matter in enumerate(in_hand.order_by("-due_on", "pk")[:EXTENDED]):
        _extend(matter, clerk, build, decided=at != 1)


def _alert(matter, by, build, on, said):
    persons, trend, level, words = said
    on = min(on, build.today)
    actions.alert(
        grievance=matter, by=by, on=on, now=moment(on, 17), version=None, level=level, persons=persons,
        trend=trend, words=words,
    )  # fmt: skip


def _extend(matter, clerk, build, decided):
    """Asked by the handler in time; the office decides the same day, or has not yet."""
    on = min(matter.due_on - DAY, build.today)
    common = {"on": on, "now": moment(on, 16), "version": None}
    try:
        asked = actions.ask_extension(
            grievance=matter, by=matter.handler, amount=5, reason="配件要到县里采购，到货后立即安装",
            **common,
        )  # fmt: skip
        if decided:
            actions.decide_extension(
                extension=asked, by=clerk, approve=True, words="同意", **common
            )
    except NotAllowed:  # registered a day before it was due, or a year without a calendar
        return
