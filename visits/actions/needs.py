"""需求线索: noticed, followed up, passed to a station, and what came of it.

Nobody here decides who is entitled: the station checks, and its word is written down.
"""

import datetime as dt

from django.db import transaction

from cadres.models import Department
from liaison.errors import NotAllowed
from liaison.models import NumberSeries
from liaison.versions import claim
from visits.models import Need, NeedLine

from ._noted import check_day, check_place, check_who, check_words, line_by
from ._shared import mine, note, save

State = Need.State
OPEN, CLOSED = Need.OPEN_STATES, (State.MET, State.UNFIT, State.WAIVED)
FARTHEST = dt.timedelta(days=730)
# {act: (its word, the states it is done from, the state it leads to; None leaves it)}
ACTS = {
    "pass": ("转办", OPEN, State.PASSED),
    "note": ("跟进", OPEN, None),
    "meet": ("已落实", OPEN, State.MET),
    "unfit": ("不符合，已告知本人", OPEN, State.UNFIT),
    "waive": ("本人不申请", OPEN, State.WAIVED),
    "reopen": ("重新跟进", CLOSED, State.OPEN),
}


def acts_for(need) -> list[tuple[str, str]]:
    """[(act, its word)] that can be done to a need as it stands."""
    return [(act, word) for act, (word, since, _) in ACTS.items() if need.state in since]


@transaction.atomic
def find_need(
    *, by, now, village, kind, found_on, words="", household=None, visitor="", visit=None,
    next_look_on=None,
) -> Need:  # fmt: skip
    """Write down what somebody may be entitled to. Of a household that has an open one of the kind, that one
    gets a line more.

    Args:
        found_on: the day it was noticed; any day up to today.
        visit: the row it was noticed at.
        next_look_on: by when one asks again; the kind's own interval when not said.
    Raises:
        NotAllowed: not his village, nobody named, a kind out of use, a day to come.
    """
    check_place(by, village, household, visit)
    check_who(household, visitor)
    check_day(found_on, now)
    if not kind.is_active:
        raise NotAllowed(f"“{kind}”已停用，请从列表里另选一项。")
    words = words.strip()[: Need._meta.get_field("words").max_length]
    if again := _open_one(household, kind):
        return _found_again(again, by, found_on, now, words, visit)
    need = Need.objects.create(
        number=_next_number(village.township, found_on.year),
        township=village.township, village=village, household=household, visitor=visitor.strip(),
        kind=kind, words=words, found_on=found_on, entered_at=now, entered_by=by,
        next_look_on=_next_look(kind, found_on, next_look_on),
    )  # fmt: skip
    _line(need, "发现", by, found_on, now, words, visit)
    note(need, by, "登记需求线索", {}, {"状态": need.get_state_display()})
    return need


@transaction.atomic
def follow_need(
    *, need, act, by, now, on, version, words="", department=None, next_look_on=None
) -> Need:
    """Do one of ACTS to a need, on a day.

    Args:
        words: what was done or heard; of 不符合 why, and how the person was told.
        department: where it is passed to.
        next_look_on: by when one asks again; the kind's own interval when not said. Kept of a closed one.
    Raises:
        NotAllowed: not his village, not from this state, something missing.
        Stale: somebody followed it up since ``version``.
    """
    need = claim(mine(Need, need, by), need.pk, version)
    check_place(by, need.village)
    check_day(on, now, since=need.found_on)
    word, since, to = ACTS[act]
    if need.state not in since:
        raise NotAllowed(f"这条线索{need.in_words()}，不能再“{word}”，请刷新页面。")
    words = _check_act(need, act, words.strip(), department, on)
    before, need.state = need.get_state_display(), to or need.state
    if act == "pass":
        need.department, word = department, f"转{department}"
    need.closed_on = on if need.state in CLOSED else None
    if need.is_open:
        need.next_look_on = _next_look(need.kind, on, next_look_on)
    save(need, "state", "department", "closed_on", "next_look_on")
    _line(need, word, by, on, now, words)
    after = need.get_state_display()
    note(need, by, f"需求线索：{ACTS[act][0]}", {"状态": before}, {"状态": after})
    return need


def _check_act(need, act, words, department, on):
    """What each act asks beside its day; returns the words."""
    if act == "pass":
        units = Department.objects.standing(on).filter(township=need.township_id)
        if department is None or not units.filter(pk=department.pk).exists():
            raise NotAllowed("请选择转给本镇的哪个单位核实。")
    if act == "unfit":
        return check_words(NeedLine, "words", words, "不符合的原因和怎样告知本人")
    if act == "note":
        return check_words(NeedLine, "words", words, "跟进情况，一句话即可")
    if act == "reopen" and _open_one(need.household, need.kind):
        raise NotAllowed(f"这一户已有一条“{need.kind}”在跟进，请在那一条里填写。")
    return words


def _open_one(household, kind):
    """The household's open need of the kind, locked; None when there is none."""
    if household is None:
        return None
    rows = Need.objects.select_for_update(of=("self",)).filter(household=household, kind=kind)
    return rows.open().first()


def _found_again(need, by, on, now, words, visit):
    """Noticed once more while somebody looks after it already: a line, no second row."""
    _line(need, "再次发现", by, on, now, words, visit)
    note(need, by, "再次发现需求线索", {}, {"状态": need.get_state_display()})
    return need


def _next_look(kind, on, asked):
    """By when one asks again.

    Raises:
        NotAllowed: a day before ``on``, or years away.
    """
    if asked is None:
        return on + dt.timedelta(days=kind.look_after)
    if not on <= asked <= on + FARTHEST:
        raise NotAllowed("下次跟进的日期请填这次以后、两年以内的一天。")
    return asked


def _line(need, act, by, on, now, words, visit=None):
    """A line of its history."""
    line_by(
        NeedLine, by, need=need, act=act, words=words, on=on, entered_at=now, to_state=need.state,
        visit=visit,
    )  # fmt: skip


def _next_number(township, year):
    """「需100-2026-0003」: by township and year, without gaps."""
    serial = NumberSeries.next(f"need:{township.pk}:{year}")
    return f"需{township.ledger_prefix}-{year}-{serial:04d}"
